"""The place for notes on an engagement, each note by itself with what it said before, their files, and mentions."""
