"""An administrator finds one person, hands over a copy, and erases them after having seen what goes and what stays."""

import json

import pytest

from config.settings import Settings
from tests.journeys import Journey
from tests.web.visitor import Visitor
from workflow.store.session import Store
from workflow.store.tables.participant import Participant

ADA = "ada@polwhevral.example.org"
_FORM = 'action="/admin/privacy/{}"'


@pytest.fixture
def ada(journey: Journey) -> Journey:
    """She was nominated, and has left."""
    return journey.nominate().withdraw(ADA, "left")


def find(admin: Visitor, email: str = ADA, **typed: str) -> Visitor:
    fields = admin.open("/admin/privacy").fields("/admin/privacy/find")
    return admin.ask("/admin/privacy/find", fields | {"email": email} | typed)


def test_somebody_is_found_with_what_is_kept_what_would_go_and_where_to_put_it_right(
    admin: Visitor, ada: Journey
) -> None:
    told = find(admin).words
    for said in (
        "Ada Pascoe",
        "Who takes part, and whom to write to",
        "2 years after the engagement ends",
        f"Name and address as a participant of {ada.reference}",
        "This would go:",
        "without their name",
        "backups that were made before, until they are replaced",
    ):
        assert said in told
    assert ADA not in admin.answer.request.path


@pytest.mark.usefixtures("ada")
def test_a_copy_is_saved_as_text_and_as_json(admin: Visitor) -> None:
    find(admin)
    text = admin.ask("/admin/privacy/text", admin.fields(_FORM.format("text"))).answer
    assert text.headers["Content-Disposition"].startswith('attachment; filename="everything.txt"')
    assert "Everything that is kept about Ada Pascoe" in text.text
    find(admin)
    whole = json.loads(admin.ask("/admin/privacy/json", admin.fields(_FORM.format("json"))).answer.text)
    assert whole["names"] == ["Ada Pascoe"]
    assert any(one["entries"] for one in whole["kept"])
    assert "salt" not in json.dumps(whole)


@pytest.mark.usefixtures("ada")
def test_nobody_is_erased_before_the_box_is_ticked(admin: Visitor, store: Store, settings: Settings) -> None:
    log = settings.home / "recognition.log"
    log.write_text("Ada Pascoe\n")
    find(admin)
    admin.ask("/admin/privacy/erase", admin.fields(_FORM.format("erase")))
    assert admin.answer.status_code == 422
    assert "Tick the box if you want to erase them" in admin.words
    admin.ask("/admin/privacy/erase", admin.fields(_FORM.format("erase")) | {"sure": "yes"})
    assert admin.answer.location == "/admin/privacy"
    assert "Erased." in admin.follow().words
    with store.reading() as session:
        assert session.get_one(Participant, 1).name == "Erased person"
    assert log.read_text() == "**********\n"
    assert "is known here" in find(admin).words


def test_who_cannot_be_erased_yet_is_told_why(admin: Visitor, journey: Journey) -> None:
    journey.nominate()
    assert f"Ada Pascoe still takes part in {journey.reference}" in find(admin).words
    assert "/admin/privacy/erase" not in admin.answer.text


def test_nobody_is_found_by_nothing(admin: Visitor) -> None:
    assert "Enter an email address" in find(admin, " ").words
    assert admin.answer.status_code == 422
    assert admin.ask("/admin/privacy/tea", admin.fields("/admin/privacy/find")).answer.status_code == 404


def test_it_is_for_administrators_alone(readers: tuple[Visitor, ...]) -> None:
    for one in readers:
        assert one.open("/admin/privacy").answer.status_code == 403
