"""The offers this installation runs, as they were installed."""
