"""What comes next: upcoming timers, the nearest route, the likely date."""
