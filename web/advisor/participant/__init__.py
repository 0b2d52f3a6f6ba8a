"""One participant's page for the council: evidence and reviews, phase, name, place, certificates."""
