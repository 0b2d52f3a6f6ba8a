"""Whatever stands in a name, every mail program finds exactly one address. Read by a parser that is not Python's."""

import base64
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tasks.mail.mime_message import as_bytes
from tests.conftest import NOW
from tests.made_up import addresses, names
from tests.programs import NODE
from workflow.domain.email_address import wire_address
from workflow.domain.person_name import NAME_LIMIT
from workflow.mail.letters import Letter
from workflow.offer.emails.email_template import Rendered

_PARSER = Path(__file__).with_name("readers.mjs")
_LONGEST_WORD, _LONGEST_LINE = 75, 78
_WORD = re.compile(r"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=")


def message(name: str, address: str = "ada@example.org", *, sender: str = "recognition@example.org") -> bytes:
    letter = Letter(name, address, "advisor@example.org", name, Rendered("A subject", "Words.", "<p>Words.</p>"))
    return as_bytes(letter, "<number@example.org>", sender, NOW)


def read(messages: list[bytes]) -> list[dict[str, list[dict[str, Any]]]]:
    given = json.dumps([base64.b64encode(one).decode() for one in messages])
    done = subprocess.run([*NODE, str(_PARSER)], input=given, capture_output=True, text=True, check=True, timeout=60)
    found: list[dict[str, list[dict[str, Any]]]] = json.loads(done.stdout)
    return found


def _awkward() -> list[str]:
    """Each with signs that mean something in a header, at every length around those at which lines are broken."""
    long = [(f"{begin} {'Xyz ' * 40}")[:length].strip() for length in range(60, NAME_LIMIT + 1) for begin in _BEGIN]
    return [*(one.kept for one in names() if one.kept), *long]


_BEGIN = ("Pascoe, Ada", 'Ada "Bo, <b@example.org>" O\'Brien;', "Zoë, Pascoe:", "Ada \\ (Maths, b@example.org)")


def test_there_are_more_than_three_hundred_names() -> None:
    assert len(set(_awkward())) >= 300


def test_a_parser_that_is_not_pythons_finds_one_address_and_the_name_whatever_stands_in_it() -> None:
    wanted = _awkward()
    for name, found in zip(wanted, read([message(one) for one in wanted]), strict=True):
        one = {"name": name, "address": "ada@example.org"}
        assert found["to"] == [one], name
        assert found["from"] == [one | {"address": "recognition@example.org"}], name
        assert found["replyTo"] == [{"name": "", "address": "advisor@example.org"}]


def test_so_does_one_that_reads_an_address_from_before_plain_letters_were_asked_for() -> None:
    wanted = _awkward()
    found = read([message(one, "zoë@example.org") for one in wanted])
    assert [one["to"] for one in found] == [[{"name": one.strip(), "address": "zoë@example.org"}] for one in wanted]


def test_every_address_that_is_kept_is_found_as_it_goes_out() -> None:
    wanted = [one.kept for one in addresses() if one.kept]
    found = read([message("Pascoe, Ada", one) for one in wanted])
    assert [[to["address"] for to in one["to"]] for one in found] == [[wire_address(one)] for one in wanted]


def test_no_line_and_no_encoded_word_is_longer_than_a_mail_program_has_to_read() -> None:
    for name in _awkward():
        head = message(name).partition(b"\r\n\r\n")[0].decode("ascii")
        assert max(map(len, head.split("\r\n"))) <= _LONGEST_LINE, name
        assert all(len(word) <= _LONGEST_WORD for word in _WORD.findall(head)), name


def test_a_name_of_plain_words_stands_there_as_it_is() -> None:
    assert b"\r\nTo: Ada Pascoe <ada@example.org>\r\n" in message("Ada Pascoe")
    assert b'\r\nTo: "Pascoe, Ada" <ada@example.org>\r\n' in message("Pascoe, Ada")


def test_a_space_of_another_kind_is_a_space() -> None:
    (found,) = read([message("Ada\u00a0Pascoe")])
    assert found["to"][0]["name"] == unicodedata.normalize("NFKC", "Ada\u00a0Pascoe")


def test_our_own_address_goes_out_in_plain_letters_too() -> None:
    (found,) = read([message("Ada", sender="recognition@schüle.example.org")])
    assert found["from"][0]["address"] == "recognition@xn--schle-mva.example.org"


@pytest.mark.parametrize("name", ["=?utf-8?q?A?=", "Ada\r\nBcc: b@example.org", "Ada\u202e"])
def test_what_could_become_another_header_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a mail header"):
        message(name)
