"""Text from people, bounded and made safe at the edge.

A mail header built from `=?…?=` text can turn into another header on Python 3.11, and a spreadsheet runs a cell that
begins with `=`; text that may reach either is refused here, in a sentence.
"""

import unicodedata

#: Letters that look like nothing at all.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(text: str, what: str, limit: int) -> str:
    """One line of text for names and subjects, in NFC. Raises ValueError with a sentence."""
    composed = unicodedata.normalize("NFC", text)
    kept = " ".join("".join(" " if unicodedata.category(one) == "Zs" else one for one in composed).split())
    if not kept:
        raise ValueError(f"{what} is empty.")
    if len(kept) > limit:
        raise ValueError(f"{what} is {len(kept)} characters long; at most {limit} fit.")
    hidden = next((one for one in kept if not one.isprintable()), "")
    if hidden:
        raise ValueError(f"{what} has a sign in it that cannot be seen ({sign(hidden)}); type it again.")
    if "=?" in kept:
        raise ValueError(f"{what} has “=?” in it, which a mail header may not carry.")
    if kept.startswith(_FORMULA):
        raise ValueError(f"{what} begins with “{kept[0]}”, as a spreadsheet formula does; a name begins with a letter.")
    return kept


def sign(one: str) -> str:
    """One sign in words, for sentences about it: `“李”`, and by its number and name where it cannot be seen alone."""
    if one.isprintable() and unicodedata.category(one)[0] not in "MZ" and one not in _BLANK:
        return f"“{one}”"
    return " ".join(filter(None, (f"U+{ord(one):04X}", unicodedata.name(one, "").lower())))


def block(text: str, what: str, limit: int) -> str:
    """Several lines of text, such as a note. Raises ValueError with a sentence."""
    kept = tidy(text)
    if not kept:
        raise ValueError(f"{what} is empty.")
    if len(kept) > limit:
        raise ValueError(f"{what} is {len(kept)} characters long; at most {limit} fit.")
    return kept


def tidy(text: str) -> str:
    """Lines as they were typed, without what cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(1).split("\n")
    return "\n".join("".join(filter(str.isprintable, one)).rstrip() for one in lines).strip()
