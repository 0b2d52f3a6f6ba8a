"""Offers in the record."""
