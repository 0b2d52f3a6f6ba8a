"""Two offers side by side, each with a price and a sender of its own: orders and letters go by their own offer's."""

import mailbox
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr
from pathlib import Path

import pytest

from config.settings import DEMO
from tasks.mail.server import mail_server
from tasks.tick import pass_once
from tests.offers.conftest import Installation
from tests.offers.one_town import NOW, bought, installed
from tests.offers.test_console import ORDERS
from tests.offers.together import FOLDERS
from tests.offers.versions.another import changed
from tests.records import Files
from tests.worlds import world_with
from workflow.store.session import Store

SENDERS = {"library": "shelves@library.example.org", "pledge": "corridors@pledge.example.org"}
PRICES = {"library": "£120.00", "pledge": "£10.00"}


def with_senders(home: Path) -> Path:
    """Folders of both offers; each of their first letters tells the price."""
    for code, sender in SENDERS.items():
        folder = FOLDERS[code]
        contact = 'contact = "'
        there = changed(folder, home / "offers", "2026-01", {contact: f'sender = "{sender}"\n{contact}'})
        letter = there / "emails" / f"{code}-welcome.md"
        letter.write_text(letter.read_text(encoding="utf-8") + "\nIts price is {{ price }}.\n", encoding="utf-8")
    return home / "offers"


@pytest.fixture
def both(files: Files, tmp_path: Path) -> Iterator[Store]:
    with installed(files, with_senders(tmp_path)) as store:
        yield store


def test_each_letter_comes_from_the_sender_of_its_offer_and_tells_its_price(both: Store, maildir: Path) -> None:
    references = {code: bought(both, code).reference for code in SENDERS}
    pass_once(world_with(both, mail_server(f"maildir:{maildir}")), NOW)
    sent = [*mailbox.Maildir(maildir)]
    for code, reference in references.items():
        own = [one for one in sent if reference in str(one["Subject"])]
        assert own
        assert {parseaddr(str(one["From"]))[1] for one in own} == {SENDERS[code]}
        assert {str(one["Message-ID"]).rpartition("@")[2] for one in own} == {f"{code}.example.org>"}
        assert all(f"Its price is {PRICES[code]}." in _text(one) for one in own)


def _text(letter: Message) -> str:
    (part,) = [one for one in letter.walk() if one.get_content_type() == "text/plain"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_each_order_is_held_against_the_price_of_its_offer(typist_of: Installation) -> None:
    """Where each has been paid what the other costs, both are refused, with their own price."""
    typist = typist_of("library", "pledge")
    typist.do("import", "schools", str(DEMO / "schools.csv"))
    for code, mine, other in (("library", "120.00", "10.00"), ("pledge", "10.00", "120.00")):
        orders = typist.home / f"{code}.csv"
        first, second, _ = ORDERS[code].splitlines()
        orders.write_text(f"{first}\n{second.replace(mine, other)}\n", encoding="utf-8")
        typist.do("import", "purchases", str(orders))
        (one,) = typist.ask("engagement", "list", "--offer", code)
        shown = " ".join(
            refusal["sentence"]
            for trigger in typist.ask("engagement", "show", one["ref"])["triggers"]
            for refusal in trigger["refusals"]
        )
        assert f"The order shows £{other} and the price is £{mine}." in shown
        assert f"the price is £{other}" not in shown
