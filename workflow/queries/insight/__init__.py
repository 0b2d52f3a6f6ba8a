"""Figures for whoever leads the team: how many stand where, how long it takes, who keeps to the day. Counted in SQL."""
