"""Who is invited to read about several schools: looked at, invited, and ended."""
