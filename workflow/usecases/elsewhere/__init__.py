"""Going on elsewhere: people who give up their place or go to another school, schools that join or are succeeded.

Face: `transfers`, `school_changes`.
"""
