"""Who speaks for a school."""
