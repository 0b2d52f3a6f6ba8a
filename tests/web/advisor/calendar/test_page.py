"""The calendar as a page: by month, week and list, of one advisor's schools or of all."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from tests.journeys import LEAD, Journey
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from web.advisor.calendar import page
from workflow.store.session import Store
from workflow.usecases import advisors, appointments

CALENDAR, NOVEMBER = "/advisor/calendar", "/advisor/calendar?from=2025-11-01"
TENTH = datetime(2025, 11, 10, 13, 30, tzinfo=UTC)
VIEWS = ("month", "week", "list")


def agree(journey: Journey, starts_at: datetime = TENTH, place: str = "") -> None:
    journey._do(appointments.book, "training_1", starts_at, place=place)


def hand_over(journey: Journey, role: str) -> None:
    journey._do(advisors.hand_over, f"{role}.web@example.org", note="They know the school.", actor=LEAD)


@pytest.fixture
def agreed(journey: Journey) -> Journey:
    """A meeting on 10 November at a school that Tamsin Rowe looks after."""
    journey.nominate()
    agree(journey, place="County Hall")
    hand_over(journey, "advisor")
    return journey


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_the_meeting_with_a_link_to_its_engagement(advisor: Visitor, agreed: Journey, view: str) -> None:
    advisor.open(f"{NOVEMBER}&view={view}" if view != "week" else f"{CALENDAR}?view=week&from=2025-11-10")
    assert f'href="/advisor/engagement/{agreed.reference}"' in advisor.answer.text
    assert "Training session 1, Polwhevral School" in advisor.words
    assert "1:30pm" in advisor.words


def test_a_month_is_a_table_of_weeks_with_a_heading_for_each_day(advisor: Visitor) -> None:
    advisor.open(NOVEMBER)
    assert "<h1" in advisor.answer.text
    assert "Calendar: Tamsin Rowe’s schools November 2025" in advisor.words
    assert advisor.answer.text.count('scope="col"') == 7
    assert advisor.answer.text.count("<time datetime=") == 30
    assert "There are no meetings this month." in advisor.words


@pytest.mark.parametrize("view", VIEWS)
def test_days_on_which_people_are_away_say_why(advisor: Visitor, view: str) -> None:
    words = advisor.open(f"{CALENDAR}?view={view}&from=2025-12-22").words
    assert "Christmas Day" in words
    assert "Holidays after the autumn term" in words


def test_a_list_tells_days_on_end_together_and_leaves_out_days_with_nothing(advisor: Visitor, agreed: Journey) -> None:
    words = advisor.open(f"{CALENDAR}?view=list&from=2025-10-20").words
    assert "Mon 27 to Fri 31 Oct 2025 Half term Mon 10 Nov 2025 Time 1:30pm to 4:30pm" in words
    assert "Place County Hall" in words
    words = advisor.open(f"{CALENDAR}?view=list&from=2026-07-27").words
    assert "Mon 27 Jul to Fri 21 Aug 2026 Summer holidays" in words
    assert agreed.reference not in words


def test_a_week_has_all_its_days(advisor: Visitor) -> None:
    words = advisor.open(f"{CALENDAR}?view=week").words
    assert "Mon 6 Oct 2025 (today) No meetings Tue 7 Oct 2025 No meetings" in words
    assert words.count("No meetings") == 7


def test_earlier_later_and_today_keep_what_was_chosen(advisor: Visitor) -> None:
    html = advisor.open(f"{CALENDAR}?view=week&from=2025-11-10&whose=all").answer.text
    for day in ("2025-11-03", "2025-11-17"):
        assert f'href="/advisor/calendar?view=week&amp;from={day}&amp;whose=all"' in html
    assert 'href="/advisor/calendar?view=week&amp;whose=all"' in html
    assert 'href="/advisor/calendar?view=month&amp;from=2025-11-10&amp;whose=all"' in html


def test_an_advisor_sees_their_own_first_and_may_look_at_others_and_at_all(
    advisor: Visitor, lead: Visitor, agreed: Journey
) -> None:
    hand_over(agreed, "lead_advisor")
    link = f"/advisor/engagement/{agreed.reference}"
    assert link in lead.open(NOVEMBER).answer.text
    assert link not in advisor.open(NOVEMBER).answer.text
    assert link in advisor.open(f"{NOVEMBER}&whose=all").answer.text
    number = next(line for line in advisor.answer.text.splitlines() if "Denzil Hocking’s schools" in line).split('"')[1]
    assert link in advisor.open(f"{NOVEMBER}&whose={number}").answer.text
    assert "Calendar: Denzil Hocking’s schools" in advisor.words
    assert "Calendar: Tamsin Rowe’s schools" in advisor.open(f"{NOVEMBER}&whose=nobody").words


def test_an_assessor_looks_after_no_school_and_sees_all(assessor: Visitor, agreed: Journey) -> None:
    assert "Calendar: all meetings" in assessor.open(NOVEMBER).words
    assert agreed.reference in assessor.answer.text


def test_what_is_cancelled_is_gone(advisor: Visitor, agreed: Journey) -> None:
    agreed._do(appointments.cancel, "training_1", reason="council")
    assert agreed.reference not in advisor.open(NOVEMBER).answer.text


@pytest.mark.usefixtures("agreed")
def test_a_meeting_that_nobody_recorded_says_so(advisor: Visitor, clock: Clock) -> None:
    clock.now = TENTH + timedelta(hours=4)
    words = advisor.sign_in("advisor.web@example.org").open(f"{CALENDAR}?view=week").words
    assert "Training session 1, Polwhevral School Not recorded yet" in words


def test_a_meeting_by_night_stands_on_the_day_there(advisor: Visitor, journey: Journey) -> None:
    """At half past eleven in Greenwich on the last of July it is August in London."""
    journey.nominate()
    agree(journey, datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
    hand_over(journey, "advisor")
    assert journey.reference not in advisor.open(f"{CALENDAR}?from=2026-07-01").answer.text
    assert journey.reference in advisor.open(f"{CALENDAR}?from=2026-08-01").answer.text
    assert "12:30am Training session 1" in advisor.words


def test_a_page_has_room_for_so_many_and_the_list_goes_on_with_the_next(
    advisor: Visitor, agreed: Journey, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [Journey(agreed.store, agreed.now).begin(order=f"SFS-{number}").nominate() for number in (2, 3)]
    for one in others:
        agree(one)
    monkeypatch.setattr(page, "_SHOWN", dict.fromkeys(VIEWS, 2))
    advisor.open(f"{NOVEMBER}&view=list&whose=all")
    assert "ends with Monday 10 November 2025 at 1:30pm. Show the next ones" in advisor.words
    more = advisor.answer.text.split(">Show the next ones")[0].rpartition('href="')[2].rstrip('"').replace("&amp;", "&")
    advisor.open(more)
    found = [one.reference in advisor.answer.text for one in (agreed, *others)]
    assert found == [False, False, True]
    assert "These come after the ones on the page before." in advisor.words
    assert "Show the next ones" not in advisor.words


@pytest.mark.parametrize("view", ["month", "week"])
def test_of_all_meetings_each_day_tells_of_its_first_and_leads_to_the_others(
    advisor: Visitor, agreed: Journey, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [Journey(agreed.store, agreed.now).begin(order=f"SFS-{number}").nominate() for number in (2, 3)]
    for one in others:
        agree(one)
    later = Journey(agreed.store, agreed.now).begin(order="SFS-4").nominate()
    agree(later, TENTH + timedelta(days=1))
    monkeypatch.setattr(page, "_A_DAY", {view: 2})
    advisor.open(f"{CALENDAR}?view={view}&from=2025-11-10&whose=all")
    shown = [one.reference in advisor.answer.text for one in (agreed, *others, later)]
    assert shown == [True, True, False, True], "the next day has its meeting, however many come before it"
    assert advisor.words.lower().count("more meetings on") == 1
    assert "/advisor/calendar?view=list&amp;from=2025-11-10&amp;whose=all" in advisor.answer.text
    advisor.open(f"{CALENDAR}?view=list&from=2025-11-10&whose=all")
    assert all(one.reference in advisor.answer.text for one in (agreed, *others, later))


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_asks_few_questions_however_many_meetings_there_are(
    advisor: Visitor, agreed: Journey, store: Store, view: str
) -> None:
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    counts = []
    for number in (2, 3):
        asked.clear()
        advisor.open(f"{CALENDAR}?view={view}&from=2025-11-10&whose=all")
        counts.append(sum("SELECT" in one for one in asked))
        agree(Journey(agreed.store, agreed.now).begin(order=f"SFS-{number}").nominate())
    assert counts == [4, 4]


def test_the_menu_leads_to_it(advisor: Visitor) -> None:
    html = advisor.open("/advisor/").answer.text
    assert '<a class="app-nav__link" href="/advisor/calendar">Calendar</a>' in html
    assert 'href="/advisor/calendar" aria-current="page">' in advisor.open(CALENDAR).answer.text
