"""Schools and participants go on with what they have begun, by their links, and read nobody else's."""

from datetime import timedelta

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.forms.begun import CODES, WORDS, begin, kept, save
from tests.web.guests import let_in
from tests.web.visitor import Visitor
from workflow.mail.signed_links import Links
from workflow.store.tables.submission import Submission


def test_a_participant_goes_on_with_their_evidence(
    anybody: Visitor, journey: Journey, ada: str, links: Links, clock: Clock
) -> None:
    keep = f"{ada}/draft"
    begin(anybody, ada, "send", keep, **{"text-1.1": WORDS, "files-1.1": "board.png"})
    words = anybody.follow().words
    assert "Your draft is kept." in words
    assert "This is your draft of 6 October 2025 at 12pm." in words
    (draft,) = kept(journey)
    assert (draft.participant_id, draft.page, draft.fields) == (1, "person", {"text-1.1": [WORDS]})
    with journey.store.reading() as session:
        assert session.query(Submission).count() == 0
    clock.now += timedelta(hours=1)
    assert "classroom" in anybody.open(links.person(journey.reference, 1)).words
    fields = anybody.fields("/send") | {f"text-{code}": f"An example for {code}." for code in CODES}
    anybody.post(f"{ada}/send", fields)
    assert "Your evidence is sent in." in anybody.follow().words
    assert kept(journey) == []


def test_what_a_participant_wrote_is_read_by_nobody_else(
    anybody: Visitor, advisor: Visitor, journey: Journey, ada: str, links: Links
) -> None:
    cara, school = let_in(anybody, journey.reference, 3), let_in(anybody, journey.reference)
    begin(anybody, ada, "send", f"{ada}/draft", **{"text-1.1": WORDS})
    for page in (cara, school):
        assert "classroom" not in anybody.open(page).answer.text
    case = f"/advisor/engagement/{journey.reference}"
    for page in (f"{case}/people/1/", f"{case}/evidence", case):
        assert "classroom" not in advisor.open(page).answer.text
    own = anybody.open(ada).fields("/send")
    for there in (cara, school):
        assert save(anybody, own, f"{there}/draft")[0] == 403
    for page in (ada, links.person(journey.reference, 1)):
        assert "classroom" not in Visitor(anybody.client.application).open(page).answer.text


def test_a_link_that_opens_nothing_any_more_keeps_nothing(
    anybody: Visitor, journey: Journey, ada: str, links: Links
) -> None:
    fields = anybody.open(ada).fields("/send") | {"text-1.1": WORDS}
    elsewhere = Journey(journey.store, journey.now).begin(order="SFS-2")
    assert anybody.post(f"{ada[:-2]}/draft", fields).answer.status_code == 404
    assert "Ask for a link" in anybody.post(f"{links.person(elsewhere.reference, 1)}/draft", fields).texts("h1")
    assert kept(journey) == []


def test_a_school_goes_on_with_a_name_that_it_puts_forward(anybody: Visitor, journey: Journey, school: str) -> None:
    page, hidden = f"{school}/people", f'action="{school}/nominate"'
    fields = anybody.open(page).fields(hidden) | {"name": "Dov Rosen", "experience": WORDS, "phase": "2"}
    anybody.post(f"{school}/draft?on=people", fields)
    assert anybody.answer.location == page
    text = anybody.follow().answer.text
    assert 'value="Dov Rosen"' in text
    assert '<option value="2" selected>' in text
    assert "This is your draft of" in anybody.words
    (draft,) = kept(journey)
    assert (draft.engagement_id, draft.page, draft.form) == (journey.id, "school", "nominate")
