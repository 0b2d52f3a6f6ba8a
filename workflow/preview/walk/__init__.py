"""A walk through an offer's journey: the engine itself, on a record in memory that is gone when the page is drawn."""
