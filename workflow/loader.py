"""From an offer's folder to an `Offer`: every mistake at once, each with its file and key.

Reads `offer.toml`, `emails/*.md`, `calendar.toml` and the certificate's template. Nothing is kept of a folder that
has any mistake.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import time
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import TypeAdapter, ValidationError

from workflow.calendar import Calendar, Closure, Term, bank_holidays
from workflow.definition import Offer
from workflow.errors import BadInput, Problem
from workflow.message import Email
from workflow.vocabulary import Names

_TITLES = {"stage": "name", "transition": "trigger", "timer": "name", "appointment": "name", "phase": "number"}
_FENCE = "+++"
T = TypeVar("T")


def load_offers(folders: tuple[Path, ...]) -> dict[tuple[str, str], Offer]:
    """Every offer in these folders, by code and version."""
    found = sorted(path.parent for folder in folders for path in folder.glob("*/offer.toml"))
    offers = [load_offer(folder) for folder in found]
    return {offer.key: offer for offer in offers}


def load_offer(folder: Path) -> Offer:
    """Raises BadInput with one problem for each mistake."""
    problems: list[Problem] = []
    page = _toml(folder / "offer.toml", problems)
    emails = _emails(folder / "emails", problems)
    calendar = _calendar(folder / "calendar.toml", problems)
    template = _template(folder, page, problems)
    problems += _repeated(page)
    offer = _offer(page, emails, calendar, template, problems)
    if problems or offer is None:
        raise BadInput(f"The offer in {folder.name} cannot be used. Mend these and try again.", tuple(problems))
    return offer


def _toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(path.name, "the file is missing; every offer has one."))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, f"is not TOML: {error}."))
    return {}


def _emails(folder: Path, problems: list[Problem]) -> dict[str, Email]:
    emails = {}
    for path in sorted(folder.glob("*.md")):
        where = f"emails/{path.name}"
        email = _checked(where, partial(_email, path), problems)
        if email is not None:
            emails[email.name] = email
    return emails


def _email(path: Path) -> Email:
    _, front, body = (path.read_text(encoding="utf-8") + "\n").split(_FENCE + "\n", 2)
    return Email.model_validate({**tomllib.loads(front), "name": path.stem, "body": body.strip()})


def _calendar(path: Path, problems: list[Problem]) -> Calendar | None:
    table = _toml(path, problems)
    return _checked(path.name, partial(_read_calendar, table), problems) if table else None


def _read_calendar(table: dict[str, Any]) -> Calendar:
    settings = table["calendar"]
    terms = TypeAdapter(tuple[Term, ...]).validate_python(table.get("term", ()))
    return Calendar(
        terms=tuple(sorted(terms, key=lambda term: term.start)),
        closures=TypeAdapter(tuple[Closure, ...]).validate_python(table.get("closure", ())),
        holidays=bank_holidays(settings["region"]),
        zone=ZoneInfo(settings["timezone"]),
        due_at=time.fromisoformat(settings["due_at"]),
    )


def _checked(where: str, read: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return read()
    except ValidationError as error:
        problems.extend(_sentences(where, error, {}))
    except KeyError as error:
        problems.append(Problem(where, f"{error.args[0]} is missing."))
    except (ValueError, ZoneInfoNotFoundError) as error:
        problems.append(Problem(where, f"cannot be read: {error}."))
    return None


def _template(folder: Path, page: dict[str, Any], problems: list[Problem]) -> str | None:
    name = page.get("certificate", {}).get("template")
    if name is None:
        return None
    path = folder / Path(str(name)).name
    if path.is_file():
        return str(path)
    problems.append(Problem("offer.toml: certificate, template", f'there is no file called "{name}" beside the page.'))
    return None


def _offer(
    page: dict[str, Any],
    emails: dict[str, Email],
    calendar: Calendar | None,
    template: str | None,
    problems: list[Problem],
) -> Offer | None:
    if not page:
        return None
    whole = {**page, "emails": emails, "calendar": calendar or _NO_CALENDAR, "certificate_template": template}
    try:
        return Offer.model_validate(whole, context=_names(page, tuple(emails)))
    except ValidationError as error:
        problems.extend(_sentences("offer.toml", error, page))
        return None


_NO_CALENDAR = Calendar((), (), frozenset(), ZoneInfo("Europe/London"), time(9))


def _names(page: dict[str, Any], emails: tuple[str, ...]) -> Names:
    """What the page declares, read leniently: a mistake in one table must not hide the names in the others."""
    amounts = {**page.get("policy", {}), **page.get("offer", {})}
    return Names(
        stages=dict(_titles(page, "stage")),
        appointments=dict(_titles(page, "appointment")),
        emails=emails,
        amounts={name: amount for name, value in amounts.items() if (amount := _decimal(value)) is not None},
    )


def _titles(page: dict[str, Any], table: str) -> Iterator[tuple[str, str]]:
    return ((row["name"], row.get("title", row["name"])) for row in _rows(page, table) if "name" in row)


def _rows(page: dict[str, Any], table: str) -> list[dict[str, Any]]:
    rows = page.get(table, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _decimal(value: object) -> Decimal | None:
    try:
        return None if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _repeated(page: dict[str, Any]) -> Iterator[Problem]:
    """Names that must be the only one of their kind. A trigger may repeat: it may lead on from several stages."""
    for table, key in _TITLES.items():
        counts = Counter(str(row.get(key)) for row in _rows(page, table))
        for name, count in counts.items():
            if count > 1 and key != "trigger":
                yield Problem(f"offer.toml: {table}", f'"{name}" stands here {count} times; each {key} may stand once.')


def _sentences(file: str, error: ValidationError, page: dict[str, Any]) -> Iterator[Problem]:
    for one in error.errors(include_url=False, include_context=False):
        where = _where(one["loc"], page)
        yield Problem(f"{file}: {where}" if where else file, _sentence(one["type"], one["msg"], one["input"]))


def _where(loc: tuple[int | str, ...], page: dict[str, Any]) -> str:
    """`transition 3 "complete_training_1", guards 1`."""
    words: list[str] = []
    for number, part in enumerate(loc):
        if isinstance(part, int):
            words[-1] += f" {part + 1}" + (_label(page, str(loc[0]), part) if number == 1 else "")
        else:
            words.append(part)
    return ", ".join(words)


def _label(page: dict[str, Any], table: str, row: int) -> str:
    name = page[table][row].get(_TITLES.get(table)) if isinstance(page[table][row], dict) else None
    return f' "{name}"' if name else ""


def _sentence(kind: str, message: str, value: object) -> str:
    match kind:
        case "missing":
            return "this key is missing; write it."
        case "extra_forbidden":
            return "there is no such key; check its spelling or take it out."
        case "value_error":
            return message.removeprefix("Value error, ")
        case _:
            return f"{message[0].lower()}{message[1:]}, but it is {value!r}."
