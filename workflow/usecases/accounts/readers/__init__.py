"""Readers of several schools, who have no account: invited by an advisor, for a trust or for schools by name, for a
while; their invitations listed, told in words, and ended."""
