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
from workflow.english import as_written, count_of
from workflow.errors import BadInput, Problem
from workflow.offer.definition import Offer
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.fields import Names
from workflow.offer.source.load_errors import CALLED_BY, NO_SUCH_KEY, problem, rows_of, told
from workflow.offer.source.source_file import SourceFile

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
                faults[folder.name] = first_of(mistakes)
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


def first_of(mistakes: BadInput) -> str:
    """The first of them, and how many others there are."""
    first, *others = map(str, mistakes.problems)
    return first if not others else f"{first} And {count_of(len(others), 'other mistake')}."


def load_offer(folder: Path) -> Offer:
    """Raises BadInput with one problem for each mistake."""
    problems: list[Problem] = []
    page = _file(folder / "offer.toml", problems)
    emails = _emails(folder / "emails", problems)
    calendar = _calendar(folder / "calendar.toml", problems)
    offer = None
    if page is not None:
        template = _template(folder, page, problems)
        problems += [problem(page, (key,), NO_SUCH_KEY) for key in ELSEWHERE if key in page.table]
        problems += _repeated(page)
        names = names_of(page.table, tuple(path.stem for path in sorted((folder / "emails").glob("*.md"))))
        whole = whole_page(page.table, emails, calendar or _NO_CALENDAR, template)
        offer = _checked(page, partial(Offer.model_validate, whole, context=names), problems)
    if problems or offer is None:
        raise BadInput(f"The offer in {folder.name} cannot be used. Mend these and try again.", tuple(problems))
    return offer


def whole_page(
    page: Mapping[str, Any], emails: Mapping[str, EmailTemplate], calendar: Calendar, template: str | None
) -> dict[str, Any]:
    """What the folder holds, in the one table that an `Offer` is made of."""
    return {**page, "emails": emails, "calendar": calendar, "certificate_template": template}


def read_source(folder: Path, name: str) -> SourceFile:
    """One file of an offer that can be read, for the lines on which things stand."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    return _front_matter(name, text)[0] if path.suffix == ".md" else SourceFile(name, text, tomllib.loads(text))


def _checked(file: SourceFile, read: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return read()
    except ValidationError as error:
        problems.extend(told(file, error))
    return None


def _read(name: str, path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(Problem(name, "the file is missing; every offer has one."))
    except UnicodeDecodeError:
        problems.append(Problem(name, "cannot be read: its letters are in another encoding. Save it as UTF-8."))
    except OSError as error:
        problems.append(Problem(name, f"cannot be read: {error.strerror}."))
    return None


def _file(path: Path, problems: list[Problem]) -> SourceFile | None:
    text = _read(path.name, path, problems)
    if text is None:
        return None
    try:
        return SourceFile(path.name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(path.name, f"is not TOML: {error}."))
    return None


def _calendar(path: Path, problems: list[Problem]) -> Calendar | None:
    file = _file(path, problems)
    return None if file is None else _checked(file, partial(read_calendar, dict(file.table)), problems)


def _emails(folder: Path, problems: list[Problem]) -> dict[str, EmailTemplate]:
    read = {path.stem: _email(path, problems) for path in sorted(folder.glob("*.md"))}
    return {name: email for name, email in read.items() if email is not None}


def _email(path: Path, problems: list[Problem]) -> EmailTemplate | None:
    name = f"emails/{path.name}"
    text = _read(name, path, problems)
    if text is None:
        return None
    try:
        front, body = _front_matter(name, text)
    except ValueError as error:
        problems.append(Problem(name, f"cannot be read: {error}."))
        return None
    whole = {**front.table, "name": path.stem, "body": body}
    return _checked(front, partial(EmailTemplate.model_validate, whole), problems)


def _front_matter(name: str, text: str) -> tuple[SourceFile, str]:
    """Raises ValueError where there is none."""
    parts = (text + "\n").split(_FENCE, 2)
    if len(parts) < 3 or parts[0]:  # noqa: PLR2004 (nothing, the front matter, the body)
        raise ValueError("it must begin with its subject and its audiences between two lines of +++")
    return SourceFile(name, parts[1], tomllib.loads(parts[1]), before=1), parts[2].strip()


def _template(folder: Path, page: SourceFile, problems: list[Problem]) -> str | None:
    name = _table(page.table, "certificate").get("template")
    if name is None:
        return None
    path = folder / Path(str(name)).name
    if path.is_file():
        return str(path)
    sentence = f"there is no file called {as_written(name)} beside the page."
    problems.append(problem(page, ("certificate", "template"), sentence))
    return None


def names_of(page: Mapping[str, Any], emails: tuple[str, ...]) -> Names:
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


def _titles(page: Mapping[str, Any], table: str) -> Iterator[tuple[str, str]]:
    named = (row for row in rows_of(page, table) if isinstance(row.get("name"), str))
    return ((row["name"], str(row.get("title", row["name"]))) for row in named)


def _table(page: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = page.get(name, {})
    return table if isinstance(table, dict) else {}


def _decimal(value: object) -> Decimal:
    """What is no number is told where it stands, not again wherever its name is used."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _repeated(page: SourceFile) -> Iterator[Problem]:
    """Names that must be the only one of their kind. A trigger may repeat: it may lead on from several stages."""
    for table, key in CALLED_BY.items():
        called = [str(row[key]) if key in row else None for row in rows_of(page.table, table)]
        for name, count in Counter(called).items():
            if name is not None and count > 1 and key != "trigger":
                last = len(called) - 1 - called[::-1].index(name)
                where = f"{page.where((table, last, key))}: {table}"
                yield Problem(where, f'"{name}" stands here {count} times; each {key} may stand once.')
