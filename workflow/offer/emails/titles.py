"""A title by its place in a sentence, worked out from what stands before its placeholder. Pure.

Whoever names a meeting “An appointment” has not read the emails in which it will stand: “The date for an appointment”,
“your appointment”, and “An appointment for Polwhevral School” where a sentence begins with it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from workflow.english import a, bare, within

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

#: An article of the author's own, and whatever stands between it and the title.
_INDEFINITE = re.compile(r"(?<![\w-])(an?)(\s+(?:<[^<>]*>)*)$", re.IGNORECASE)


def _article(title: str) -> str:
    return a(bare(title)).partition(" ")[0]


def _capital_article(title: str) -> str:
    return _article(title).capitalize()


FORMS: Mapping[str, Callable[[str], str]] = {
    "within": within,
    "bare": bare,
    "article": _article,
    "capital_article": _capital_article,
}


def with_article(before: str) -> tuple[str, str, str]:
    """What stands before a title, taken apart at an “a” or “an” that depends on it: the words before that, its form
    as a key of `FORMS`, and what follows it. All of it comes first, and no form, where there is none."""
    found = _INDEFINITE.search(before)
    if found is None:
        return before, "", ""
    return before[: found.start()], "capital_article" if found[1][0] == "A" else "article", found[2]


def form_of(before: str) -> str:
    """The form of a title behind these words or this HTML: a key of `FORMS`, or nothing for as it is."""
    words = _TAG.sub("", _BLOCK.split(before[-_LOOKED_AT:])[-1])
    words = words.replace("&quot;", '"').lstrip("*_#>- \n")
    if _BEHIND_ONE.search(words):
        return "bare"
    return "" if _BEGINS.search(words) else "within"
