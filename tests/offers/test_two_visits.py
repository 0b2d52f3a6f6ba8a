"""Two visits of different kinds, each judged, a stage that is entered thrice, and nobody in it: pages and console."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.settings import DEMO
from tests.journeys import ADVISOR as ADVISING
from tests.journeys import LEAD as LEADING
from tests.journeys import Journey
from tests.offers.alone import Alone, alone, read
from tests.offers.conftest import Installation
from tests.offers.test_library import ORDERED
from tests.offers.walk import Walk
from tests.records import Files
from tests.web.cli.conftest import PASSWORD, Typist
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.store.cases import read_case
from workflow.usecases import appointments

#: Of an offer without people, evidence and certificates nobody reads any of these.
UNKNOWN = ("ertificate", "raining", "evidence", "Evidence", "register", "Nobody is named", "participant")
ORDER = (
    "Gate order,Gate package,DfE nr,Gate price,Gate date,Gate keeper,Keeper's email\n"
    "G-1,Open gates award,900001,45.00,01/10/2025,Ada Pascoe,ada@example.org\n"
)
ADVISOR, ASSESSOR, LEAD = "advisor@example.org", "assessor@example.org", "lead@example.org"


@pytest.fixture
def gate(files: Files, tmp_path: Path) -> Iterator[Alone]:
    with alone(files, tmp_path, "gate") as there:
        yield there


def test_every_page_is_right_at_every_step(gate: Alone) -> None:
    clock, app = gate.clock, gate.app
    walk = Walk.begin(Journey(gate.store, ORDERED), "gate")
    for step in walk.steps():
        clock.now = walk.journey.now
        row = walk.journey.row
        lead, school = Visitor(app).sign_in(LEAD), Visitor(app)
        theirs, case = let_in(school, row.reference), f"/advisor/engagement/{row.reference}"
        for place in ("", "/people", "/visits", "/messages", "/history"):
            words = read(lead.open(f"{case}{place}"))
            assert lead.answer.status_code == 200, (step, place)
            assert [one for one in UNKNOWN if one in words] == [], (step, place)
        for place in ("", "/people", "/dates", "/messages"):
            words = read(school.open(f"{theirs}{place}"))
            assert school.answer.status_code == 200, (step, place)
            assert [one for one in UNKNOWN if one in words] == [], (step, place)
        lead.open(case)
        number = max(walk.passed.count("gate_changes"), 1)
        if walk.journey.stage == "gate_changes" or number == 1:
            assert ("The journey" if number == 1 else f"The journey, round {number}") in lead.texts("h2"), step
        assert "End it" not in lead.words.partition("What you can do")[0], step
        walk.do(step)
    assert walk.passed.count("gate_changes") == 3


def at_the_council(typist: Typist) -> str:
    for email, role in ((ADVISOR, "advisor"), (ASSESSOR, "assessor")):
        typist.do("user", "add", email, "--role", role, "--name", role, "--password-stdin", given=f"{PASSWORD}\n")
    typist.do("import", "schools", str(DEMO / "schools.csv"))
    orders = typist.home / "orders.csv"
    orders.write_text(ORDER, encoding="utf-8")
    typist.do("import", "purchases", str(orders))
    return str(typist.ask("engagement", "list")[0]["ref"])


def seen_and_judged(typist: Typist, ref: str, kind: str, trigger: str) -> str:
    """Agreed, held and judged."""
    when = f"{typist.later(days=1).now:%Y-%m-%dT%H:%M}"
    typist.do("appointment", "book", ref, kind, when, "--anyway", "--as", ADVISOR)
    typist.later(hours=4).do("appointment", "hold", ref, kind, "--as", ASSESSOR)
    return typist.do("fire", ref, trigger, "--as", ASSESSOR)


def test_the_console_leads_from_the_order_to_the_end(typist_of: Installation) -> None:
    typist = typist_of("gate")
    ref = at_the_council(typist)
    early = typist.type("fire", ref, "families_content", "--as", ASSESSOR)
    assert early.exit_code != 0
    assert "Arrivals watched: met" in seen_and_judged(typist, ref, "arrival_watch", "arrivals_seen")
    for _ in range(2):
        typist.do("fire", ref, "changes_made", "--as", ADVISOR)
        typist.do("fire", ref, "change_more", "--note", "The bell is too loud.", "--as", ADVISOR)
    typist.do("fire", ref, "changes_made", "--as", ADVISOR)
    typist.do(
        "appointment",
        "offer",
        ref,
        "family_evening",
        f"{typist.now + timedelta(days=9):%Y-%m-%dT16:00}",
        "--anyway",
        "--as",
        ADVISOR,
    )
    typist.do("fire", ref, "change_more", "--note", "The gate is shut at noon.", "--as", ADVISOR)
    typist.do("fire", ref, "changes_made", "--as", ADVISOR)
    assert "Families are content" in seen_and_judged(typist, ref, "family_evening", "families_content")
    told = typist.ask("engagement", "show", ref)
    assert (told["stage"], told["standing"]) == ("gates_open", "completed")
    assert "every history is whole" in typist.do("audit", "verify")


def test_whoever_ends_it_leaves_no_date_behind(gate: Alone) -> None:
    store = gate.store
    journey = Journey(store, ORDERED).begin(price="45.00", order="G-1", offer="gate")
    with store.writing() as session:
        ahead = journey.now + timedelta(days=9)
        appointments.book(session, journey.id, "arrival_watch", ahead, actor=ADVISING, now=journey.now)
    journey.fire("shut_the_gates", LEADING, note="The head has left.")
    with store.reading() as session:
        facts = read_case(session, journey.id).facts
        assert ([*facts.booked("arrival_watch")], journey.row.standing) == ([], "completed")
