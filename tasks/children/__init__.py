"""Processes that a worker starts for what would keep its letters waiting."""
