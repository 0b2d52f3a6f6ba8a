"""What is true of an engagement and the rules about it: facts, lifecycles, guards, effects, actors. Pure."""
