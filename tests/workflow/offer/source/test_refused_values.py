"""Whatever stands wrongly at whatever key, an officer reads a sentence: no pattern, no phrase of a library, no type.

The keys are those of the models, so that a new one is covered by itself.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from tests.workflow.offer.lines import without_line
from tests.workflow.offer.pages import MENTORING, PAGE
from workflow.calendar.calendar_file import CalendarFile, read_calendar
from workflow.offer.definition import Offer
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.loader import load_offer, names_of, read_source, whole_page
from workflow.offer.source.load_errors import told
from workflow.offer.source.source_file import SourceFile
from workflow.offer.source.spellings import IN_WORDS
from workflow.offer.source.toml_lines import Place

SOUND = load_offer(MENTORING)
#: One of each kind that a TOML file can hold, and some that nearly fit.
WRONG: tuple[object, ...] = (
    "",
    "§ Ö!",
    "x" * 400,
    "two hundred",
    "cmc",
    "OIS",
    "1.5",
    "0 school days",
    "0 years",
    -1,
    0,
    1000,
    2.5,
    float("nan"),
    True,
    False,
    [],
    [""],
    ["§"],
    [7],
    [[]],
    [{}],
    ["welcome", "welcome", "welcome"],
    {},
    {"§": 7},
    {"award": ["x"]},
    {"approved": ["award"]},
    {"approved": "award", "of": []},
    {"judgement": {}, "of": 3},
    {"staff_nominated": 2.5},
    {"order_matched": True, "waivable": []},
    {"email": ["welcome"]},
    {"certificate": {}},
    date(2026, 9, 4),
)
#: What only somebody knows who reads patterns or programs.
FOREIGN = re.compile(
    r"\^|\$$|\\|\[[a-zA-Z0-9]-|input should|[Vv]alue error|valid (?:string|integer|decimal|dict|tuple|list)"
    r"|pydantic|Decimal|dict\b|tuple\b|\bNone\b|\bTrue\b|\bFalse\b|datetime|float|<|Span\(|Rule\(|unable to parse"
)


def models_in(kind: object) -> Iterator[type[BaseModel]]:
    """The tables that a key may hold."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for one in get_args(kind) if get_origin(kind) in (tuple, dict, Union, UnionType) else ():
        yield from models_in(one)


def keys(model: type[BaseModel], place: Place = ()) -> Iterator[Place]:
    """Every key of a page, in the first row of each table."""
    for name, about in model.model_fields.items():
        here = (*place, about.alias or name)
        yield here
        for table in models_in(about.annotation):
            yield from keys(table, (*here, 0) if get_origin(about.annotation) is tuple else here)


OFFER_KEYS = [one for one in keys(Offer) if one[0] not in ("emails", "calendar", "certificate_template")]
CALENDAR_KEYS = [*keys(CalendarFile)]
EMAIL_KEYS = [one for one in keys(EmailTemplate) if one not in (("name",), ("body",))]


def with_value(table: dict[str, Any], place: Place, value: object) -> dict[str, Any]:
    """The table with something else in one place. Tables that are not there yet are made on the way."""
    whole: dict[str, Any] = deepcopy(table)
    here: Any = whole
    for part, following in zip(place, [*place[1:], None], strict=True):
        if following is None:
            here[part] = value
        elif isinstance(part, int):
            here = here[0]
        else:
            if not isinstance(here.get(part), list if following == 0 else dict):
                first = here.get(part, {})
                here[part] = [first] if following == 0 else {}
            here = here[part]
    return whole


@cache
def source(name: str) -> SourceFile:
    return read_source(MENTORING, name)


def refused(name: str, place: Place, value: object) -> list[tuple[str, str]]:
    """What is said of a page with this value, each beside the library's own words; nothing when it will do."""
    file = source(name)
    table = with_value(dict(file.table), place, value)
    try:
        if name == PAGE:
            whole = whole_page(table, SOUND.emails, SOUND.calendar, SOUND.certificate_template)
            Offer.model_validate(whole, context=names_of(table, tuple(SOUND.emails)))
        elif name == "calendar.toml":
            read_calendar(table)
        else:
            EmailTemplate.model_validate({**table, "name": "overdue", "body": "Dear {{ name }},"})
    except ValidationError as error:
        library = {one["msg"] for one in error.errors() if one["type"] != "value_error"}
        return [(str(one), words) for one in told(file, error) for words in library or {"\0"}]
    return []


@pytest.mark.parametrize(
    ("name", "place"),
    [
        *((PAGE, place) for place in OFFER_KEYS),
        *(("calendar.toml", place) for place in CALENDAR_KEYS),
        *(("emails/overdue.md", place) for place in EMAIL_KEYS),
    ],
    ids=lambda one: one if isinstance(one, str) else ".".join(map(str, one)),
)
def test_what_is_refused_is_told_in_plain_words(name: str, place: Place) -> None:
    said = [one for value in WRONG for one in refused(name, place, value)]
    assert said, "some of all this must be wrong here"
    for sentence, library in said:
        assert FOREIGN.search(sentence) is None, sentence
        assert library.lower() not in sentence.lower()
        assert sentence.endswith((".", "?"))


def test_every_pattern_has_its_words() -> None:
    schema = str(Offer.__pydantic_core_schema__)
    assert {*re.findall(r"'type': 'str', 'pattern': '([^']*)'", schema)} == set(IN_WORDS)


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (
            ("offer", "reference"),
            "cmc",
            (
                'offer.toml: offer, reference: "cmc" cannot stand here. Write two to five capital letters, '
                'such as "CMC", without I, O and S, which are taken for digits.'
            ),
        ),
        (
            ("offer", "price"),
            "£265",
            'offer.toml: offer, price: this takes pounds and pence, such as "265.00", but it is "£265".',
        ),
        (
            ("offer", "price"),
            -1,
            "offer.toml: offer, price: -1 is too little. Write 0 or more.",
        ),
        (
            ("policy", "support_within"),
            "a week",
            (
                'offer.toml: policy, support_within: "a week" is not a length of time. Write a number and a unit, '
                'such as "5 school days", where the unit is one of: days, council days, school days.'
            ),
        ),
        (
            ("policy", "places"),
            "twelve",
            (
                "offer.toml: policy, places: this takes a whole number without quotation marks, such as 3, "
                'but it is "twelve".'
            ),
        ),
        (
            ("certificate", "valid_for"),
            "for ever",
            (
                'offer.toml: certificate, valid_for: "for ever" cannot stand here. '
                'Write a number of years from 1 to 99, such as "3 years".'
            ),
        ),
        (
            ("transition", 0, "automatic"),
            "perhaps",
            (
                'offer.toml: transition 1 "start_training", automatic: this takes true or false, '
                'without quotation marks, but it is "perhaps".'
            ),
        ),
    ],
)
def test_an_officer_reads_what_would_be_right(place: Place, value: object, sentence: str) -> None:
    assert {without_line(said) for said, _ in refused(PAGE, place, value)} == {sentence}


def test_nothing_is_said_of_what_is_right() -> None:
    assert refused(PAGE, ("offer", "reference"), "RQM") == []
    assert {words for words in IN_WORDS.values() if FOREIGN.search(words)} == set()
