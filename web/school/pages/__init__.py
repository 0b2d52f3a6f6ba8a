"""The pages of one school: where it is, its people, its dates, what was written to it, and its certificates."""
