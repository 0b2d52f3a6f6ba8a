"""The pages as one Flask application: one blueprint for each noun, whose views say who may use them (`access`), between
one set of guards on the way in and one set of headers on the way out.
"""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from web import (
    access,
    admin,
    advisor,
    auth,
    error_pages,
    formatting,
    outages,
    public,
    reader,
    request_log,
    school,
    security,
    url_converters,
)
from web.advisor.account import last_looked
from web.app_state import State, keep
from web.auth import single_sign_on
from web.installation import Clock, Settings, load_settings, policy_of, utc_now
from web.store import open_store
from web.wire import form_data
from workflow.engine.catalogue import offers_of
from workflow.english import listed
from workflow.mail.signed_links import Links
from workflow.offer.installed.way import way_of
from workflow.store.session import Store
from workflow.usecases.accounts.credentials.secrets import LinkMaker, Sealer
from workflow.usecases.accounts.passkeys import Here


class _Templates(Environment):
    """Templates that share one plain dictionary of what all of them may use, as none has anything of its own.

    The usual chain of mappings is walked for each of the eighty imports of a page, which is a tenth of its time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if d is None else super().make_globals(d)


def create_app(settings: Settings | None = None, clock: Clock = utc_now, store: Store | None = None) -> Flask:
    """The application. Raises Undeclared when a route does not say who may use it."""
    settings = settings or load_settings()
    app = request_log.Pages("web", static_folder=None)
    app.request_class = form_data.PageRequest
    request_log.keep(app)
    app.secret_key = settings.secret_key
    app.config.update(security.settings_for(settings.host, policy_of(settings).longest, secure=settings.secure))
    keep(app.extensions, _state(settings, clock, store or open_store(settings, settings.page_seconds)))
    _prepare_templates(app)
    app.url_map.converters.update(url_converters.CONVERTERS)
    outages.watch(app, app.extensions["recognition"].store)
    app.before_request(access.enforce)
    app.before_request(form_data.check)
    CSRFProtect(app)
    for part in (public, auth, admin, advisor, school, reader):
        for blueprint in part.BLUEPRINTS:
            app.register_blueprint(blueprint)
    error_pages.register(app)
    app.after_request(security.add_headers)
    last_looked.keep(app)
    single_sign_on.keep(app, settings)
    access.check(app)
    return app


def _state(settings: Settings, clock: Clock, store: Store) -> State:
    with store.reading() as session:
        providers = {offer.offer.provider for offer in offers_of(session)}
    provider = settings.council or listed(sorted(providers))
    return State(
        store,
        Links(settings.base_url, settings.secret_key),
        clock,
        provider,
        policy_of(settings),
        Sealer(settings.secret_key),
        Here(settings.base_url, f"Recognition, {provider}"),
        LinkMaker(settings.secret_key),
        settings.look,
        settings.contacts,
        settings.places,
    )


def _prepare_templates(app: Flask) -> None:
    frontend = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_environment = _Templates
    # Every template is kept once it is read, as there are few: to note which was used last took longer than to find it.
    app.jinja_options = {"loader": ChoiceLoader([PackageLoader("web"), frontend]), "cache_size": -1}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(formatting.FILTERS)
    app.jinja_env.globals.update(formatting.GLOBALS, account_role=access.account_role)
    state = app.extensions["recognition"]
    app.jinja_env.globals.update(provider=state.provider, council_look=state.look, council_contacts=state.contacts)
    app.jinja_env.globals.update(here_has=state.has, way_of=way_of)
