"""Who a message is from and to: a name and an address in a header, such that every mail program finds one address.

Written here and not by `email`: there a long name loses its quotation marks where the line is broken, so that a comma
in it makes two recipients of one, and an encoded word may be longer than a mail program has to read.
"""

import re
from email.header import Header

_LINE = 76
#: Words that may stand as they are (RFC 5322, 3.2.3).
_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


class Folded(str):
    """A header's text whose lines are broken already, where they may be."""

    __slots__ = ()


def addressed(header: str, name: str, address: str, linesep: str = "\r\n") -> Folded:
    """`Name <address>` for the header of that name. The name has been checked: it is one visible line."""
    if not name.strip():
        return Folded(address)
    shown = _shown(name)
    if name.isascii() and len(f"{header}: {shown} <{address}>") <= _LINE:
        return Folded(f"{shown} <{address}>")
    encoded = Header(name, "utf-8", maxlinelen=_LINE - 1, header_name=header).encode(linesep=linesep)
    return Folded(f"{encoded}{linesep} <{address}>")


def _shown(name: str) -> str:
    """Between quotation marks where a sign in it would mean something."""
    if _PLAIN.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
