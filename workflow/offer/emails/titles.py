"""A title by its place in a sentence, worked out from what stands before its placeholder. Pure.

Whoever names a meeting “An appointment” has not read the emails in which it will stand: “The date for an appointment”,
“your appointment”, and “An appointment for Polwhevral School” where a sentence begins with it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from workflow.english import bare, within

#: Placeholders that stand for a title of the offer.
TITLES: Final = frozenset({"meeting", "offer", "phase", "stage"})
#: What may stand before a title in place of its own article.
_DETERMINERS = "a|an|another|each|every|her|his|its|my|no|our|that|the|their|this|your"
_BEHIND_ONE = re.compile(rf"(?:^|[^\w-])(?:{_DETERMINERS})\s+$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.!?:\u2022]\s+|[\"\u201c\u2018'(\[])\s*$")
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h\d|table|tr|td|blockquote|br|div)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
#: So much before a title tells where it stands.
_LOOKED_AT = 600

FORMS: Mapping[str, Callable[[str], str]] = {"within": within, "bare": bare}


def form_of(before: str) -> str:
    """The form of a title behind these words or this HTML: a key of `FORMS`, or nothing for as it is."""
    words = _TAG.sub("", _BLOCK.split(before[-_LOOKED_AT:])[-1])
    words = words.replace("&quot;", '"').lstrip("*_#>- \n")
    if _BEHIND_ONE.search(words):
        return "bare"
    return "" if _BEGINS.search(words) else "within"
