"""How names and codes of a page are spelt: each pattern, and the words that people read instead. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

NAMED = r"[a-z][a-z0-9_-]{0,60}"
NAME = f"^{NAMED}$"
OFFER_CODE = r"^[a-z][a-z0-9-]{1,30}$"
VERSION = r"^[0-9]{4}-[0-9]{2}$"
REFERENCE = r"^[A-HJ-NP-RT-Z]{2,5}$"
CRITERION = r"^[0-9A-Za-z][0-9A-Za-z.-]{0,11}$"
YEARS = r"^[1-9][0-9]? years?$"

IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        NAME: 'small letters, digits, "_" and "-", a letter first and at most 61 of them, such as "follow_up_1"',
        OFFER_CODE: 'two to 31 small letters, digits and "-", a letter first, such as "reading-mark"',
        VERSION: 'the year and the month from which it is sold, such as "2026-09"',
        REFERENCE: ('two to five capital letters, such as "CMC", without I, O and S, which are taken for digits'),
        CRITERION: 'at most twelve letters, digits, "." and "-", a letter or a digit first, such as "1.2"',
        YEARS: 'a number of years from 1 to 99, such as "3 years"',
    }
)
