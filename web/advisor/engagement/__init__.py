"""One engagement's page for the council: what it shows, its triggers, and a form for everything done about it."""
