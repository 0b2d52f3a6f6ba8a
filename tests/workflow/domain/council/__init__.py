"""What a council says of itself."""
