"""What is looked at on every page of a journey, whoever opens it: once for axe, and each time for what is missing."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page, Response
from werkzeug.exceptions import MethodNotAllowed

from tests.web.browsing import assert_accessible

WIDTH = 1280
_BAD = 400
_FOLDED = "[...document.querySelectorAll('details:not([open])')].map((one) => { one.open = true; return one; })"
_AGAIN = "(some) => some.forEach((one) => { one.open = false; })"
#: Panels that have nothing in them but their heading, and headings that nothing follows.
_EMPTY = """() => {
  const inside = (one) => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll('h1, h2, h3, h4, caption, summary, thead, script').forEach((part) => part.remove());
    return copy.textContent.trim() || copy.querySelector('img, svg');
  };
  const level = (one) => (/^H[1-6]$/.test(one?.tagName) ? Number(one.tagName[1]) : 7);
  const after = (one) => one.nextElementSibling
    ?? (one.parentElement.matches('main, section, details') ? null : after(one.parentElement));
  const isBare = (one) => !after(one) || level(after(one)) <= level(one);
  const panels = [...document.querySelectorAll('main :is(section, details, table, ul, ol, dl)')];
  const isTitle = (one) => !one.closest('summary, legend');
  const titles = [...document.querySelectorAll('main :is(h2, h3, h4)')].filter(isTitle);
  return [
    ...panels.filter((one) => !inside(one)),
    ...titles.filter(isBare),
  ].map((one) => one.outerHTML.slice(0, 300));
}"""


@dataclass
class Eyes:
    """`seen` are the kinds of page that have been met, by their route; `faults` what a browser has complained of."""

    app: Flask
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Hears of answers that refuse something, of pages or of what belongs to them, and of scripts that fail."""
        page.on("response", self._hear)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def look(self, page: Page) -> None:
        kind = self._kind(page)
        assert self.faults == [], (kind, page.inner_text("main"))
        empty = page.evaluate(_EMPTY)
        assert empty == [], (kind, empty)
        if kind in self.seen:
            return
        self.seen.add(kind)
        page.set_viewport_size({"width": WIDTH, "height": 900})
        folded = page.evaluate_handle(_FOLDED)
        assert_accessible(page, kind)
        page.evaluate(_AGAIN, folded)

    def _hear(self, answer: Response) -> None:
        if answer.status >= _BAD:
            self.faults.append(f"{answer.status} {answer.url}")

    def _kind(self, page: Page) -> str:
        """Its route, and which place it is; what asks whether something is meant stands at the address of that."""
        routes, path = self.app.url_map.bind("localhost"), urlsplit(page.url).path
        try:
            rule, named = routes.match(path, return_rule=True)
        except MethodNotAllowed:
            rule, named = routes.match(path, method="POST", return_rule=True)
        what = "check" if page.locator("#check").count() else named.get("place", "")
        return f"{rule.rule} {what}"
