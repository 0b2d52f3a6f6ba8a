"""A finished letter: what a mail server is handed."""

from typing import NamedTuple


class Envelope(NamedTuple):
    """`content` is the whole message, as bytes with lines that end in CR LF; `number` is its Message-ID.

    `repeat` says that it may have been handed over before.
    """

    sender: str
    recipient: str
    number: str
    content: bytes
    repeat: bool = False
