"""The fictional schools that `recognition up --demo` loads: their story, told through the use cases."""
