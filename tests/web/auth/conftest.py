"""Pages that ask for a second factor, and somebody's authenticator app."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from config.settings import Settings
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.store.session import Store
from workflow.usecases.accounts.credentials import totp

EMAIL = "advisor.web@example.org"


@pytest.fixture
def strict(settings: Settings, store: Store, clock: Clock) -> Flask:
    """As an installation is that nobody has told otherwise: every role needs a second factor."""
    return create_app(replace(settings, second_factor=ACCOUNT_ROLES, idle_minutes=60), clock, store)


@pytest.fixture
def idler(settings: Settings, store: Store, clock: Clock) -> Visitor:
    """Somebody signed in with a password where a session may rest for an hour."""
    app = create_app(replace(settings, idle_minutes=60), clock, store)
    return Visitor(app).sign_in(EMAIL)


@pytest.fixture
def code(clock: Clock) -> Callable[[str], str]:
    """What an app shows now that was given this key."""
    return lambda key: totp.code_at(key.replace(" ", ""), int(clock().timestamp()) // 30)


@pytest.fixture
def newcomer(strict: Flask) -> Visitor:
    """Somebody who has typed their password for the first time, and is asked to set up an app."""
    visitor = Visitor(strict).sign_in(EMAIL)
    assert visitor.answer.location == "/sign-in/set-up"
    return visitor.follow()
