"""Who acts in a simulation, on what, and when."""
