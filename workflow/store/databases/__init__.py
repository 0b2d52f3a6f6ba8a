"""How each kind of database is opened: what a connection needs, and how long anybody waits for it."""
