"""Accounts, and how people prove that they are theirs."""
