"""History that nobody rewrites unseen: events chained and sealed with keys that the database does not hold.

`keys` are what is sealed with, `chain` how an event follows the one before, `covered` which rows events vouch for,
`seals` what else carries a seal, `proof` finds what is not as it was written.
"""
