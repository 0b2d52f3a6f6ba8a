"""Lists of engagements, and search."""
