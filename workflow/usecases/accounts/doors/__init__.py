"""The ways in: a password and a second factor, a link after one was forgotten, the council's own issuer; and a factor
given once more by somebody who is inside."""
