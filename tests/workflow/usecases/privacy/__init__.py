"""What one person may ask about themselves."""
