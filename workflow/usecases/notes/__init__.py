"""What people write beside an engagement: notes with their files, and colleagues whom a note mentions."""
