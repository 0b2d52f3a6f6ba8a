"""A new offer's folder, made from a few plain answers: sound from the beginning, and the council's own to change."""
