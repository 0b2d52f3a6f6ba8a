"""A school puts one of its people right, confirms a name, or says who comes instead; and tells whom it has to."""

from sqlalchemy import select

from config.settings import Settings
from tasks.deliver import deliver_due
from tasks.mail.server import mail_server
from tests.journeys import PEOPLE, Journey
from tests.web.conftest import Clock
from tests.web.guests import let_in
from tests.web.school.pages.test_school_record import _certify
from tests.web.visitor import Visitor
from tests.worlds import world_with
from workflow.store.tables.access.session import WebSession
from workflow.store.tables.participant import Participant
from workflow.store.tables.sent_email import SentEmail

ADA, NEW = PEOPLE[0].email, "a.pascoe@polwhevral.example.org"


def send(visitor: Visitor, school: str, form: str, **typed: str) -> Visitor:
    """About Ada."""
    page = f"{school}/people/1"
    return visitor.post(f"{page}/{form}", visitor.open(page).fields(f'{page}/{form}"') | typed)


def person(journey: Journey, number: int = 1) -> Participant:
    with journey.store.reading() as session:
        return session.get_one(Participant, number)


def letters(journey: Journey, settings: Settings) -> list[tuple[str, str, str]]:
    """Whatever is owed goes out; to whom, what about, and what it says."""
    deliver_due(world_with(journey.store, mail_server(f"maildir:{settings.home / 'mail'}")), lambda: journey.now)
    with journey.store.reading() as session:
        found = session.scalars(select(SentEmail).order_by(SentEmail.outbox_id))
        return [(one.to_email, one.subject, one.text) for one in found]


