"""Letters that no engagement owes."""
