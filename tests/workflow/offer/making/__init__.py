"""A new offer, from the answers of whoever begins it."""
