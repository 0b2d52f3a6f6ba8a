"""What is checked of what time does: promises that can be kept, endings that are fair, letters with readers. Pure."""
