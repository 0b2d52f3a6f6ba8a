"""Who speaks for a school, on both databases."""
