"""What schools and those who take part are shown of their own."""
