"""What each kind of effect does to the world, one file a kind, named in `handlers`."""
