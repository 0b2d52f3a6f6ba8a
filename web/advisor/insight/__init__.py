"""The overview for whoever leads the team: figures with their pictures, tables and files, and what would happen if."""
