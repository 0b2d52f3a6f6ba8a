"""Keeping a draft: by whoever was shown the form, as often as they like, and never as if it were sent."""

from datetime import timedelta

from itsdangerous import URLSafeSerializer

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.forms.begun import KEEP, OTHERS, WORDS, begin, kept, save
from tests.web.visitor import Visitor
from workflow.store.tables.user import User


def test_nobody_writes_over_the_draft_of_somebody_else_or_throws_it_away(
    advisor: Visitor, lead: Visitor, journey: Journey, waiting: str
) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    theirs = advisor.open(waiting).fields("/review")
    own = lead.open(waiting).fields("/review")
    stolen = own | {"draft": theirs["draft"], "comment-1.1": "Nothing."}
    for more in ({}, {"throw_away": "yes"}):
        assert save(lead, stolen | more)[0] == 403
        lead.post(KEEP, stolen | more)
        assert (lead.answer.status_code, "Your draft is not kept" in lead.words) == (403, True)
    (draft,) = kept(journey)
    assert draft.fields["comment-1.1"] == [WORDS]


def test_a_mark_that_was_not_made_here_is_refused(advisor: Visitor, journey: Journey, waiting: str) -> None:
    fields = advisor.open(waiting).fields("/review")
    forged = URLSafeSerializer("another secret", salt="draft").dumps(["advisor:4 ", waiting, "review", "", 0])
    for mark in ("", "nothing", forged, fields["draft"][:-1], f"{fields['draft']}.x"):
        status, told = save(advisor, fields | {"draft": mark, "comment-1.1": WORDS})
        assert (status, "Open its page again." in str(told["said"])) == (403, True)
    assert kept(journey) == []


def test_a_draft_is_sent_with_the_page_s_own_token_alone(advisor: Visitor, journey: Journey, waiting: str) -> None:
    fields = advisor.open(waiting).fields("/review") | {"csrf_token": ""}
    assert advisor.post(KEEP, fields | {"comment-1.1": WORDS}).answer.status_code == 400
    assert kept(journey) == []


def test_to_look_at_a_page_keeps_nothing(advisor: Visitor, journey: Journey, waiting: str) -> None:
    advisor.open(waiting)
    assert advisor.open(KEEP).answer.status_code == 405
    assert kept(journey) == []


def test_whoever_is_signed_out_keeps_no_draft_and_loses_no_word(
    advisor: Visitor, journey: Journey, waiting: str, clock: Clock
) -> None:
    fields = advisor.open(waiting).fields("/review") | {"comment-1.1": WORDS}
    clock.now += timedelta(hours=9)
    answer = advisor.client.post(KEEP, data=fields, headers={"Accept": "application/json"})
    assert answer.mimetype == "text/html"
    assert kept(journey) == []
    advisor.post(KEEP, fields)
    assert "What you typed is kept and put back afterwards." in advisor.words
    advisor.post(
        "/sign-in",
        advisor.fields("/sign-in") | {"email": "advisor.web@example.org", "password": "a long enough password"},
    )
    advisor.post(KEEP, advisor.fields(f'action="{KEEP}"'))
    assert advisor.answer.location == waiting
    assert [one.fields["comment-1.1"] for one in kept(journey)] == [[WORDS]]


def test_a_change_of_role_ends_what_a_page_may_keep_and_loses_no_draft(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    begin(advisor, waiting, "review", **{"comment-1.1": WORDS})
    fields = advisor.open(waiting).fields("/review") | {"comment-1.1": "More."}
    with journey.store.writing() as session:
        session.query(User).filter_by(email="advisor.web@example.org").update({"role": "lead_advisor"})
    assert save(advisor, fields)[0] == 403
    assert "This is your draft of" in advisor.open(waiting).words


def test_the_script_is_told_when_it_was_kept_and_its_new_version(advisor: Visitor, waiting: str, clock: Clock) -> None:
    fields = advisor.open(waiting).fields("/review")
    assert fields["draft_version"] == "0"
    clock.now += timedelta(minutes=3)
    assert save(advisor, fields | {"comment-1.1": WORDS}) == (200, {"said": "Draft kept at 12:03pm.", "version": 1})
    fields["draft_version"] = "1"
    assert save(advisor, fields | {"comment-1.1": f"{WORDS} More."})[1]["version"] == 2
    assert advisor.open(waiting).fields("/review")["draft_version"] == "2"


def test_two_windows_hear_of_each_other_and_neither_loses_its_words(
    advisor: Visitor, waiting: str, clock: Clock
) -> None:
    desk, train = (advisor.open(waiting).fields("/review") for _ in range(2))
    save(advisor, desk | {"comment-1.1": WORDS})
    clock.now += timedelta(minutes=4)
    _, told = save(advisor, train | {"comment-1.1": OTHERS})
    assert told["said"] == (
        "Draft kept at 12:04pm. It was changed elsewhere, 6 October 2025 at 12pm. "
        "That text is kept as well: reload the page to see it."
    )
    words = advisor.open(waiting).words
    assert f"{OTHERS}" in words
    assert f"What you wrote elsewhere, 6 October 2025 at 12pm {WORDS}" in words


def test_more_than_a_form_takes_is_refused_with_the_words_that_were_typed(
    advisor: Visitor, journey: Journey, waiting: str
) -> None:
    fields = advisor.open(waiting).fields("/review") | {"comment-1.1": "So long. " * 1200}
    status, told = save(advisor, fields)
    assert (status, "10,799 characters long" in str(told["said"])) == (422, True)
    advisor.post(KEEP, fields)
    assert (advisor.answer.status_code, advisor.link("Back to the page")) == (422, waiting)
    assert "Copy it before you leave this page. So long. So long." in advisor.words
    assert kept(journey) == []
