"""One part of it."""
