"""From an offer's folder to an `Offer`: every mistake at once, each with its file and key.

Reads `offer.toml`, `emails/*.md`, `calendar.toml` and the certificate's template. Nothing is kept of a folder that
has any mistake.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from workflow.calendar.calendar_file import read_calendar
from workflow.calendar.working_days import Calendar
from workflow.containment import contained
from workflow.english import count_of
from workflow.errors import BadInput, Problem
from workflow.offer.definition import Offer
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.fields import Names
from workflow.offer.load_errors import CALLED_BY, NO_SUCH_KEY, rows_of, told

_FENCE = "+++\n"
#: The numbers of the `[offer]` table that guards may name.
AMOUNTS = ("price", "minimum_staff")
#: What an offer has besides its page: the page may not say it too.
ELSEWHERE = ("emails", "calendar", "certificate_template")
_NO_CALENDAR = Calendar((), (), {}, ZoneInfo("UTC"), time(9))
T = TypeVar("T")


class Loaded(NamedTuple):
    """Offers by code and version; and what is wrong with the folders that cannot be used, by the folder's name."""

    offers: Mapping[tuple[str, str], Offer]
    faults: Mapping[str, str] = MappingProxyType({})


def load_offers(folders: tuple[Path, ...]) -> Loaded:
    """Every offer in these folders, each by itself: one that cannot be read keeps no other from being used."""
    offers: dict[tuple[str, str], Offer] = {}
    faults: dict[str, str] = {}
    for folder in sorted((one for root in folders for one in _offers_in(root)), key=_as_it_is_called):
        with contained(f"the offer in {folder.name}", partial(faults.__setitem__, folder.name)):
            try:
                offer = load_offer(folder)
            except BadInput as mistakes:
                faults[folder.name] = _first(mistakes)
                continue
            if offer.key in offers:
                faults[folder.name] = f"It holds the offer {'-'.join(offer.key)} a second time. Take it out."
                continue
            offers[offer.key] = offer
    return Loaded(offers, faults)


def _offers_in(root: Path) -> Iterator[Path]:
    return (page.parent for page in root.glob("*/offer.toml"))


def _as_it_is_called(folder: Path) -> tuple[int, str]:
    """A copy of a folder has a longer name than the folder itself."""
    return len(folder.name), folder.name


def _first(mistakes: BadInput) -> str:
    first, *others = map(str, mistakes.problems)
    return first if not others else f"{first} And {count_of(len(others), 'other mistake')}."


def load_offer(folder: Path) -> Offer:
    """Raises BadInput with one problem for each mistake."""
    problems: list[Problem] = []
    page = _toml(folder / "offer.toml", problems)
    emails = _emails(folder / "emails", problems)
    calendar = _calendar(folder / "calendar.toml", problems)
    offer = None
    if page is not None:
        template = _template(folder, page, problems)
        problems += [Problem(f"offer.toml: {key}", NO_SUCH_KEY) for key in ELSEWHERE if key in page]
        problems += _repeated(page)
        whole = {**page, "emails": emails, "calendar": calendar or _NO_CALENDAR, "certificate_template": template}
        names = _names(page, tuple(path.stem for path in sorted((folder / "emails").glob("*.md"))))
        offer = _checked("offer.toml", partial(Offer.model_validate, whole, context=names), problems, page)
    if problems or offer is None:
        raise BadInput(f"The offer in {folder.name} cannot be used. Mend these and try again.", tuple(problems))
    return offer


def _checked(where: str, read: Callable[[], T], problems: list[Problem], page: dict[str, Any]) -> T | None:
    try:
        return read()
    except ValidationError as error:
        problems.extend(told(where, error, page))
    except ValueError as error:
        problems.append(Problem(where, f"cannot be read: {error}."))
    except OSError as error:
        problems.append(Problem(where, f"cannot be read: {error.strerror}."))
    return None


def _toml(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(path.name, "the file is missing; every offer has one."))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, f"is not TOML: {error}."))
    except OSError as error:
        problems.append(Problem(path.name, f"cannot be read: {error.strerror}."))
    return None


def _calendar(path: Path, problems: list[Problem]) -> Calendar | None:
    table = _toml(path, problems)
    return None if table is None else _checked(path.name, partial(read_calendar, table), problems, table)


def _emails(folder: Path, problems: list[Problem]) -> dict[str, EmailTemplate]:
    read = {
        path.stem: _checked(f"emails/{path.name}", partial(_email, path), problems, {})
        for path in sorted(folder.glob("*.md"))
    }
    return {name: email for name, email in read.items() if email is not None}


def _email(path: Path) -> EmailTemplate:
    parts = (path.read_text(encoding="utf-8") + "\n").split(_FENCE, 2)
    if len(parts) < 3 or parts[0]:  # noqa: PLR2004 (nothing, the front matter, the body)
        raise ValueError("it must begin with its subject and its audiences between two lines of +++")
    return EmailTemplate.model_validate({**tomllib.loads(parts[1]), "name": path.stem, "body": parts[2].strip()})


def _template(folder: Path, page: dict[str, Any], problems: list[Problem]) -> str | None:
    name = _table(page, "certificate").get("template")
    if name is None:
        return None
    path = folder / Path(str(name)).name
    if path.is_file():
        return str(path)
    problems.append(Problem("offer.toml: certificate, template", f'there is no file called "{name}" beside the page.'))
    return None


def _names(page: dict[str, Any], emails: tuple[str, ...]) -> Names:
    """What the page declares, read leniently: a mistake in one table must not hide the names in the others."""
    offer = _table(page, "offer")
    given = ((_table(row, "records").get("approval"), row.get("title")) for row in rows_of(page, "transition"))
    return Names(
        stages=dict(_titles(page, "stage")),
        appointments=dict(_titles(page, "appointment")),
        triggers=tuple(row["trigger"] for row in rows_of(page, "transition") if isinstance(row.get("trigger"), str)),
        approvals={name: str(title) for name, title in given if isinstance(name, str)},
        emails=emails,
        amounts={name: _decimal(offer.get(name)) for name in AMOUNTS},
    )


def _titles(page: dict[str, Any], table: str) -> Iterator[tuple[str, str]]:
    named = (row for row in rows_of(page, table) if isinstance(row.get("name"), str))
    return ((row["name"], str(row.get("title", row["name"]))) for row in named)


def _table(page: dict[str, Any], name: str) -> dict[str, Any]:
    table = page.get(name, {})
    return table if isinstance(table, dict) else {}


def _decimal(value: object) -> Decimal:
    """What is no number is told where it stands, not again wherever its name is used."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _repeated(page: dict[str, Any]) -> Iterator[Problem]:
    """Names that must be the only one of their kind. A trigger may repeat: it may lead on from several stages."""
    for table, key in CALLED_BY.items():
        counts = Counter(str(row.get(key)) for row in rows_of(page, table) if key in row)
        for name, count in counts.items():
            if count > 1 and key != "trigger":
                yield Problem(f"offer.toml: {table}", f'"{name}" stands here {count} times; each {key} may stand once.')
