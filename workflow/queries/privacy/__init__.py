"""What is kept about one person, and who has read it."""
