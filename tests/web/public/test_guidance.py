"""Help, and whom to tell about a hole."""

from dataclasses import replace
from datetime import datetime, timedelta

from config.settings import Settings
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.store.session import Store


def test_help_says_what_to_do_about_an_old_link_and_how_to_check_a_certificate(anybody: Visitor) -> None:
    told = anybody.open("/help").words
    for said in ("If your link does not work", "How to check a certificate", "recognition@example.org"):
        assert said in told


def test_security_txt_never_runs_out(settings: Settings, store: Store, clock: Clock) -> None:
    own = replace(settings, security_email="holes+web@x.example", base_url="https://recognition.x.example")
    visitor = Visitor(create_app(own, clock, store))
    for _ in range(3):
        answer = visitor.client.get("/.well-known/security.txt", base_url="https://recognition.x.example")
        assert answer.content_type == "text/plain; charset=utf-8"
        fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
        ends = datetime.fromisoformat(fields.pop("Expires"))
        assert timedelta(0) < ends - clock.now < timedelta(days=365)
        assert fields == {
            "Contact": "mailto:holes+web@x.example",
            "Preferred-Languages": "en",
            "Canonical": "https://recognition.x.example/.well-known/security.txt",
        }
        clock.now += timedelta(days=300)
