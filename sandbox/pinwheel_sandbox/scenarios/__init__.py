"""Scenario files: people with incomes and histories, and the accounts that they have."""
