"""A day as people type it into one field: `23/11/2026`, `1.11.26`, `23 Nov 2026`, `2026-11-23`. Pure."""

from datetime import date
from time import strptime

_FORMS = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%Y-%m-%d")
_WORDS = ("%d %B %Y", "%d %b %Y", "%d %B %y", "%d %b %y")
#: Years in which anybody could have a meeting here; another one is mistyped.
_YEARS = range(2000, 2100)


def day_typed(text: str) -> date | None:
    """None where it is no day that anybody could mean."""
    tidy = " ".join(text.replace(",", " ").split())[:40]
    return next((found for form in (*_FORMS, *_WORDS) if (found := _read(tidy, form))), None)


def _read(text: str, form: str) -> date | None:
    try:
        found = date(*strptime(text, form)[:3])
    except ValueError:
        return None
    return found if found.year in _YEARS else None
