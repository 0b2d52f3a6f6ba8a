"""What is checked of guards wherever they stand: on verbs, promises, timers and bookings. Pure."""
