"""What people may do, one noun a file, verbs inside."""