def test_a_typing_mistake_in_a_name_is_mended(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.nominate()
    words = anybody.open(f"{school}/people").words
    assert "Ada Pascoe" in words
    send(anybody, school, "correct", name="Ada Pasco", email=ADA)
    assert anybody.answer.location == f"{school}/people/1"
    assert f"Put right: Ada Pasco, {ADA}." in anybody.follow().words
    assert (person(journey).name, person(journey).certificate_name) == ("Ada Pasco", "Ada Pasco")
    send(anybody, school, "correct", name="", email="ada")
    assert anybody.answer.status_code == 422
    assert "Enter the person’s name" in anybody.words
    send(anybody, school, "correct", name="Ada Pasco", email=PEOPLE[1].email)
    assert f"{PEOPLE[1].email} is the address of somebody else who takes part." in anybody.words


def test_whoever_gets_another_address_is_told_at_both_and_old_links_let_nobody_in(
    anybody: Visitor, journey: Journey, school: str, settings: Settings, clock: Clock
) -> None:
    journey.to("training_1")
    clock.now = journey.now
    before = letters(journey, settings)
    let_in(Visitor(anybody.client.application), journey.reference, 1)
    send(anybody, school, "correct", name="Ada Pascoe", email=NEW)
    assert f"Put right: Ada Pascoe, {NEW}." in anybody.follow().words
    told = letters(journey, settings)[len(before) :]
    assert [(to, subject) for to, subject, _ in told] == [
        (ADA, "Your email address was changed: Polwhevral School"),
        (NEW, "We write to you at this address now: Polwhevral School"),
    ]
    assert NEW not in told[0][2], "the old address may be somebody else's by now"
    assert "/school/person/" not in told[0][2]
    assert "/school/person/" in told[1][2]
    with journey.store.reading() as session:
        assert session.query(WebSession).filter_by(participant_id=1).count() == 0


def test_a_school_gets_nobodys_words_by_another_address(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.to("framework")
    ada = Visitor(anybody.client.application)
    own = let_in(ada, journey.reference, 1)
    ada.post(f"{own}/draft", ada.open(own).fields("/send") | {"text-1.1": "What I only say to the council."})
    send(anybody, school, "correct", name="Ada Pascoe", email=NEW)
    assert anybody.answer.status_code == 409
    assert "Ada Pascoe has written or sent in something already" in anybody.words
    assert person(journey).email == ADA
    send(anybody, school, "correct", name="Ada Pasco", email=ADA)
    assert "Put right: Ada Pasco" in anybody.follow().words


def test_an_address_that_nothing_went_to_is_told_nothing(
    anybody: Visitor, journey: Journey, school: str, settings: Settings
) -> None:
    journey.nominate(PEOPLE[:1])
    send(anybody, school, "correct", name="Ada Pascoe", email=NEW)
    assert [to for to, *_ in letters(journey, settings) if "polwhevral" in to and not to.startswith("jenna")] == [NEW]


def test_what_the_council_puts_right_has_no_letter_of_its_own(
    advisor: Visitor, journey: Journey, case: str, settings: Settings
) -> None:
    journey.nominate(PEOPLE[:1])
    page = f"{case}/people/1/"
    form = f"{page}correct"
    advisor.post(form, advisor.open(page).fields(f'action="{form}"') | {"name": "Ada Pascoe", "email": NEW})
    assert [to for to, *_ in letters(journey, settings) if to == NEW] == []


def test_nothing_is_mended_once_the_certificate_is_made(anybody: Visitor, journey: Journey, school: str) -> None:
    fields = anybody.open(f"{school}/people").fields("propose-contact")
    _certify(journey)
    words = anybody.open(f"{school}/people/1").words
    assert "The certificate is made, so nothing can be changed here any more." in words
    typed = fields | {"version": str(journey.row.version), "name": "Ada Pasco", "email": ADA}
    for form in ("correct", "confirm"):
        anybody.post(f"{school}/people/1/{form}", typed)
        assert anybody.answer.status_code == 409
        assert "The certificate is issued already. Ask your advisor to replace it" in anybody.words
    assert person(journey).name == "Ada Pascoe"


def test_a_school_confirms_a_name_for_the_certificate(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.to("certification")
    assert "Confirm the names for the certificates" in anybody.open(school).words
    send(anybody, school, "confirm", name="Ada R. Pascoe")
    assert "The certificate will say “Ada R. Pascoe”." in anybody.follow().words
    assert person(journey).name_confirmed
    assert "Not confirmed yet: Bryn Tregear and Cara Nance." in anybody.open(school).words


def test_somebody_who_cannot_go_on_is_followed_by_another(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.to("training_1")
    other = {"name": "Dov Rosen", "email": "dov@polwhevral.example.org", "phase": "2"}
    send(anybody, school, "replace", **other | {"email": "dov", "phase": ""})
    assert anybody.answer.status_code == 422
    assert "Choose the phase that meets the person’s experience" in anybody.words
    send(anybody, school, "replace", **other)
    words = anybody.follow().words
    assert "Thank you. Dov Rosen takes the place of Ada Pascoe. Your advisor will agree the phase." in words
    assert (person(journey).status, person(journey).reason) == ("withdrawn", "replaced")
    dov = person(journey, 4)
    assert (dov.name, dov.phase, dov.phase_agreed, dov.before_id) == ("Dov Rosen", 2, False, 1)
    assert "Somebody else comes instead" not in words


def test_nobody_is_replaced_by_somebody_who_is_there_or_has_left(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    journey.to("training_1")
    bryn = {"name": "Bryn Tregear", "email": PEOPLE[1].email, "phase": "2"}
    send(anybody, school, "replace", **bryn)
    assert f"{PEOPLE[1].email} is the address of Bryn Tregear, who takes part already." in anybody.words
    journey.withdraw(PEOPLE[1].email, "workload")
    send(anybody, school, "replace", **bryn)
    assert "Ask your advisor if they are to take part again" in anybody.words
    assert "recognition participant" not in anybody.words
    assert person(journey).status == "nominated"


def test_whoever_has_completed_is_not_replaced_by_a_school(anybody: Visitor, journey: Journey, school: str) -> None:
    journey.to("framework")
    fields = anybody.open(f"{school}/people/{journey.row.id}").fields("/replace")
    journey.each("complete")
    assert "Somebody else comes instead" not in anybody.open(f"{school}/people/1").words
    typed = fields | {"version": str(journey.row.version), "name": "Dov Rosen", "email": "d@example.org", "phase": "1"}
    anybody.post(f"{school}/people/1/replace", typed)
    assert anybody.answer.status_code in (409, 422)
    assert person(journey).status == "completed"


def test_nobody_of_another_school_is_found(anybody: Visitor, journey: Journey) -> None:
    journey.nominate()
    other = Journey(journey.store, journey.now).begin(order="SFS-2")
    theirs = let_in(anybody, other.reference)
    assert anybody.open(f"{theirs}/people/1").answer.status_code == 404
    fields = anybody.open(f"{theirs}/people").fields("propose-contact")
    anybody.post(f"{theirs}/people/1/correct", fields | {"name": "Eve", "email": "eve@example.org"})
    assert anybody.answer.status_code == 404
    assert person(journey).name == "Ada Pascoe"


def test_a_school_changes_no_more_in_a_day_than_any_school_needs_to(
    anybody: Visitor, journey: Journey, school: str
) -> None:
    journey.nominate()
    for number in range(20):
        send(anybody, school, "correct", name=f"Ada {'x' * number}y", email=ADA)
        assert anybody.answer.status_code == 303
    send(anybody, school, "correct", name="Ada Pascoe", email=ADA)
    assert anybody.answer.status_code == 409
    assert "Enough has been changed for one day. Ask your advisor to do the rest." in anybody.words
