"""Migrations of the advisor’s day; the number of a file says its place among all of them."""
