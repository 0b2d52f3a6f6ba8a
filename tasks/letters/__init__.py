"""Letters that no engagement owes: about getting in, and the checkpoint that somebody keeps elsewhere."""
