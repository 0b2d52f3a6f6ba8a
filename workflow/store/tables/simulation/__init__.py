"""Rehearsals that people asked for."""
