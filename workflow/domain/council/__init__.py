"""What a council says of itself, beside its look."""
