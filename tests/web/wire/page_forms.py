"""The forms that stand on a page: where each leads, and what is in it before anybody has typed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """`fields` are names with the values that could be sent; `files` are the names of those that take files."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self._address, self._select = address, ""
        self.forms: list[PageForm] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(given.get("action") or self._address, given.get("method", "get").upper()))
        elif tag == "select":
            self._select = given.get("name", "")
            self._add(self._select, "")
        elif tag == "option":
            self._add(self._select, given.get("value", ""))
        elif tag in ("input", "textarea", "button") and self.forms and given.get("name"):
            if given.get("type") == "file":
                self.forms[-1].files.append(given["name"])
            else:
                self._add(given["name"], given.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        if self.forms and name:
            self.forms[-1].fields.setdefault(name, []).append(value)


def forms_of(address: str, html: str) -> list[PageForm]:
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms
