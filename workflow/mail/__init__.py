"""What one owed email says, to whom."""
