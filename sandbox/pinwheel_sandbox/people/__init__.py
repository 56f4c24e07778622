"""The people who can log in, and the payroll data that comes back for them."""
