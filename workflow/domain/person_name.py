"""The name of somebody who may hold a certificate: one reading for every door it comes in by. Pure.

A name is kept as it will be printed, or refused in a sentence that shows what is wrong with it, before anybody relies
on it. What only looks like a typing habit (a backtick for an apostrophe) is straightened.
"""

import re
import unicodedata

from workflow.domain.printable import LETTERS, unprintable
from workflow.sanitise import line, sign

NAME_LIMIT = 120
#: So many letters without a space or hyphen still fit on one line of a certificate, however broad they are.
WORD_LIMIT = 40
#: Some languages put two marks on one letter that already carries one; more than that is a decoration.
_MARKS = 3
_SIGNS = frozenset(" '’‘ʼ“”\"-‐‑–.,()·0123456789")
_FORMULA = ("=", "+", "-", "@")  # which `line` refuses
_STRAIGHT = str.maketrans({"`": "’", "´": "’", "′": "’", "＇": "’"})
#: What a spreadsheet shows for a value that is missing, wrong or no text at all.
_NO_NAME = frozenset({"TRUE", "FALSE", "N/A", "NULL"})
#: What may follow a comma: letters behind a name, such as “BA (Hons), MEd” or “Jr.”
_BEHIND = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z]{2,6}|\(Hons\)|(?:Jr|Sr|Esq)\.?")


def person_name(text: str, what: str = "The name") -> str:
    """The name as it is kept and printed, in NFC. Raises ValueError with a sentence that shows what is wrong."""
    _agree_meant(text.strip(), what)
    kept = line(unicodedata.normalize("NFC", text).translate(_STRAIGHT), what, NAME_LIMIT)
    _agree_signs(kept, what)
    _agree_words(kept, what)
    _agree_letters(kept)
    return kept


def printable_line(text: str, what: str, limit: int) -> str:
    """Another line that a certificate prints, such as a school's name. Raises ValueError with a sentence."""
    kept = line(text, what, limit)
    if found := unprintable(kept):
        raise ValueError(f"{what} has {sign(found)} in it, which a certificate cannot print.")
    return kept


def _agree_meant(typed: str, what: str) -> None:
    """Refuses what is no name of anybody at all."""
    if not typed:
        raise ValueError(f"{what} is empty.")
    if typed.startswith("#") or typed in _NO_NAME:
        raise ValueError(f"“{typed[:40]}” is what a spreadsheet shows for something else, not a name. Write the name.")
    if "@" in typed[1:]:
        raise ValueError(f"{what} has “@” in it, as an address does. Write the name alone.")
    said = not typed.isprintable() or typed[:1] in _FORMULA or unicodedata.category(typed[0])[0] == "M"
    if not said:
        _agree_letters(typed)


def _agree_letters(text: str) -> None:
    if not any(map(str.isalpha, text)):
        raise ValueError(f"“{text[:40]}” has no letters in it, so it is not a name.")


def _agree_signs(kept: str, what: str) -> None:
    for one in kept:
        if one in LETTERS or one in _SIGNS:
            continue
        if unicodedata.category(one)[0] in "LM":
            raise ValueError(
                f"{what} has {sign(one)} in it, which the certificate cannot print. Write the name in letters that it "
                "can print, as a passport does."
            )
        raise ValueError(f"{what} has {sign(one)} in it, which stands in no name; leave it out.")
    before, _, behind = kept.partition(",")
    if behind and not all(_BEHIND.fullmatch(one) for one in behind.replace(",", " ").split()):
        turned = f"{behind.split(',')[0].strip()} {before}"
        raise ValueError(f"{what} has a comma in it, “{kept}”. Write it as it is to be printed, such as “{turned}”.")


def _agree_words(kept: str, what: str) -> None:
    run = 0
    for at, one in enumerate(kept):
        run = run + 1 if unicodedata.category(one)[0] == "M" else 0
        if run and (at == run - 1 or kept[at - run] == " "):
            raise ValueError(f"{what} has a mark without a letter under it ({sign(one)}); type it again.")
        if run > _MARKS:
            raise ValueError(f"{what} has more than {_MARKS} marks on one letter ({sign(one)}); type it again.")
    longest = max(re.split("[ ‐-]", kept), key=len)
    if len(longest) > WORD_LIMIT:
        raise ValueError(
            f"{what} has {len(longest)} letters without a space in it, “{longest[:WORD_LIMIT]}…”; at most {WORD_LIMIT} "
            "fit on a certificate. Put a space where it may be broken."
        )
