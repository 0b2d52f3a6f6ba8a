"""What becomes of files as people make them: `python -m tests.workflow.imports.file_table` writes the page anew."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from config.settings import OFFERS
from tests.conftest import NOW
from tests.journeys import Journey, furnish
from tests.keys import keys
from tests.workflow.imports.files_made import FILES, MadeFile
from workflow.domain.actor import SYSTEM
from workflow.engine.catalogue import Catalogue
from workflow.errors import BadInput
from workflow.imports.findings import ImportReport, Mode
from workflow.imports.orders.sold import sold_by
from workflow.imports.purchases import import_purchases
from workflow.imports.schools import import_schools
from workflow.imports.sheet import Sheet, read
from workflow.imports.staff import import_staff
from workflow.offer.loader import load_offers
from workflow.store.migrate import upgrade
from workflow.store.session import Store

PAGE = Path(__file__).parents[3] / "docs" / "files.md"
_HEAD = """# Files as people make them

What is unambiguous is read, and noted where it was not written as it is meant. What could mean something else is asked
beside its row, and nothing of the file is written until it is answered or the good rows are accepted. A file that
cannot be read at all is refused in one sentence. The files are made by `tests/workflow/imports/files_made.py`; the
table says what the imports say of them, and a test compares.

| the file | read | noted | asked | refused |
|---|---|---|---|---|
"""


def page(journey: Journey) -> str:
    return _HEAD + "".join(_line(journey, one) for one in FILES)


def _line(journey: Journey, one: MadeFile) -> str:
    try:
        report = outcome(journey, one)
    except BadInput as refused:
        return f"| {one.about} | | | | {_cell(str(refused).splitlines())} |\n"
    read_of_it = f"{report.added} of {report.added + len({one.where.split(', column')[0] for one in report.problems})}"
    problems = [f"{problem.where}: {problem.sentence}" for problem in report.problems]
    return f"| {one.about} | {read_of_it} | {_cell(report.notes)} | {_cell(problems)} | |\n"


def _cell(sentences: object) -> str:
    assert isinstance(sentences, list | tuple)
    return "<br>".join(" ".join(one.split()).replace("|", "\\|").replace("<", "&lt;") for one in sentences)


def outcome(journey: Journey, one: MadeFile) -> ImportReport:
    """What an import says without writing anything. Raises BadInput."""
    with journey.store.reading() as session:
        return _import(session, journey, one, read(io.BytesIO(one.data), one.name, limit=2_000_000))


def _import(session: Session, journey: Journey, one: MadeFile, sheet: Sheet) -> ImportReport:
    if one.kind == "staff":
        return import_staff(session, journey.id, sheet, actor=SYSTEM, now=NOW, mode=Mode.CHECK)
    if one.kind == "orders":
        return import_purchases(session, sold_by(session), sheet, actor=SYSTEM, now=NOW, mode=Mode.CHECK)
    return import_schools(session, sheet, now=NOW, mode=Mode.CHECK)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/record.db", {"keys": keys, "offers": Catalogue(load_offers((OFFERS,)))})
        upgrade(store.engine)
        furnish(store, NOW)
        PAGE.write_text(page(Journey(store, NOW).begin(order="SFS-99")), encoding="utf-8")
        store.close()
