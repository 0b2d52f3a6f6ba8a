"""What can go wrong when a letter is handed over, by whose fault it is; each is a sentence that says what happened.

What a receiver does costs its own letter and nothing else. What is nobody's letter's fault costs none: the way out is
closed for a while.
"""


class Trouble(Exception):
    """Something went wrong on the way out."""


class Undeliverable(Trouble):
    """The receiver said no to this letter for good; trying again would not help."""


class NotNow(Trouble):
    """This letter was not taken this time; it may be tried again."""


class BrokenOff(NotNow):
    """The connection broke off, or the server was not well, while this letter was its turn. Whose fault that is shows
    by what becomes of others."""


class SenderRefused(Trouble):
    """The server takes no letters from this address of ours, whoever they are for."""


class Unreachable(Trouble):
    """There is no way to the mail server for now, whatever the letter."""
