"""What the tasks in noxfile.py are made of."""
