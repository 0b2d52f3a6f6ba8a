"""The pages of an engagement that goes on under a version in which everything is called otherwise: at every stage."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from config.settings import Settings
from tests.journeys import LEAD, Journey
from tests.offers.test_library import ORDERED
from tests.offers.test_pages import LISTS, PLACES, SCHOOLS
from tests.offers.together import FOLDERS
from tests.offers.versions.another import names_of, other_name
from tests.offers.versions.conftest import VERSION, move
from tests.offers.walk import Walk
from tests.suite_size import SIZE
from tests.web.conftest import Clock
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.mail import letter_rows, letters
from workflow.mail.signed_links import Links
from workflow.queries.engagement_json import as_json
from workflow.queries.engagement_view import view_case
from workflow.store.session import Store
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.participant import Participant


def written(journey: Journey) -> list[str]:
    """Every letter that it ever owed, as it reads now, without the links in it."""
    links = Links("http://127.0.0.1:8000", "s" * 40)
    with journey.store.reading() as session:
        mine = select(OwedEffect).filter_by(engagement_id=journey.id, kind="email").order_by(OwedEffect.id)
        owed = session.scalars(mine).all()
        rows = letter_rows.read(session, [one.id for one in owed], journey.now)
        return [re.sub(r"http\S+", "", letters.write(rows, one, links).rendered.text) for one in owed]


@pytest.mark.parametrize("code", SIZE.walked)
def test_everything_is_told_there_as_it_was(file_store: Store, tmp_path: Path, code: str) -> None:
    clock = Clock(ORDERED)
    settings = Settings(home=tmp_path, database_url="sqlite://", secret_key="s" * 40, second_factor=())
    app = create_app(settings, clock, file_store)
    walk = Walk.begin(Journey(file_store, ORDERED), code)
    seen = set[str]()
    for step in walk.steps():
        if walk.journey.row.standing == "active" and walk.journey.stage not in seen:
            looked_at(walk, app, clock, step)
        seen.add(walk.journey.stage)
        walk.do(step)


def looked_at(walk: Walk, app: Flask, clock: Clock, step: object) -> None:
    """On, looked at from every side, and back."""
    journey = walk.journey
    told = written(journey)
    move(walk)
    clock.now = journey.now
    lead, school = Visitor(app).sign_in("lead@example.org"), Visitor(app)
    theirs = let_in(school, journey.reference)
    case = f"/advisor/engagement/{journey.reference}"
    people = [f"{case}/people/{one}/" for one in people_of(journey)]
    paths = [*LISTS, *(f"{case}{place}" for place in PLACES), f"{case}/undo/", *people]
    pages = {path: (lead.open(path).answer.status_code, lead.words) for path in paths}
    assert {status for status, _ in pages.values()} == {200}, (step, pages)
    assert raw_names({path: words for path, (_, words) in pages.items()}, walk.code) == {}, step
    assert f"another version of the offer: {VERSION}" in pages[f"{case}/history"][1]
    ours = {place: school.open(f"{theirs}{place}").answer.status_code for place in SCHOOLS}
    assert {place for place, status in ours.items() if status != 200} <= {"/certificates"}, (step, ours)
    assert written(journey) == told, step
    with journey.store.reading() as session:
        view = as_json(view_case(session, journey.id, LEAD, journey.now))
        assert view["version"] != 0
    walk.take_back()


def raw_names(pages: dict[str, str], code: str) -> dict[str, list[str]]:
    """Names of a page that nobody but its writer reads, by where they stand in words."""
    names = {name for name in names_of(FOLDERS[code]) if "_" in name}
    names |= {other_name(name) for name in names}
    found = {path: [name for name in names if name in words] for path, words in pages.items()}
    return {path: those for path, those in found.items() if those}


def people_of(journey: Journey) -> list[int]:
    with journey.store.reading() as session:
        return list(session.scalars(select(Participant.id).where(Participant.engagement_id == journey.id)))
