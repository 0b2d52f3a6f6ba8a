"""What shuts a door by itself when the record changes."""
