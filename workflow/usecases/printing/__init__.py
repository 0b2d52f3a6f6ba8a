"""Certificates as they are printed: those that are issued, and what one would look like."""
