"""What a public service owes everybody, and that every page leads there."""

from dataclasses import replace
from datetime import date

from config.settings import Settings
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.store.privacy.kinds import told
from workflow.store.session import Store

PAGES = ("/help", "/verify/", "/privacy", "/cookies", "/accessibility")


def test_the_notice_tells_every_kind_with_why_and_how_long(anybody: Visitor) -> None:
    notice = anybody.open("/privacy").words
    for one in told():
        for said in (one.kind.title, one.kind.what, one.kind.seen_by, one.why[1:], one.keep[1:]):
            assert said in notice
    for right in ("copy of everything", "put right", "erase", "object", "Information Commissioner"):
        assert right in notice
    assert "user_account" not in notice


def test_the_accessibility_statement_has_what_the_law_asks_for(anybody: Visitor) -> None:
    statement = anybody.open("/accessibility").words
    for said in (
        "This accessibility statement applies to",
        "Feedback and contact information",
        "Enforcement procedure",
        "Equality and Human Rights Commission",
        "Equality Advisory and Support Service",
        "is committed to making its website accessible, in accordance with",
        "partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard",
        "Non-accessible content",
        "Disproportionate burden",
        "This statement was prepared on 27 November 2026. It was last reviewed on 27 November 2026.",
        "This website was last tested on 27 November 2026",
    ):
        assert said in statement


def test_a_council_says_whom_to_turn_to(settings: Settings, store: Store) -> None:
    own = replace(
        settings,
        council="Devon County Council",
        help_email="help@devon.example",
        help_telephone="01392 000000",
        council_address="County Hall, Exeter",
        data_protection_email="dpo@devon.example",
        accessibility_reviewed=date(2027, 3, 1),
    )
    visitor = Visitor(create_app(own, store=store))
    for path, said in (
        ("/privacy", "dpo@devon.example Telephone: 01392 000000 Letters: County Hall, Exeter"),
        ("/help", "help@devon.example"),
        ("/accessibility", "last reviewed on 1 March 2027"),
        ("/", "This is the service of Devon County Council for schools"),
    ):
        assert said in " ".join(visitor.open(path).words.split()), path


def test_every_page_leads_to_all_of_them(anybody: Visitor, advisor: Visitor, case: str) -> None:
    for visitor, path in ((anybody, "/"), (anybody, "/nowhere"), (anybody, "/sign-in"), (advisor, case)):
        text = visitor.open(path).answer.text
        footer = text[text.index("<footer") :]
        assert all(f'href="{there}"' in footer for there in PAGES), path
