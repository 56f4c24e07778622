"""Measure what the client costs beside other libraries: `nox -s bench`.

Every row of a table is taken in the same run and compared as a ratio: times alone say more about the machine.
"""
