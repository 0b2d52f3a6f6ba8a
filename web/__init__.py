"""What people see: the pages of advisors, schools and the public, and the console.

Nothing is imported here: whoever types a command does not wait for the pages.
"""
