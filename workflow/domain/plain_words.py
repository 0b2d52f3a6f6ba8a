"""Text as it is searched: without case, accents, apostrophes and other signs, "St" as "Saint". Pure.

What people remember of a name is seldom how it is written. Both what is kept to be searched and what somebody types
come through here, so that one finds the other.
"""

import re
import unicodedata

#: Letters that have no parts to be taken apart into, as people type them who have no such key.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
)
_APOSTROPHES = re.compile("['’‘‛ʼʹ′´`＇]")
_WORD = re.compile(r"[^\W_]+")
#: Abbreviations that stand for a word of their own in the names of schools.
_IN_FULL = {"st": "saint", "ste": "saint", "sch": "school", "jnr": "junior", "jr": "junior", "inf": "infant"}


def plain(text: str) -> str:
    """The words, with one space between them."""
    taken_apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold().translate(_LETTERS))
    bare = "".join(sign for sign in taken_apart if not unicodedata.combining(sign))
    return " ".join(_IN_FULL.get(word, word) for word in _WORD.findall(bare))


def compact(text: str) -> str:
    """A code, such as a reference or a postcode, however it is written."""
    return "".join(_WORD.findall(text.casefold()))
