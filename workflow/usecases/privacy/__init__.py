"""What one person may ask about themselves: a copy of everything, and that it is erased; and what is erased by time."""
