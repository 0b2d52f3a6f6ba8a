"""Whoever types a command waits for nothing that the command does not need. How long it is, `make bench` measures."""

import subprocess
import sys

import pytest

from tests.programs import environment
from tests.web.cli.conftest import Typist

_PROGRAM = """
import sys
from web.cli.console import recognition
recognition(sys.argv[1:], standalone_mode=False)
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
_PAGES = {"flask", "jinja2", "werkzeug"}
_OFFERS = {"pydantic", "markdown_it", "govuk_bank_holidays", "transitions"}
_OTHERS = {
    "alembic",
    "celery",
    "email_validator",
    "icalendar",
    "networkx",
    "openpyxl",
    "PIL",
    "pypdf",
    "typst",
    "vl_convert",
}


def loaded(typist: Typist, *words: str) -> set[str]:
    """The packages that were imported by the end of a command."""
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words],
        env=environment(typist.home),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.split())


def test_help_loads_neither_the_pages_nor_the_offers_nor_the_record(bare: Typist) -> None:
    for words in (("--help",), ("engagement", "--help")):
        assert loaded(bare, *words) & {*_PAGES, *_OFFERS, *_OTHERS, "sqlalchemy"} == set()


def test_a_rehearsal_that_is_not_drawn_loads_nothing_to_draw_with(bare: Typist) -> None:
    assert "vl_convert" not in loaded(bare, "simulate", "--help")


@pytest.mark.usefixtures("ref")
def test_the_list_of_engagements_loads_the_record_and_no_more_than_the_offers_outlines(typist: Typist) -> None:
    for words in (("engagement", "list"), ("engagement", "list", "--json")):
        assert loaded(typist, *words) & {*_PAGES, *_OFFERS, *_OTHERS, "sqlalchemy"} == {"sqlalchemy"}
