"""The long proofs behind what the documentation claims: `nox -s prove`, or `nox -s prove -- NAME`.

Each module has a `prove(say)` that raises AssertionError when the claim does not hold, and returns the rows of its
table. The ordinary tests run a short form of the same thing.
"""
