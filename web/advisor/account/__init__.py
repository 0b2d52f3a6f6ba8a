"""What somebody signed in says and chooses for themselves, and what they looked at last."""
