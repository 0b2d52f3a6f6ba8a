"""At the console, too, names, addresses and certificates are mended after the last step."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.journeys import Journey, furnish, name_from_before
from tests.records import Files, furnish_home
from tests.web.cli.conftest import Typist
from web.installation import load_settings
from web.store import open_store
from workflow.store.tables.certificate import Certificate

AS = ("--as", "lead_advisor@example.org")
ADA, BRYN = "ada@polwhevral.example.org", "bryn@polwhevral.example.org"


@pytest.fixture
def ref(bare: Typist, files: Files) -> str:
    """Recognised, with a certificate for two and one that died of its name."""
    furnish_home(files, bare.home)
    bare.do("db", "upgrade")
    store = open_store(load_settings())
    furnish(store, NOW)
    journey = Journey(store, NOW).begin().to("recognised")
    name_from_before(journey, 1, "李小龍")
    store.close()
    bare.now = journey.now
    bare.do("tick")
    return journey.reference


def certificates(typist: Typist, ref: str) -> list[tuple[str, str, str]]:
    held = typist.ask("engagement", "show", ref)["certificates"]
    assert typist.do("audit", "verify").startswith("1 ")
    return sorted((one["name"], one["status"], one["serial"]) for one in held)


def pdf_of(serial: str, folder: Path) -> Path:
    """A certificate as its owner has it."""
    store, path = open_store(load_settings()), folder / "old.pdf"
    with store.reading() as session:
        path.write_bytes(session.scalars(select(Certificate.pdf).where(Certificate.serial == serial)).one())
    store.close()
    return path


def test_what_died_after_the_last_step_comes_to_life_again(bare: Typist, ref: str) -> None:
    others = certificates(bare, ref)
    assert [(name, status) for name, status, _ in others] == [("Bryn Tregear", "issued"), ("Cara Nance", "issued")]
    (dead,) = bare.ask("outbox", "list", "--status", "dead")
    assert "“李小龍” has “李” in it" in dead["trouble"]
    assert f"“participant confirm {ref} {ADA}”; then “outbox retry {dead['id']}”" in dead["way_back"]
    again = bare.type("participant", "confirm", *AS, ref, ADA, "--name", "李小龍")
    assert (again.exit_code, "has “李” in it" in again.stderr) == (6, True)
    bare.do("participant", "confirm", *AS, ref, ADA, "--name", "Lee Jun-fan")
    bare.do("outbox", "retry", *AS, str(dead["id"]))
    bare.do("tick")
    now = certificates(bare, ref)
    assert [(name, status) for name, status, _ in now if (name, status, _) not in others] == [("Lee Jun-fan", "issued")]
    assert set(others) < set(now)
    assert bare.ask("outbox", "list", "--status", "dead") == []


def test_a_wrong_name_or_address_is_put_right_and_the_certificate_goes_out_anew(
    bare: Typist, ref: str, tmp_path: Path
) -> None:
    (_, _, serial), cara = certificates(bare, ref)
    old = pdf_of(serial, tmp_path)
    right = "b.tregear@polwhevral.example.org"
    bare.do("participant", "correct", *AS, ref, BRYN, "--email", right)
    assert f"goes to Bryn Tregear, {right}, once more." in bare.do("certificate", "send", *AS, ref, serial)
    refused = bare.type("certificate", "reissue", *AS, ref, serial, "--reason", "name", "--name", "李")
    assert (refused.exit_code, "has “李” in it" in refused.stderr) == (6, True)
    asked = bare.do("certificate", "reissue", *AS, ref, serial, "--reason", "name", "--name", "Bryn T Tregear")
    assert "the old one is valid until it is printed." in asked
    twice = bare.type("certificate", "reissue", *AS, ref, serial, "--reason", "name", "--name", "Bryn Tregear")
    assert (twice.exit_code, "is being made already" in twice.stderr) == (4, True)
    assert certificates(bare, ref) == [("Bryn Tregear", "issued", serial), cara]
    bare.do("tick")
    assert [(name, status) for name, status, _ in certificates(bare, ref)] == [
        ("Bryn T Tregear", "issued"),
        ("Bryn Tregear", "superseded"),
        ("Cara Nance", "issued"),
    ]
    checked = bare.type("certificate", "verify", str(old))
    assert checked.exit_code == 8
    assert "old.pdf is a certificate as we issued it. It was replaced by" in checked.stderr
    sent = [(one["subject"], one["to"]) for one in bare.ask("engagement", "show", ref)["messages"]]
    assert len([to for _, to in sent if to == right]) >= 2
    assert bare.do("engagement", "correct-contact", *AS, ref, "--email", "j.rowe@example.org").startswith("Put right:")
    assert bare.type("engagement", "correct-contact", *AS, ref).exit_code == 6
