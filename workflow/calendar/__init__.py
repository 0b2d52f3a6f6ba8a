"""Days as schools count them: terms, closures, bank holidays, and what a due date rests on. Pure."""
