"""What each screen of Link does with what its user gives: one module a part of the way."""
