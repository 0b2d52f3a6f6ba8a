"""What an act asks for, at the console: the parameters of each type of field, and the value they give."""

from collections.abc import Callable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from web.cli.arguments import a_day, local_time
from workflow.acts import fields
from workflow.acts.act import Occasion
from workflow.acts.fields import ANYTHING, Argument, Field, Option
from workflow.domain.email_address import as_kept
from workflow.domain.lifecycles import SIDE_STATUSES
from workflow.english import listed
from workflow.store.tables.participant import Participant
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.phases import Basis

Given = Mapping[str, Any]
_TYPES: Mapping[type[Field], Any] = {fields.Number: click.IntRange(min=1), fields.Phase: int}


def params_of(field: Field) -> list[click.Parameter]:
    """None for a field that the console does not ask for."""
    if type(field) in _PARAMS:
        return _PARAMS[type(field)]() if field.console else []
    match field.console:
        case Argument(metavar) if metavar.endswith("..."):
            return [click.Argument([field.name], metavar=metavar, nargs=-1, required=True)]
        case Argument(metavar):
            return [click.Argument([field.name], metavar=metavar, type=_TYPES.get(type(field)))]
        case Option() as option:
            return [_option(field, option)]
        case _:
            return []


def _option(field: Field, option: Option) -> click.Option:
    """One that has to be given has no default: to click, None would be one."""
    fallback = {} if option.required else {"default": option.default}
    return click.Option(
        [option.flag, field.name],
        help=option.help,
        metavar=option.metavar,
        **fallback,
        show_default=bool(option.default),
        required=option.required,
        type=_TYPES.get(type(field)),
        is_flag=isinstance(field, fields.Anyway | fields.Again),
    )


def values_of(asked: tuple[Field, ...], given: Given, on: Occasion) -> dict[str, Any]:
    """The values of the fields that the console asks for. Raises BadParameter or UsageError."""
    return {field.name: _READERS.get(type(field), _as_it_is)(field, given, on) for field in asked if field.console}


def _as_it_is(field: Field, given: Given, _on: Occasion) -> Any:
    return given[field.name]


def _day(field: Field, given: Given, _on: Occasion) -> Any:
    return a_day(given[field.name])


def _moment(field: Field, given: Given, on: Occasion) -> Any:
    return local_time(given[field.name], on.offer).astimezone(UTC)


def _moments(field: Field, given: Given, on: Occasion) -> Any:
    return [local_time(one, on.offer).astimezone(UTC) for one in given[field.name]]


def _people(field: Field, given: Given, _on: Occasion) -> dict[str, str]:
    return {email: email for email in map(as_kept, given[field.name])}


def _register_options() -> list[click.Parameter]:
    return [
        click.Option(["--present"], multiple=True, metavar="EMAIL", help="Somebody who was there. May be repeated."),
        click.Option(
            ["--mark"], multiple=True, metavar="EMAIL=MARK", help="Another mark, such as told_absent or excused."
        ),
        click.Option(["--all-present"], is_flag=True, help="Everybody who takes part was there."),
    ]


def _marks(_field: Field, given: Given, on: Occasion) -> dict[str, str]:
    if not (given["present"] or given["mark"] or given["all_present"]):
        raise click.UsageError("Say who was there: --present EMAIL, once for each, or --all-present.")
    present = _everybody(on) if given["all_present"] else [as_kept(email) for email in given["present"]]
    return dict.fromkeys(present, "present") | dict(_mark(one) for one in given["mark"])


def _everybody(on: Occasion) -> list[str]:
    there = (Participant.engagement_id == on.engagement_id) & Participant.status.not_in(SIDE_STATUSES)
    return list(on.session.scalars(select(Participant.email).where(there)))


def _mark(text: str) -> tuple[str, str]:
    email, equals, mark = text.partition("=")
    if not equals:
        raise click.BadParameter(f"“{text}” is not EMAIL=MARK.", param_hint="--mark")
    return as_kept(email), mark.strip()


