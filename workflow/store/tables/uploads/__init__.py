"""Files that wait to be brought in, and what was brought in of them."""
