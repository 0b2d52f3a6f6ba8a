"""What an act would do to the world, told before it is done; and what may be added to its letters there."""
