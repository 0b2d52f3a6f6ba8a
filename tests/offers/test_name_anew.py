"""A name is confirmed for each certificate by whoever it is of, and their page says when it is time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.journeys import ASSESSOR, LEAD, Journey
from tests.offers.alone import Alone, alone, read
from tests.offers.test_library import ELOWEN, ORDERED, sign
from tests.records import Files
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.usecases import participants

ASKED = "Please confirm how your name is written on the certificate."


@pytest.fixture
def library(files: Files, tmp_path: Path) -> Iterator[Alone]:
    with alone(files, tmp_path, "library") as there:
        yield there


@pytest.fixture
def journey(library: Alone) -> Journey:
    return Journey(library.store, ORDERED).begin(price="120.00", order="S-1", offer="library").nominate((ELOWEN,))


def judged(library: Alone, journey: Journey) -> None:
    journey._do(participants.move, ELOWEN.email, "complete")
    journey.meet("shelf_walk").fire("library_good", ASSESSOR)
    library.clock.now = journey.now


def in_again(library: Alone, journey: Journey, participant: int | None = None) -> tuple[Visitor, str]:
    """Somebody who has come by a new letter, and their page."""
    visitor = Visitor(library.app)
    return visitor, let_in(visitor, journey.reference, participant)


def confirm(visitor: Visitor, own: str) -> None:
    visitor.post(f"{own}/confirm", visitor.open(own).fields(f"{own}/confirm") | {"name": ELOWEN.name})
    assert "(you confirmed it)" in read(visitor.open(own))
    assert ASKED not in read(visitor)


def test_whoever_has_to_confirm_it_is_told_so(library: Alone, journey: Journey) -> None:
    visitor, own = in_again(library, journey, 1)
    assert ASKED not in read(visitor.open(own))
    judged(library, journey)
    visitor, own = in_again(library, journey, 1)
    assert ASKED in read(visitor.open(own))
    confirm(visitor, own)


def test_it_is_confirmed_anew_in_the_next_round(library: Alone, journey: Journey, maildir: Path) -> None:
    sign(journey)
    pass_once(world_with(library.store, mail_server(f"maildir:{maildir}")), journey.now)
    library.clock.now = journey.now
    visitor, own = in_again(library, journey, 1)
    school, theirs = in_again(library, journey)
    assert "Your name on the certificate" not in read(visitor.open(own))
    assert "The certificate is made, so nothing can be changed" in read(school.open(f"{theirs}/people/1"))
    journey.fire("come_again", LEAD)
    judged(library, journey)
    visitor, own = in_again(library, journey, 1)
    school, theirs = in_again(library, journey)
    assert "They can do this on their own page, too." in read(school.open(f"{theirs}/people/1"))
    assert ASKED in read(visitor.open(own))
    confirm(visitor, own)
