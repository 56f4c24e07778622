"""What the proofs of the sandbox's state are made of."""
