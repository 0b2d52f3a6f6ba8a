"""Somebody with a browser that has no scripts: opens pages, fills in the forms that are there, presses buttons."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

PASSWORD = "a long enough password"
_FORM = re.compile(r"<form.*?</form>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_ACTION = re.compile(r'action="([^"]*)"')
#: The form of the page that asks whether what would happen is meant.
_CHECK = 'id="check"'


def hidden_fields(page: str, mark: str) -> dict[str, str]:
    """Those of the form of a page whose markup has the mark in it."""
    form = next(one for one in _FORM.findall(page) if mark in one)
    return {name: unescape(value) for name, value in _HIDDEN.findall(form)}


class Visitor:
    """Keeps cookies and the last answer."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.answer: TestResponse

    def open(self, path: str) -> "Visitor":
        self.answer = self.client.get(path, buffered=True)
        return self

    def follow(self) -> "Visitor":
        return self.open(self.answer.location)

    def sign_in(self, email: str, password: str = PASSWORD, back: str = "") -> "Visitor":
        fields = self.open("/sign-in").fields("/sign-in") | {"email": email, "password": password, "next": back}
        return self.post("/sign-in", fields)

    def post(self, path: str, fields: dict[str, str]) -> "Visitor":
        """Sends a form, and confirms it where the page asks whether it is meant."""
        self.ask(path, fields)
        return self.confirm() if _CHECK in self.answer.text else self

    def ask(self, path: str, fields: dict[str, str]) -> "Visitor":
        """Sends a form, and stays at the page that says what it would do."""
        self.answer = self.client.post(path, data=fields, buffered=True)
        return self

    def confirm(self, **typed: str) -> "Visitor":
        """Presses the button of that page."""
        form = next(one for one in _FORM.findall(self.answer.text) if _CHECK in one)
        sent = MultiDict((name, unescape(value)) for name, value in _HIDDEN.findall(form))
        for name, value in typed.items():
            sent.setlist(name, [value])
        self.answer = self.client.post(unescape(_ACTION.findall(form)[0]), data=sent, buffered=True)
        return self

    def fields(self, mark: str) -> dict[str, str]:
        """The hidden fields of the form whose markup has the mark in it."""
        return hidden_fields(self.answer.text, mark)

    def link(self, text: str) -> str:
        """The address of the first link that says this."""
        return next(unescape(there) for there, said in _LINK.findall(self.answer.text) if text in _said(said))

    def texts(self, tag: str) -> list[str]:
        """What the elements of a kind say."""
        return [_said(one) for one in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", self.answer.text, re.DOTALL)]

    def press(self, path: str, trigger: str, **typed: str) -> "Visitor":
        """Opens the page of a case and presses the button of one of its triggers."""
        return self.post(path, self.open(path).fields(f'value="{trigger}"') | typed)

    @property
    def words(self) -> str:
        """The page as a person reads it."""
        return _said(self.answer.text)


def _said(markup: str) -> str:
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())
    return re.sub(r" ([,.:])", r"\1", text)