def _purpose_option() -> list[click.Parameter]:
    words = "It is for those who missed it; they are invited."
    return [click.Option(["--catch-up", "purpose"], flag_value="catch_up", help=words)]


def _basis_options() -> list[click.Parameter]:
    return [
        click.Option(["--experience"], required=True, help="What the person has done so far."),
        click.Option(
            ["--yes"],
            multiple=True,
            metavar="QUESTION",
            help="A question about phases that is answered with yes, such as q2-1, the first about phase 2. "
            "May be repeated.",
        ),
    ]


def _basis(_field: Field, given: Given, _on: Occasion) -> Basis:
    return Basis(given["experience"], frozenset(given["yes"]))


def _evidence_options() -> list[click.Parameter]:
    return [
        click.Option(["--text"], multiple=True, metavar="CODE=TEXT", help="What is said about a criterion."),
        click.Option(["--file"], multiple=True, metavar="CODE=PATH", help="A file for a criterion. May be repeated."),
    ]


def _pieces(_field: Field, given: Given, _on: Occasion) -> dict[str, EvidencePiece]:
    words = _pairs(given["text"], "--text")
    found = [next(iter(_pairs((one,), "--file").items())) for one in given["file"]]
    files = {
        code: tuple((Path(path).name, _read(path)) for of, path in found if of == code)
        for code in dict.fromkeys([*words, *(code for code, _ in found)])
    }
    return {code: EvidencePiece(words.get(code, ""), own) for code, own in files.items()}


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise click.BadParameter(f"“{path}” cannot be read: {error.strerror}.", param_hint="--file") from None


def _review_options() -> list[click.Parameter]:
    return [
        click.Option(["--met"], multiple=True, metavar="CODE", help="A criterion that is met. May be repeated."),
        click.Option(["--not-met"], multiple=True, metavar="CODE=WHY", help="One that is not, and what is missing."),
        click.Option(["--all-met"], is_flag=True, help="Every criterion of the version is met."),
    ]


def _decisions(_field: Field, given: Given, on: Occasion) -> dict[str, Decision]:
    missing = _pairs(given["not_met"], "--not-met")
    both = [code for code in given["met"] if code in missing]
    if both:
        raise click.UsageError(f"{listed(both)} cannot be met and not met; say which.")
    codes = given["met"]
    if given["all_met"]:
        person = participants.one_of(on.session, on.engagement_id, given["email"])
        codes = evidence.open_criteria(on.session, on.offer, person)
    met = {code: Decision(met=True) for code in codes}
    return met | {code: Decision(met=False, text=why) for code, why in missing.items()}


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """`1.2=What is missing` by its code."""
    found: dict[str, str] = {}
    for text in texts:
        code, equals, rest = text.partition("=")
        if not equals:
            raise click.BadParameter(f"“{text}” is not CODE=TEXT.", param_hint=option)
        if code.strip() in found:
            raise click.BadParameter(f"{code.strip()} is given more than once; say it once.", param_hint=option)
        found[code.strip()] = rest
    return found


#: Types of field that take several options, or none that a word could stand for.
def _anyway(field: Field, given: Given, _on: Occasion) -> str:
    return ANYTHING if given[field.name] else ""


_PARAMS: Mapping[type[Field], Callable[[], list[click.Parameter]]] = {
    fields.Purpose: _purpose_option,
    fields.Marks: _register_options,
    fields.EntryBasis: _basis_options,
    fields.Pieces: _evidence_options,
    fields.Decisions: _review_options,
}
_READERS: Mapping[type[Field], Callable[[Field, Given, Occasion], Any]] = {
    fields.Day: _day,
    fields.Moment: _moment,
    fields.Moments: _moments,
    fields.People: _people,
    fields.Anyway: _anyway,
    fields.Marks: _marks,
    fields.EntryBasis: _basis,
    fields.Pieces: _pieces,
    fields.Decisions: _decisions,
}
