"""How the service itself is doing: what it keeps from doing for a while, and when it was last seen at work."""
