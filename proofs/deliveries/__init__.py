"""What the proof of webhook deliveries is made of: a sender, workers that die, a journal, and the judge of it."""
