"""What is installed, looked at together."""
