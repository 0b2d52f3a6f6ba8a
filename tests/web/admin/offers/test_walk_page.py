"""A journey is clicked through on a page whose address is the whole walk."""

from tests.queries_counted import counted
from tests.web.visitor import Visitor
from workflow.store.session import Store

HERE = "/admin/offers/mentoring-2026-09/walk"


def test_each_press_leads_to_an_address_and_the_last_step_is_undone_by_the_one_before(lead: Visitor) -> None:
    lead.open(f"{HERE}?on=2025-09-03")
    assert "In the walk it is Wednesday 3 September 2025 at 10am" in lead.words
    first = lead.link("Name 3 members of staff")
    assert first == f"{HERE}?on=2025-09-03&steps=do.nominate"
    assert "Training session 1" in lead.open(first).texts("h2")
    assert "4 messages" in lead.words
    assert "1 message" in lead.open(lead.link("Offer dates for Training session 1")).words
    assert lead.link("Undo the last step") == first
    assert lead.link("Begin again on the same day") == f"{HERE}?on=2025-09-03&steps="


def test_it_begins_on_a_day_of_ones_choice(lead: Visitor) -> None:
    assert "Monday 5 January 2026" in lead.open(f"{HERE}?date-day=5&date-month=1&date-year=2026").words
    lead.open(f"{HERE}?date-day=31&date-month=2&date-year=2026")
    assert (lead.answer.status_code, "must be a real date" in lead.words) == (422, True)


def test_an_address_that_somebody_has_cut_or_made_up_goes_as_far_as_it_goes(lead: Visitor) -> None:
    for steps in ("do.nominate~do.book.tra", "~~~", "fire..", "do.nominate~" * 500):
        assert lead.open(f"{HERE}?on=2025-09-03&steps={steps}").answer.status_code == 200
    assert lead.open(f"{HERE}?on=20250-1-1").answer.status_code == 200
    lead.open(f"{HERE}?on=2025-09-03&steps=do.nominate~astray")
    assert "The next step cannot be taken here any more." in lead.words


def test_nothing_of_it_is_written(lead: Visitor, store: Store) -> None:
    with counted(store) as queries:
        lead.open(f"{HERE}?steps=do.nominate~do.book.training_1~do.choose.training_1~meeting")
    assert "Coming up" in lead.words
    assert [one for one in queries if not one.lstrip().upper().startswith("SELECT")] == []
