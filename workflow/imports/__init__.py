"""Files that people send, read row by row and brought in."""
