"""What every page may reach: the store, the links, the clock. Made once by `create_app`."""

from dataclasses import dataclass

from flask import current_app

from web.installation import Clock
from workflow.domain.council.contacts import Contacts
from workflow.domain.look import Look
from workflow.engine.catalogue import Catalogue
from workflow.mail.signed_links import Links
from workflow.offer.installed.has import EVERYTHING, Has
from workflow.store.session import Store
from workflow.usecases.accounts.credentials.secrets import LinkMaker, Sealer
from workflow.usecases.accounts.passkeys import Here
from workflow.usecases.accounts.policy import AccessPolicy
from workflow.usecases.privacy.places import Places

_NAME = "recognition"


@dataclass(frozen=True, slots=True)
class State:
    """`clock` gives the time in UTC; `provider` is whose service this is, for pages that belong to no offer;
    `look` is the council's own, and `contacts` whom people turn to there.
    `places` are where something about people may lie beside the database.

    `policy` is what is asked of whoever signs in, `sealer` keeps secrets that are read again, `passkeys` says which
    pages a passkey is for, and `link_maker` makes the links in letters about getting in."""

    store: Store
    links: Links
    clock: Clock
    provider: str
    policy: AccessPolicy
    sealer: Sealer
    passkeys: Here
    link_maker: LinkMaker
    look: Look
    contacts: Contacts
    places: Places

    def has(self) -> Has:
        """What there is in the offers that are installed now. It is asked on every page, and asks no database."""
        known = self.store.knows("offers")
        return known.has if isinstance(known, Catalogue) else EVERYTHING


def keep(extensions: dict[str, object], state: State) -> None:
    extensions[_NAME] = state


def here() -> State:
    """The state of the application that serves this request."""
    state = current_app.extensions[_NAME]
    if not isinstance(state, State):
        raise TypeError("make the application with web.application.create_app")
    return state
