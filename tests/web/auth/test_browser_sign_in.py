"""Signing in with a real browser: an app's code, a passkey on a device that the browser makes up, and everything by
keyboard and without a script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from config.settings import Settings
from tests.servers import free_port
from tests.web.auth.conftest import EMAIL
from tests.web.browsing import Site, enter, serving, sound
from tests.web.conftest import Clock
from web.application import create_app
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.store.session import Store

Code = Callable[[str], str]


@pytest.fixture
def door(settings: Settings, store: Store, clock: Clock) -> Iterator[Site]:
    """Pages at an address with a name, as browsers keep no passkey for a number."""
    port = free_port()
    strict = replace(settings, second_factor=ACCOUNT_ROLES, base_url=f"http://localhost:{port}")
    app = create_app(strict, clock, store)
    with serving(app, settings.secret_key, port) as site:
        yield replace(site, url=strict.base_url)


@dataclass
class Device:
    """Something that keeps passkeys, and whose owner agrees or does not."""

    session: CDPSession
    number: str

    def owner_agrees(self, *, agrees: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": agrees})


def device_of(page: Page) -> Device:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Device(session, made["authenticatorId"])


def set_up(page: Page, door: Site, code: Code) -> str:
    """Signed in with an app, whose key is returned."""
    enter(page, door, email=EMAIL)
    key = page.inner_text(".app-key")
    page.fill("#code", code(key))
    page.click("main button")
    page.click("text=I have kept them")
    page.wait_for_url("**/advisor/")
    return key


def with_passkey(page: Page, door: Site, code: Code) -> Device:
    """Signed in, with a passkey beside the app."""
    device = device_of(page)
    set_up(page, door, code)
    page.goto(f"{door.url}/advisor/settings/signing-in/passkeys")
    page.fill("#title", "Work laptop")
    with page.expect_navigation():
        page.click("text=Make a passkey")
    return device


def test_a_passkey_is_made_and_then_used_instead_of_a_code(page: Page, door: Site, code: Code) -> None:
    with_passkey(page, door, code)
    assert "The passkey “Work laptop” is added." in page.inner_text("main")
    page.click("text=Sign out >> nth=0")
    enter(page, door, email=EMAIL)
    with page.expect_navigation():
        page.click("text=Use a passkey")
    assert page.url == f"{door.url}/advisor/"


def test_a_passkey_whose_owner_does_not_agree_lets_nobody_in(page: Page, door: Site, code: Code) -> None:
    device = with_passkey(page, door, code)
    page.click("text=Sign out >> nth=0")
    enter(page, door, email=EMAIL)
    device.owner_agrees(agrees=False)
    page.click("text=Use a passkey")
    page.wait_for_selector("text=No passkey was used. Try again, or use a code.")
    page.goto(f"{door.url}/advisor/")
    assert page.url.startswith(f"{door.url}/sign-in?")


def test_an_answer_of_a_passkey_is_taken_once(page: Page, browser: Browser, door: Site, code: Code) -> None:
    with_passkey(page, door, code)
    page.click("text=Sign out >> nth=0")
    enter(page, door, email=EMAIL)
    with page.expect_request(lambda one: one.method == "POST" and one.url.endswith("/sign-in/code")) as sent:
        page.click("text=Use a passkey")
    answer = (sent.value.post_data_json or {})["answer"]
    page.wait_for_url("**/advisor/")
    other = browser.new_context().new_page()
    enter(other, door, email=EMAIL)
    other.evaluate("answer => { document.querySelector('[name=answer]').value = answer; }", answer)
    other.click("main button[type=submit]")
    other.wait_for_selector("text=The passkey was not taken")
    other.context.close()


def test_axe_finds_nothing_on_the_way_in_and_on_ones_own_page(page: Page, door: Site, code: Code) -> None:
    enter(page, door, email=EMAIL)
    sound(page, "Set up an authenticator app")
    page.click("main button")
    sound(page, "Type the six digits that the app shows now")
    page.fill("#code", code(page.inner_text(".app-key")))
    page.click("main button")
    sound(page, "Keep your recovery codes")
    for path, text in (
        ("signing-in", "Where you are signed in"),
        ("signing-in/app", "When this one is set up, the other stops working"),
        ("signing-in/passkeys", "Add a passkey"),
    ):
        page.goto(f"{door.url}/advisor/settings/{path}")
        sound(page, text)
    page.goto(f"{door.url}/advisor/again")
    sound(page, "Show that it is you")
    page.click("text=Sign out >> nth=0")
    enter(page, door, email=EMAIL)
    sound(page, "One more step")


def test_the_way_in_works_by_keyboard_and_without_a_script(browser: Browser, door: Site, code: Code) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, door, email=EMAIL)
    page.focus("#code")
    page.keyboard.type(code(page.inner_text(".app-key")))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.focus("text=I have kept them")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{door.url}/advisor/"
    page.goto(f"{door.url}/advisor/settings/signing-in/passkeys")
    assert "Your browser has scripts turned off" in page.inner_text("main")
    context.close()
