"""What time does by itself: due timers, quiet hours, due dates counted again."""
