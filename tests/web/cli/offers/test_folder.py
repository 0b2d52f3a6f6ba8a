"""What may stand in an offer's folder, at the console."""

import json

from tests.web.cli.conftest import Typist
from workflow.offer.reference.handbook import handbook
from workflow.offer.reference.page_schema import page_schema


def test_the_handbook_is_written_to_standard_output(bare: Typist) -> None:
    assert bare.do("offer", "reference") == handbook()


def test_the_schema_is_written_as_json(bare: Typist) -> None:
    assert json.loads(bare.do("offer", "schema")) == page_schema()


def test_the_list_of_commands_names_both(bare: Typist) -> None:
    said = bare.do("offer", "--help")
    assert "reference" in said
    assert "schema" in said
