"""References people can say on the telephone: `CMC-26-0042-K`, where the last letter catches a slip."""

import re

from workflow.errors import NotFound

#: Without I, O and S, which are taken for digits. Twenty-three is a prime, so any one wrong character and any swap of
#: neighbours changes the check letter.
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PATTERN = re.compile(rf"[{_LETTERS}]{{2,5}}-[0-9]{{2}}-[0-9]{{4,6}}-[{_LETTERS}]", re.ASCII)


def check_letter(prefix: str, year: int, number: int) -> str:
    digits = [_LETTERS.index(letter) for letter in prefix] + [int(digit) for digit in f"{year:02}{number:04}"]
    return _LETTERS[sum(weight * digit for weight, digit in enumerate(digits, 2)) % len(_LETTERS)]


def reference_of(prefix: str, year: int, number: int) -> str:
    """`year` is the last two digits."""
    return f"{prefix}-{year:02}-{number:04}-{check_letter(prefix, year, number)}"


def parse(text: str) -> str:
    """The reference as it is written, from however it was typed. Raises NotFound, saying what one looks like."""
    tidy = text.strip().upper().replace(" ", "-")
    if PATTERN.fullmatch(tidy):
        prefix, year, number, _ = tidy.split("-")
        if tidy == reference_of(prefix, int(year), int(number)):
            return tidy
        raise NotFound(
            f"{tidy} has a slip in it: the last letter does not fit. Check it against an email about the case."
        )
    raise NotFound("That is not a reference. One looks like CMC-26-0042-K.")
