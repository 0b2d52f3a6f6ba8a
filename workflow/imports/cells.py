"""What one cell of a sheet says: a date, a price, a number. Pure. Each reader raises ValueError with a sentence.

What a spreadsheet or a habit made of it is read where it can mean one thing only, and noted.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from workflow.english import day_in_words
from workflow.sanitise import line

T_co = TypeVar("T_co", covariant=True)
_DATES = (
    *("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"),
    *("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%b/%Y", "%B %d %Y", "%b %d %Y"),
)
_SHORT_DATES = ("%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d %B %y", "%d %b %y", "%d-%b-%y")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_TIME_OF_DAY = re.compile(
    r"[T ,]+(?:at )?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?\s*(?:Z|[+-]\d{2}:?\d{2}|GMT|BST|UTC)?$",
    re.ASCII | re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_SEPTEMBER = re.compile(r"\bSept\b\.?", re.IGNORECASE)
#: A date without its format, from 1970 to 2099: days since the day before 1900 began, as spreadsheets count.
_SERIAL, _FIRST_SERIAL, _LAST_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII), 25569, 73050
_DAY_NOUGHT = date(1899, 12, 30)
_PRICE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,8})(\.\d{1,2}0*)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,8}),(\d{1,2})", re.ASCII)
_CURRENCY = re.compile(r"^(?:£|GBP)\s*|\s*(?:£|GBP)$")
_URN = re.compile(r"(\d{6})(\.0+)?", re.ASCII)
_WITH_A_POINT = re.compile(r"(\d+)\.0+", re.ASCII)
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
#: How long a cell may be that is quoted whole, and how much is quoted of a longer one.
_FITS, _KEPT = 40, 37


@dataclass(frozen=True, slots=True)
class Noted(Generic[T_co]):
    """A value that was not written as it is meant. `note` says what was read as what."""

    value: T_co
    note: str


def shown(text: str) -> str:
    """A cell quoted in a sentence, shortened."""
    return f"“{text if len(text) <= _FITS else text[:_KEPT] + '…'}”"


def day(text: str) -> date | Noted[date]:
    """`08/09/2025`, `2025-09-08`, `8 September 2025`; a time of day behind it is left out.

    A year of two digits and the number that a spreadsheet makes of a date are noted.
    """
    if not text:
        raise ValueError("is empty; write a date such as 08/09/2026.")
    plain = " ".join(_TIME_OF_DAY.sub("", _WEEKDAY.sub("", text, count=1)).replace(",", " ").split())
    plain = _SEPTEMBER.sub("Sep", _ORDINAL.sub("", plain))
    if found := _dated(plain, _DATES):
        return found
    found = _dated(plain, _SHORT_DATES) or _from_serial(text)
    if found is None:
        raise ValueError(f"{shown(text)} is not a date; write one such as 08/09/2026.")
    return Noted(found, f"{shown(text)} was read as {day_in_words(found)}.")


def optional_day(text: str) -> date | Noted[date] | None:
    return day(text) if text else None


def _dated(text: str, patterns: tuple[str, ...]) -> date | None:
    for pattern in patterns:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def _from_serial(text: str) -> date | None:
    found = _SERIAL.fullmatch(text)
    if found is None or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return None
    return _DAY_NOUGHT + timedelta(days=int(found[1]))


def price(text: str) -> Decimal | Noted[Decimal]:
    """`£265.00`, `265` or `1,265.00`; `265,00` is noted."""
    plain = _CURRENCY.sub("", text.strip())
    if found := _PRICE.fullmatch(plain):
        return Decimal(found[1].replace(",", "") + (found[2] or "")).quantize(Decimal("0.01"))
    if found := _DECIMAL_COMMA.fullmatch(plain):
        value = Decimal(f"{found[1].replace('.', '')}.{found[2]}").quantize(Decimal("0.01"))
        return Noted(value, f"{shown(text)} was read as £{value:,}.")
    raise ValueError(f"{shown(text)} is not a price; write one such as £265.00." if text else "The price is empty.")


def urn(text: str) -> str:
    """A school's unique reference number."""
    found = _URN.fullmatch(text)
    if found is None:
        raise ValueError(f"{shown(text)} is not a URN, which is six digits." if text else "The URN is empty.")
    return found[1]


def order_number(text: str) -> str | Noted[str]:
    """As the portal writes it. A point and a nought behind it are a spreadsheet's, and noted."""
    number = line(text, "The order number", 60)
    if _SHORTENED.fullmatch(number):
        raise ValueError(
            f"{shown(number)} is what a spreadsheet made of a long number, and its last digits are lost. Import the "
            "file as the portal exports it, without opening it in between."
        )
    found = _WITH_A_POINT.fullmatch(number)
    return Noted(found[1], f"order {number} was read as {found[1]}.") if found else number


def order_key(number: str) -> str:
    """Two numbers are of one order if they differ in what spreadsheets do: zeros before them, a point behind."""
    found = _WITH_A_POINT.fullmatch(number)
    plain = found[1] if found else number
    return (plain.lstrip("0") or "0") if plain.isdigit() else plain.casefold()
