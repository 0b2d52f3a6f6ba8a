"""What the words of an offer's folder mean, for people who write one. Pure.

Face: `conditions.in_words`, `conditions.asked_by`, `vocabulary`, `placeholder_words`.
"""
