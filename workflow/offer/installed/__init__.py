"""The offers of one installation, looked at together: which are the newest, and in whose name they come."""
