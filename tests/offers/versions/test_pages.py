"""The pages of an engagement that goes on under a version in which everything is called otherwise: at every step."""

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
from tests.offers.versions.conftest import VERSION, move
from tests.offers.walk import Walk
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


@pytest.mark.parametrize("code", FOLDERS)
def test_everything_is_told_there_as_it_was(file_store: Store, tmp_path: Path, code: str) -> None:
    clock = Clock(ORDERED)
    settings = Settings(home=tmp_path, database_url="sqlite://", secret_key="s" * 40, second_factor=())
    app = create_app(settings, clock, file_store)
    walk = Walk.begin(Journey(file_store, ORDERED), code)
    for step in walk.steps():
        if walk.journey.row.standing == "active":
            looked_at(walk, app, clock, step)
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
    answers = {path: lead.open(path).answer.status_code for path in paths}
    assert set(answers.values()) == {200}, (step, answers)
    assert f"another version of the offer: {VERSION}" in lead.open(f"{case}/history").words
    ours = {place: school.open(f"{theirs}{place}").answer.status_code for place in SCHOOLS}
    assert {place for place, status in ours.items() if status != 200} <= {"/certificates"}, (step, ours)
    assert written(journey) == told, step
    with journey.store.reading() as session:
        view = as_json(view_case(session, journey.id, LEAD, journey.now))
        assert view["version"] != 0
    walk.take_back()


def people_of(journey: Journey) -> list[int]:
    with journey.store.reading() as session:
        return list(session.scalars(select(Participant.id).where(Participant.engagement_id == journey.id)))
