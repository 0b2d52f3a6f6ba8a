"""Pages of those who look after accounts."""
