"""Offers are installed into the record, corrected there, and laid out where the program reads them."""
