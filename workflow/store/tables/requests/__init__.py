"""What people have asked for and what was answered: work on many engagements, and forms that were sent."""
