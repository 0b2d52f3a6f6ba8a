"""Letters about getting in: their words, and what they become for one reader. They belong to no offer."""
