"""What the schemathesis proof is made of."""
