"""The handbook in `docs/` is what the code says, and leaves nothing out."""

from tests.test_layout import ROOT
from workflow.calendar.calendar_file import CalendarFile
from workflow.domain.guards import GUARDS
from workflow.offer.definition import Offer
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.reference.handbook import handbook
from workflow.offer.reference.page_schema import page_schema, schema_of

WRITTEN = ROOT / "docs" / "offer-file.md"


def test_the_file_in_docs_is_what_the_command_writes() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == handbook(), (
        "docs/offer-file.md is out of date. Run: recognition offer reference > docs/offer-file.md"
    )


def test_every_table_and_every_key_of_the_page_stands_in_it() -> None:
    told = handbook()
    schema = page_schema()
    for name in schema["properties"]:
        assert f"`[{name}]`" in told or f"`[[{name}]]`" in told
    for table in (schema, *schema["$defs"].values()):
        for key in table.get("properties", {}):
            assert f"| `{key}` |" in told


def test_every_guard_says_what_it_takes_what_it_asks_and_who_can_put_it_right() -> None:
    told = handbook().partition("## Guards")[2].partition("## Spans")[0]
    for name, guard in GUARDS.items():
        row = next(line for line in told.splitlines() if line.startswith(f"| `{name}` |"))
        assert row.count(" | ") == 3
        assert guard.who in row


def test_what_people_write_in_emails_and_calendars_stands_in_it_too() -> None:
    told = handbook()
    keys = set(schema_of(EmailTemplate)["properties"]) - {"name", "body"}
    for table in schema_of(CalendarFile)["$defs"].values():
        keys |= table["properties"].keys()
    assert sorted(key for key in keys if f"| `{key}` |" not in told) == []


def test_what_is_read_from_other_files_does_not_stand_in_the_page() -> None:
    elsewhere = set(Offer.model_fields) & {"emails", "calendar", "certificate_template"}
    assert elsewhere
    assert not elsewhere & page_schema()["properties"].keys()
