"""Whatever is changed in an offer is told: each key of each table in turn, so that a new one is covered by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import singledispatch
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from tests.workflow.offer.pages import MENTORING, READING
from workflow.calendar.school_year import Closure
from workflow.calendar.span import Span
from workflow.calendar.working_days import Calendar
from workflow.domain.effects import Effect
from workflow.domain.guards import Rule
from workflow.offer.definition import Offer
from workflow.offer.differences.offers import differences
from workflow.offer.loader import load_offer
from workflow.offer.source.toml_lines import Place

LIBRARY = Path(__file__).parents[3] / "offers" / "library-2026-01"
OFFERS = [load_offer(folder) for folder in (MENTORING, READING, LIBRARY)]
#: What a guard's subject is called is told where the meeting or the verb is called so; where a design's file is says
#: nothing of what is in it.
TOLD_ELSEWHERE = {"Rule.title", "Offer.certificate_template"}
SHUT = Closure(name="Snow", start=date(2026, 1, 5), end=date(2026, 1, 6))


class Found(NamedTuple):
    """One key of one thing in an offer."""

    offer: Offer
    place: Place
    name: str


def parts(thing: object) -> Iterator[tuple[str | int, Any]]:
    """What a thing is made of, by the names of its attributes."""
    if isinstance(thing, BaseModel):
        yield from ((name, getattr(thing, name)) for name in type(thing).model_fields)
    elif is_dataclass(thing) and not isinstance(thing, type | Span):
        yield from ((one.name, getattr(thing, one.name)) for one in fields(thing) if one.compare)
    elif isinstance(thing, tuple):
        yield from enumerate(thing)
    elif isinstance(thing, Mapping):
        yield from thing.items()


def keys(offer: Offer, thing: object, place: Place = ()) -> Iterator[tuple[str, bool, Found]]:
    """Each `Stage.title` of an offer, and whether anything is said there."""
    for name, value in parts(thing):
        if not isinstance(thing, tuple | Mapping):
            yield f"{type(thing).__name__}.{name}", value not in (None, (), "", {}), Found(offer, place, str(name))
        yield from keys(offer, value, (*place, name))


def every_key() -> dict[str, Found]:
    """The first place of each key at which something is said, or else the first of all."""
    found: dict[str, Found] = {}
    said: set[str] = set()
    for offer in OFFERS:
        for name, says, where in keys(offer, offer):
            if name not in found or (says and name not in said):
                found[name] = where
            if says:
                said.add(name)
    return {name: one for name, one in found.items() if name not in TOLD_ELSEWHERE}


EVERY_KEY = every_key()


def at(thing: Any, place: Place) -> Any:
    for part in place:
        thing = dict(parts(thing))[part]
    return thing


def put(thing: Any, place: Place, value: object) -> Any:
    """The same thing with something else in one place."""
    if not place:
        return value
    part, *rest = place
    new = put(at(thing, (part,)), tuple(rest), value)
    match thing:
        case BaseModel():
            return thing.model_copy(update={str(part): new})
        case tuple():
            return tuple(new if number == part else one for number, one in enumerate(thing))
        case Mapping():
            return {**thing, part: new}
        case _:
            return replace(thing, **{str(part): new})


@singledispatch
def another(value: Any) -> Any:
    """Something else of the same kind."""
    raise NotImplementedError(f"nothing else is known like {value!r}")


another.register(bool)(lambda value: not value)
another.register(int)(lambda value: value + 1)
another.register(str)(lambda value: f"{value} otherwise")
another.register(Decimal)(lambda value: value + 1)
another.register(date)(lambda value: value + timedelta(days=1))
another.register(time)(lambda value: (datetime.combine(date.min, value) + timedelta(minutes=5)).time())
another.register(ZoneInfo)(lambda _: ZoneInfo("Europe/Dublin"))
another.register(Span)(lambda value: replace(value, count=value.count + 1))
another.register(Rule)(lambda value: replace(value, waivable=not value.waivable))
another.register(Effect)(lambda value: replace(value, name="otherwise"))
another.register(Calendar)(lambda value: replace(value, due_at=time(10, 15)))
another.register(tuple)(lambda value: value[1:] if value else (SHUT,))
another.register(type(None))(lambda _: "something")


@another.register
def _(value: BaseModel) -> BaseModel:
    """With its first key in other words."""
    name, first = next(iter(parts(value)))
    return value.model_copy(update={str(name): another(first)})


@another.register(dict)
def _(value: dict[Any, Any]) -> dict[Any, Any]:
    return dict([*value.items()][1:]) if value else {"otherwise": "something"}


another.register(Mapping)(lambda value: dict([*value.items()][1:]))


@pytest.mark.parametrize("name", EVERY_KEY)
def test_every_change_is_told_in_sentences(name: str) -> None:
    offer, place, key = EVERY_KEY[name]
    other = put(offer, (*place, key), another(at(offer, (*place, key))))
    assert other != offer
    for sentences in (differences(offer, other), differences(other, offer)):
        assert sentences
        assert all(one[0].isupper() or one[0] == "“" for one in sentences)
        assert all(one.endswith(".") and "  " not in one for one in sentences)


def test_nearly_all_keys_are_said_something_at() -> None:
    silent = {name for name, (offer, place, key) in EVERY_KEY.items() if at(offer, (*place, key)) in (None, (), "", {})}
    assert len(EVERY_KEY) > 100
    assert len(silent) < 10, silent


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.offer.code)
def test_rows_that_stand_in_another_order_are_told(offer: Offer) -> None:
    for table in ("stages", "transitions", "moves", "appointments", "timers", "phases"):
        rows = getattr(offer, table)
        turned = offer.model_copy(update={table: tuple(reversed(rows))})
        assert bool(differences(offer, turned)) is (len(rows) > 1), table
