"""The tables, one noun a file: columns, constraints, indexes, and which of them hold personal data for how long."""
