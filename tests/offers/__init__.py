"""Offers that are not shipped: as different from the shipped one, and from each other, as they can be."""
