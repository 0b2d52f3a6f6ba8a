"""Somebody's own page: a telephone number, and keys that may be turned off."""

from tests.web.visitor import Visitor

SETTINGS = "/advisor/settings"


def change(advisor: Visitor, **typed: str) -> Visitor:
    return advisor.post(SETTINGS, advisor.open(SETTINGS).fields(SETTINGS) | typed)


def test_keys_are_in_every_page_until_they_are_turned_off(advisor: Visitor) -> None:
    assert "shortcuts.js" in advisor.open("/advisor/").answer.text
    assert "aria-keyshortcuts" in advisor.answer.text
    page = change(advisor, telephone="01872 300123", shortcuts="off", mentions="on").follow()
    assert "Your settings are saved." in page.words
    assert 'value="01872 300123"' in page.answer.text
    for part in ("shortcuts.js", "aria-keyshortcuts"):
        assert part not in advisor.open("/advisor/").answer.text


def test_what_is_wrong_is_told_and_stays(advisor: Visitor) -> None:
    page = change(advisor, telephone="ask Jo")
    assert page.answer.status_code == 422
    assert "Enter a telephone number" in page.words
    assert "Say whether single keys may do something" in page.words
    assert "Say whether you want an email when a note mentions you" in page.words
    assert 'value="ask Jo"' in page.answer.text
