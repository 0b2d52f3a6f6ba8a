"""What one cell of a sheet says: a date, a price, a number. Pure. Each reader raises ValueError with a sentence."""

import re
from datetime import date, datetime
from decimal import Decimal

_DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?", re.ASCII)
_PRICE = re.compile(r"(?:£|GBP )?(\d{1,3}(?:,\d{3})+|\d{1,8})(\.\d{1,2}0*)?", re.ASCII)
_URN = re.compile(r"\d{6}", re.ASCII)
#: How long a cell may be that is quoted whole, and how much is quoted of a longer one.
_FITS, _KEPT = 40, 37


def shown(text: str) -> str:
    """A cell quoted in a sentence, shortened."""
    return f"“{text if len(text) <= _FITS else text[:_KEPT] + '…'}”"


def day(text: str) -> date:
    """`08/09/2025`, `2025-09-08` or `08-09-2025`; a time of day behind it is left out."""
    if not text:
        raise ValueError("is empty; write a date such as 08/09/2026.")
    for pattern in _DATES:
        try:
            return datetime.strptime(_TIME_OF_DAY.sub("", text), pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValueError(f"{shown(text)} is not a date; write one such as 08/09/2026.")


def optional_day(text: str) -> date | None:
    return day(text) if text else None


def price(text: str) -> Decimal:
    """`£265.00`, `265` or `1,265.00`."""
    found = _PRICE.fullmatch(text)
    if found is None:
        raise ValueError(f"{shown(text)} is not a price; write one such as £265.00." if text else "The price is empty.")
    return Decimal(found[1].replace(",", "") + (found[2] or "")).quantize(Decimal("0.01"))


def urn(text: str) -> str:
    """A school's unique reference number."""
    if _URN.fullmatch(text) is None:
        raise ValueError(f"{shown(text)} is not a URN, which is six digits." if text else "The URN is empty.")
    return text
