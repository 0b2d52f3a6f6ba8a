"""What the machines that watch the service are told."""

from flask import Flask

from config.settings import Settings
from tests.keys import keys
from tests.web.conftest import Clock
from tests.web.visitor import Visitor
from web.application import create_app
from workflow.engine.catalogue import Catalogue
from workflow.store.session import Store


def test_up_and_ready(anybody: Visitor) -> None:
    assert anybody.open("/healthz").answer.text == "ok\n"
    assert anybody.open("/readyz").answer.text == "ready\n"
    assert anybody.answer.mimetype == "text/plain"


def _app_on(url: str, settings: Settings, offers: Catalogue, clock: Clock) -> tuple[Flask, Store]:
    store = Store(url, {"keys": keys, "offers": offers})
    return create_app(settings, clock, store), store


def test_a_database_without_its_tables_is_up_and_not_ready(settings: Settings, offers: Catalogue, clock: Clock) -> None:
    app, store = _app_on(settings.database_url, settings, offers, clock)
    anybody = Visitor(app)
    assert anybody.open("/healthz").answer.status_code == 200
    assert anybody.open("/readyz").answer.status_code == 503
    assert "recognition db upgrade" in anybody.words
    store.close()


def test_a_database_out_of_reach_is_not_ready(settings: Settings, offers: Catalogue, clock: Clock) -> None:
    app, store = _app_on("sqlite:////nowhere/at/all.db", settings, offers, clock)
    anybody = Visitor(app).open("/readyz")
    assert anybody.answer.status_code == 503
    assert anybody.words == "The database does not answer."
    store.close()
