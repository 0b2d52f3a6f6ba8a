"""How the service itself is doing: `setbacks` are what it is kept from, `pulse` is whether it is at work at all."""
