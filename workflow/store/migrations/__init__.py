"""Migrations: `env.py` runs them, `versions/` holds one file each."""
