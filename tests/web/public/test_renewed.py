"""Wherever a certificate is shown, it says which one it renews and by which it was renewed, and never “withdrawn”."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from tests.records import Files
from tests.web.conftest import Clock
from tests.web.guests import let_in
from tests.web.visitor import PASSWORD, Visitor
from tests.workflow.engine.going_round import with_page
from tests.workflow.usecases.renewing import SUPERSEDED, Renewing
from web.application import create_app
from workflow.domain.actor import Actor
from workflow.english import day_in_words
from workflow.queries.engagement_json import as_json
from workflow.queries.engagement_view import view_case
from workflow.usecases.accounts import members


class Shown:
    """The pages of a school that has renewed its mark, the older certificate first."""

    def __init__(self, renewing: Renewing, settings: Settings, clock: Clock) -> None:
        self.renewing = renewing
        renewing.renew()
        clock.now = renewing.journey.now
        self.old, self.new = renewing.held()
        self.app: Flask = create_app(settings, clock, renewing.journey.store)

    @property
    def named(self) -> tuple[str, ...]:
        """As they name each other."""
        return tuple(
            f"certificate {one.serial} of {day_in_words(one.issued_on).partition(' ')[2]}"
            for one in (self.old, self.new)
        )

    def places(self) -> Iterator[str]:
        """The words of each page with both certificates: the advisor's, the school's and the participant's own."""
        journey, visitor = self.renewing.journey, Visitor(self.app)
        for participant in (None, 1):
            page = let_in(visitor, journey.reference, participant)
            yield visitor.open(page if participant else f"{page}/certificates").words
        with journey.store.writing() as session:
            members.add(session, "ad@example.org", name="Ad", role="advisor", password=PASSWORD, now=journey.now)
        advisor = Visitor(self.app).sign_in("ad@example.org")
        yield advisor.open(f"/advisor/engagement/{journey.reference}/people").words


@pytest.fixture
def stands(files: Files, tmp_path: Path, settings: Settings, clock: Clock) -> Iterator[Shown]:
    with with_page(files, tmp_path) as journey:
        yield Shown(Renewing(journey, tmp_path), settings, clock)


@pytest.fixture
def superseded(files: Files, tmp_path: Path, settings: Settings, clock: Clock) -> Iterator[Shown]:
    with with_page(files, tmp_path, SUPERSEDED) as journey:
        yield Shown(Renewing(journey, tmp_path), settings, clock)


def test_whoever_checks_one_learns_what_it_renews_and_that_the_one_before_stands(stands: Shown) -> None:
    visitor, (old, new) = Visitor(stands.app), stands.named
    words = visitor.open(f"/verify/{stands.new.serial}").words
    assert "Genuine and current" in words
    assert f"Renews C{old[1:]}" in words
    assert visitor.link(stands.old.serial) == f"/verify/{stands.old.serial}"
    words = visitor.open(f"/verify/{stands.old.serial}").words
    assert "Genuine and current" in words
    assert f"Renewed by C{new[1:]}" in words


def test_one_that_was_superseded_says_by_which_and_is_not_called_withdrawn(superseded: Shown) -> None:
    visitor, (_old, new) = Visitor(superseded.app), superseded.named
    words = visitor.open(f"/verify/{superseded.old.serial}").words
    assert f"Superseded We issued this certificate. It has been superseded by {new}, which renews it." in words
    assert "ithdrawn" not in words


@pytest.mark.parametrize(("page", "ended"), [("stands", "ssued, renewed by"), ("superseded", "uperseded by")])
def test_every_page_with_both_tells_how_they_hang_together(
    request: pytest.FixtureRequest, page: str, ended: str
) -> None:
    shown: Shown = request.getfixturevalue(page)
    old, new = shown.named
    pages = list(shown.places())
    assert len(pages) == 3
    for words in pages:
        assert f"{ended} {new}" in words
        assert f"ssued, renews {old}" in words
        assert "ithdrawn" not in words


def test_the_console_tells_both_by_their_numbers(superseded: Shown) -> None:
    journey = superseded.renewing.journey
    with journey.store.reading() as session:
        told = as_json(view_case(session, journey.id, Actor("advisor", 1), journey.now))["certificates"]
    assert [(one["status"], one["renews"], one["renewed_by"]) for one in told] == [
        ("superseded", None, superseded.new.serial),
        ("issued", superseded.old.serial, None),
    ]
