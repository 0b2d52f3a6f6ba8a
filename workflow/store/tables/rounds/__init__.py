"""A journey that leads back to an earlier stage, and goes round again."""
