"""What an export of orders may be for."""
