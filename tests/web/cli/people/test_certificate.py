"""A certificate is genuine to the byte, or it is said what is not as we issued it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.web.cli.conftest import Homes, Typist
from tests.web.cli.demo.told import in_november
from web.installation import load_settings
from web.store import open_store
from workflow.store.tables.certificate import Certificate


@pytest.fixture
def issued(bare: Typist, homes: Homes) -> Path:
    """One certificate of the demonstration, as its owner has it."""
    homes.copy(in_november, bare.home)
    store = open_store(load_settings())
    with store.reading() as session:
        path = bare.home / "certificate.pdf"
        path.write_bytes(session.scalars(select(Certificate.pdf)).first() or b"")
    store.close()
    return path


@pytest.mark.xdist_group("demonstration")
def test_what_we_issued_is_genuine_and_anything_else_is_not(bare: Typist, issued: Path) -> None:
    assert bare.do("certificate", "verify", str(issued)) == "certificate.pdf is genuine and current.\n"
    issued.write_bytes(issued.read_bytes() + b" ")
    result = bare.type("certificate", "verify", str(issued))
    assert (result.exit_code, "The file is not byte for byte the one we issued" in result.stderr) == (8, True)
    issued.write_text("not a PDF")
    assert bare.type("certificate", "verify", str(issued)).exit_code == 6
