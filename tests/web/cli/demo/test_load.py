"""The demonstration: fifteen schools whose journeys went through the engine, told in seconds, whatever the day."""

from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.suite_size import SIZE
from tests.web.cli.conftest import Furnish, Homes, Typist
from tests.web.cli.demo.told import AUGUST, MARCH, NOVEMBER, in_august, in_march, in_november
from tests.workflow.engine.calendar_post import Post
from web.cli.demo import load
from web.installation import load_settings
from web.store import open_store
from workflow.queries import audit
from workflow.queries.lists import engagement_list
from workflow.queries.lists.wanted import Wanted
from workflow.store.tables.owed_effect import OwedEffect

#: Of the processor: what else the machine does meanwhile is no fault of the demonstration.
SECONDS = 20
PEOPLE = (
    "advisor@example.org",
    "lead@example.org",
    "assessor@example.org",
    "admin@example.org",
    "auditor@example.org",
)


@pytest.fixture
def november(bare: Typist, homes: Homes) -> Typist:
    """The demonstration, told on a day in November."""
    homes.copy(in_november, bare.home)
    bare.now = NOVEMBER
    return bare


@pytest.mark.parametrize(
    ("tell", "now"), [
        pytest.param(in_november, NOVEMBER, id="2026-11-23", marks=pytest.mark.xdist_group("demonstration")),
        pytest.param(in_august, AUGUST, id="2027-08-02"),
        pytest.param(in_march, MARCH, id="2025-03-14"),
    ][:SIZE.days],
)  # fmt: skip
def test_every_stage_has_somebody_whatever_the_day(bare: Typist, homes: Homes, tell: Furnish, now: datetime) -> None:
    seconds, home = homes.copy(tell, bare.home), bare.home
    assert isinstance(seconds, float)
    assert seconds < SECONDS
    store = open_store(load_settings())
    with store.reading() as session:
        lines, found = [*engagement_list.every(session, now, Wanted())], audit.verify(session)
        unsent = session.scalars(select(OwedEffect).where(OwedEffect.status.in_(("owed", "claimed")))).all()
    store.close()
    assert len({line.stage for line in lines}) == 9
    assert Counter(line.standing for line in lines) == {"active": 8, "completed": 5, "on_hold": 1, "cancelled": 1}
    assert (found.checked, found.faults, sum(line.stuck for line in lines)) == (15, (), 0)
    assert {one.hours != "" for one in unsent} <= {True}, "only reminders wait, for their reader's hours"
    assert home.joinpath("demo_password").stat().st_mode & 0o077 == 0


@pytest.mark.xdist_group("demonstration")
def test_it_is_told_once_and_its_people_hold_certificates_and_have_mail(november: Typist) -> None:
    settings = load_settings()
    store = open_store(settings)
    assert not load.load(store, settings, november.now)
    store.close()
    assert load.account(settings) == load.Account(PEOPLE, (november.home / "demo_password").read_text())
    recognised = [one["ref"] for one in november.ask("engagement", "list", "--stage", "recognised")]
    cases = [november.ask("engagement", "show", ref) for ref in recognised]
    assert sorted(len(case["certificates"]) for case in cases) == [3, 3, 4, 4, 4]
    people = [Counter(person["status"] for person in case["participants"]) for case in cases]
    assert [one["recognised"] for one in people] == [len(case["certificates"]) for case in cases]
    assert sum(people, Counter()) == {"recognised": 18, "deferred": 1, "withdrawn": 1}
    assert len(list((november.home / "mail" / "new").iterdir())) > 100


@pytest.mark.xdist_group("demonstration")
def test_no_calendar_gets_a_date_twice_under_one_number(november: Typist) -> None:
    post = Post(november.home / "mail")
    told = Counter(zip(post.uids, post.sent, strict=True))
    assert len(told) > 100
    assert [one for one, number in told.items() if number > 1] == []


@pytest.mark.xdist_group("demonstration")
def test_enough_schools_have_gone_the_whole_way_for_a_forecast(november: Typist) -> None:
    cases = [november.ask("engagement", "show", one["ref"]) for one in november.ask("engagement", "list")]
    dated = [case for case in cases if case["forecast"] and "likely" in case["forecast"]]
    assert len(dated) == 7
    assert all(case["arrives"] <= case["forecast"]["early"] for case in dated)
    dates = [case["forecast"] for case in dated]
    assert all("2026-11-23" <= one["early"] <= one["likely"] <= one["late"] <= "2028-07-31" for one in dates)


@pytest.mark.xdist_group("demonstration")
def test_a_visitor_finds_evidence_to_review_a_phase_to_agree_and_dates_that_wait(november: Typist) -> None:
    shown = {one["ref"]: november.ask("engagement", "show", one["ref"]) for one in november.ask("engagement", "list")}
    people = [(ref, one) for ref, case in shown.items() for one in case["participants"]]
    (waits,) = [(ref, one["email"]) for ref, one in people if one["status"] == "submitted"]
    story = november.ask("evidence", "show", *waits)
    assert all(line["text"].endswith(".") and not line["decision"] for line in story)
    (picture,) = [file for line in story for file in line["files"]]
    november.do("evidence", "get", waits[0], str(picture["id"]), str(november.home / "board.png"))
    assert (november.home / "board.png").read_bytes().startswith(b"\x89PNG")
    (back,) = [(ref, one["email"]) for ref, one in people if one["status"] == "returned"]
    comments = [line["comment"] for line in november.ask("evidence", "show", *back) if line["decision"] == "not_met"]
    assert len(comments) == 3
    assert {action["kind"] for action in shown[back[0]]["actions"]} == {"support"}
    proposed = {one["name"] for _, one in people if not one["phase_agreed"] and one["status"] == "training"}
    assert "Isolde Carne" in proposed
    assert "Kitty Lobb" not in proposed
    waiting = [meeting["offered"] for case in shown.values() for meeting in case["appointments"] if meeting["offered"]]
    assert [len(dates) for dates in waiting] == [3]
