"""What was typed when a session had ended comes through the sign-in."""

import re
from datetime import timedelta
from pathlib import Path

from tests.journeys import Journey
from tests.web.conftest import Clock
from tests.web.visitor import PASSWORD, Visitor

_EMAIL = "advisor.web@example.org"
_MESSAGE = 'Dear Jenna,\nwe are "closed" until 4 January & back then.'


def _too_late(advisor: Visitor, case: str, clock: Clock) -> Visitor:
    fields = advisor.open(f"{case}/messages").fields("/message") | {"text": _MESSAGE}
    clock.now += timedelta(hours=9)
    return advisor.post(f"{case}/message", fields)


def _sign_in(advisor: Visitor, password: str = PASSWORD) -> Visitor:
    return advisor.post("/sign-in", advisor.fields("/sign-in") | {"email": _EMAIL, "password": password})


def test_a_text_that_was_sent_too_late_comes_back_after_signing_in(
    advisor: Visitor, journey: Journey, case: str, clock: Clock
) -> None:
    version = journey.row.version
    assert "What you typed is kept and put back afterwards." in _too_late(advisor, case, clock).words
    assert _sign_in(advisor, "wrong password").answer.status_code == 422
    words = _sign_in(advisor).words
    assert "we are “closed”" in words or 'we are "closed"' in words
    assert journey.row.version == version
    advisor.post(f"{case}/message", advisor.fields(f'action="{case}/message"'))
    assert advisor.answer.status_code == 303
    assert _MESSAGE.splitlines()[1] in advisor.open(f"{case}/history").answer.text.replace("&#34;", '"').replace(
        "&amp;", "&"
    )


def test_nothing_is_put_back_to_another_site(anybody: Visitor) -> None:
    fields = anybody.open("/sign-in").fields("/sign-in") | {"email": _EMAIL, "password": PASSWORD}
    for there in ("https://evil.example/", "//evil.example", "/sign-out", "/advisor/../sign-out?x"):
        anybody.open("/sign-in")
        anybody.post("/sign-in", fields | {"kept_to": there, "kept-text": "Hello."})
        assert anybody.answer.status_code == 303
        fields["csrf_token"] = anybody.open("/advisor/").fields("/sign-out")["csrf_token"]


def test_what_nobody_can_have_typed_is_not_carried(advisor: Visitor, case: str, clock: Clock) -> None:
    fields = advisor.open(f"{case}/messages").fields("/message") | {"text": "a" * 200_001}
    clock.now += timedelta(hours=9)
    assert advisor.post(f"{case}/message", fields).answer.location == "/sign-in"


def test_what_a_form_asks_in_its_address_comes_back_with_it(advisor: Visitor, clock: Clock) -> None:
    to = "/advisor/bulk/message?stage=training_1&advisor=mine"
    fields = advisor.open(to).fields("/advisor/bulk/message") | {"all": "yes", "text": _MESSAGE}
    clock.now += timedelta(hours=9)
    advisor.post(to, fields)
    _sign_in(advisor)
    assert f'action="{to.replace("&", "&amp;")}"' in advisor.answer.text


def test_what_another_site_sends_is_never_put_back(anybody: Visitor) -> None:
    for origin, status in (("https://evil.example", 303), ("null", 303), ("http://localhost", 200)):
        headers = {"Origin": origin}
        answer = anybody.client.post("/advisor/settings", data={"telephone": "01872 300 123"}, headers=headers)
        assert (answer.status_code, b"01872" in answer.data) == (status, status == 200)


_ASKED_FOR = re.compile(r"\{\{ govuk(?:Password)?Input\(\{.*?\}\) \}\}", re.DOTALL)


def _secrets() -> set[str]:
    """The names of all fields in which somebody types what proves who they are."""
    markup = "\n".join(one.read_text() for one in sorted(Path("web/templates").rglob("*.html")))
    fields = (one for one in _ASKED_FOR.findall(markup) if "PasswordInput" in one or "one-time-code" in one)
    return {re.findall(r'"name": "(\w+)"', one)[0] for one in fields}


def test_what_proves_who_somebody_is_comes_back_on_no_page(advisor: Visitor, clock: Clock) -> None:
    names, page = _secrets(), "/advisor/settings/signing-in"
    assert names == {"password", "current", "code"}
    typed = {name: f"three words of {name}" for name in (*names, "answer")}
    fields = advisor.open(page).fields("/sign-out") | typed
    clock.now += timedelta(hours=9)
    advisor.post(f"{page}/password", fields)
    for told in (advisor.answer.text, _sign_in(advisor).answer.text):
        assert "three words of" not in told
