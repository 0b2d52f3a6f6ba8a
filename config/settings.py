"""Settings: the only reader of the environment. Everything below receives values.

Without any setting, all of it lives in one folder (`RECOGNITION_HOME`, default `./var`): SQLite, the queue's folders,
a Maildir. That is the embedded default; a database elsewhere makes it a proper installation, which must bring its own
secret.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from config import values
from workflow.domain.actor import ACCOUNT_ROLES
from workflow.domain.council import contacts
from workflow.domain.council.contacts import PREPARED, Contacts
from workflow.domain.look import ACCENT, HEADER, Look, colour, council
from workflow.errors import BadInput, Problem
from workflow.store.databases.patience import Patience
from workflow.store.history.keys import KeyFile
from workflow.usecases.offers.offer_folders import OfferFolders
from workflow.usecases.privacy.places import Places

OFFERS = Path(__file__).parent / "offers"
NEW_OFFER = Path(__file__).parent / "new_offer"
DEMO = Path(__file__).parent / "demo"
#: How people usually act in a rehearsal.
HABITS = Path(__file__).parent / "rehearsal" / "usual.toml"
_PREFIX = "RECOGNITION_"
_LOCAL = "http://127.0.0.1:8000"
#: Where in home it is written at which address the pages are, while they are.
_ADDRESS = "address"
_SECRET_BYTES = 32
_SECRET_MINIMUM = 32
_SAY_ONE = (
    "is needed when the database is not the embedded one. "
    "Set it to at least 32 random characters, the same for every machine."
)
_MAIL_SCHEMES = ("maildir", "smtp", "smtps")
_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg", "postgres")
_BROKERS = ("filesystem", "redis", "rediss")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Read from `RECOGNITION_…` variables; durations are in seconds."""

    home: Path = Path("var")
    database_url: str = ""
    broker_url: str = ""
    mail_url: str = ""
    base_url: str = _LOCAL
    secret_key: str = ""
    offers: Path = OFFERS
    #: Where the keys are that history is sealed with; in home, unless it is said.
    history_keys: Path | None = None
    sender: str = "recognition@example.org"
    #: Whose service it is, where that is not said as the offers say it; and the council's two colours.
    council: str = ""
    header_colour: str = HEADER
    accent_colour: str = ACCENT
    #: Where people turn to, on the pages for everybody; without them it is the address that emails come from.
    help_email: str = ""
    help_telephone: str = ""
    council_address: str = ""
    data_protection_email: str = ""
    security_email: str = ""
    #: When somebody last went through the accessibility statement.
    accessibility_reviewed: date = PREPARED
    lease_seconds: float = 120
    #: How long a mail server may take over one letter.
    mail_seconds: float = 30
    #: How long the database may take: for a connection, for one statement, for somebody else's lock; and for any of
    #: these while somebody waits for a page.
    connect_seconds: float = 2
    statement_seconds: float = 60
    lock_seconds: float = 30
    page_seconds: float = 2
    batch: int = 50
    faults: str = ""
    #: What it costs to guess at a password that was stolen hashed. The least is for tests alone.
    hash_cost: Literal["usual", "least"] = "usual"
    #: Which roles cannot sign in without a second factor.
    second_factor: tuple[str, ...] = ACCOUNT_ROLES
    #: How long somebody stays signed in: without doing anything, and at most.
    idle_minutes: float = 60
    session_hours: float = 12
    #: The same for schools and participants, who come in by a letter.
    school_idle_minutes: float = 120
    school_session_hours: float = 12
    #: How long somebody who is invited to read about several schools may do so, before they are invited anew.
    reader_days: float = 365
    #: The council's own issuer (OpenID Connect): its address, who this service is there, and which of its groups have
    #: which role, as “group=role” with commas between.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_roles: tuple[tuple[str, str], ...] = ()
    oidc_groups_claim: str = "groups"

    @property
    def patience(self) -> Patience:
        return Patience(self.connect_seconds, self.statement_seconds, self.lock_seconds)

    @property
    def keys(self) -> KeyFile:
        """The keys that history is sealed with."""
        return KeyFile(self.history_keys or self.home / "history_keys")

    @property
    def look(self) -> Look:
        return Look(self.council, self.header_colour, self.accent_colour)

    @property
    def contacts(self) -> Contacts:
        own = (self.help_email, self.help_telephone, self.council_address)
        told = (self.data_protection_email, self.security_email, self.accessibility_reviewed)
        return Contacts(self.sender, *own, *told)

    @property
    def places(self) -> Places:
        """Where something about people may lie beside the database."""
        scheme, _, folder = self.mail_url.partition(":")
        return Places(self.home, Path(folder) if scheme == "maildir" else None)

    @property
    def offer_folders(self) -> OfferFolders:
        """The embedded installation follows its folder; elsewhere somebody installs an offer on purpose."""
        return OfferFolders(self.offers, self.home / "shelf", self.embedded)

    @property
    def embedded(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def secure(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""


def load_settings() -> Settings:
    """The settings with their defaults filled in; the home folder is made. Raises BadInput with every mistake."""
    given = _given(os.environ)
    home = given.home.resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = replace(
        given,
        home=home,
        database_url=given.database_url or f"sqlite:///{home / 'recognition.db'}",
        broker_url=given.broker_url or "filesystem://",
        mail_url=given.mail_url or f"maildir:{home / 'mail'}",
        history_keys=(given.history_keys or home / "history_keys").absolute(),
        base_url=(given.base_url if _variable("base_url") in os.environ else _served(home)).rstrip("/"),
    )
    if problems := _problems(settings):
        raise BadInput("The settings cannot be used.", tuple(problems))
    return settings if settings.secret_key else replace(settings, secret_key=_own_secret(home))


@contextmanager
def served(settings: Settings) -> Iterator[None]:
    """While the block runs, whoever reads the settings of this home finds where its pages are, unless it is set."""
    path = settings.home / _ADDRESS
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(settings.base_url, encoding="utf-8")
    draft.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables that say the same, for programs started from here: nobody shall read a setting differently."""
    return {_variable(one.name): values.written(getattr(settings, one.name)) for one in fields(settings)}


def _given(environment: Mapping[str, str]) -> Settings:
    """The settings as they are written. Raises BadInput with every value that cannot be read."""
    values: dict[str, Any] = {}
    problems = []
    for name in (one.name for one in fields(Settings)):
        text = environment.get(_variable(name))
        if text is None:
            continue
        try:
            values[name] = _READ.get(name, str)(text)
        except ValueError as error:
            problems.append(Problem(_variable(name), str(error)))
    if problems:
        raise BadInput("The settings cannot be used.", tuple(problems))
    return Settings(**values)


def _variable(name: str) -> str:
    return f"{_PREFIX}{name.upper()}"


_READ: dict[str, Callable[[str], object]] = {
    "home": Path,
    "offers": Path,
    "history_keys": Path,
    "sender": values.sender,
    "council": council,
    "header_colour": colour,
    "accent_colour": colour,
    "help_email": contacts.email,
    "help_telephone": contacts.words,
    "council_address": contacts.words,
    "data_protection_email": contacts.email,
    "security_email": contacts.email,
    "accessibility_reviewed": contacts.day,
    "lease_seconds": values.duration("seconds"),
    "mail_seconds": values.duration("seconds"),
    "connect_seconds": values.duration("seconds"),
    "statement_seconds": values.duration("seconds"),
    "lock_seconds": values.duration("seconds"),
    "page_seconds": values.duration("seconds"),
    "batch": values.batch,
    "hash_cost": values.hash_cost,
    "second_factor": values.roles,
    "oidc_roles": values.group_roles,
    "idle_minutes": values.duration("minutes"),
    "session_hours": values.duration("hours"),
    "school_idle_minutes": values.duration("minutes"),
    "school_session_hours": values.duration("hours"),
    "reader_days": values.duration("days"),
}


def _problems(settings: Settings) -> list[Problem]:
    found = [
        _scheme("RECOGNITION_DATABASE_URL", settings.database_url, _DATABASES),
        _scheme("RECOGNITION_BROKER_URL", settings.broker_url, _BROKERS),
        _scheme("RECOGNITION_MAIL_URL", settings.mail_url, _MAIL_SCHEMES),
        _scheme("RECOGNITION_BASE_URL", settings.base_url, ("http", "https")),
    ]
    if not settings.embedded and not settings.secret_key:
        found.append(Problem("RECOGNITION_SECRET_KEY", _SAY_ONE))
    if settings.secret_key and len(settings.secret_key) < _SECRET_MINIMUM:
        found.append(Problem("RECOGNITION_SECRET_KEY", f"is shorter than {_SECRET_MINIMUM} characters."))
    if settings.lease_seconds < 2 * settings.mail_seconds:
        found.append(Problem("RECOGNITION_LEASE_SECONDS", _lease_sentence(settings)))
    if settings.hash_cost == "least" and not (settings.embedded and settings.host in _LOOPBACK):
        found.append(Problem("RECOGNITION_HASH_COST", "is “least”, which is for tests alone. Leave it out."))
    return [problem for problem in (*found, *_issuer(settings)) if problem]


def _issuer(settings: Settings) -> Iterator[Problem]:
    """An issuer is none without who this service is there; and what goes to it is read by nobody on the way."""
    if not settings.oidc_issuer:
        return
    if urlsplit(settings.oidc_issuer).scheme != "https" and urlsplit(settings.oidc_issuer).hostname not in _LOOPBACK:
        yield Problem("RECOGNITION_OIDC_ISSUER", "must begin with “https://”.")
    for name in ("oidc_client_id", "oidc_client_secret"):
        if not getattr(settings, name):
            yield Problem(
                _variable(name), "is needed beside RECOGNITION_OIDC_ISSUER. The issuer's administrator has it."
            )


def _lease_sentence(settings: Settings) -> str:
    return (
        f"is {settings.lease_seconds:g}, but a mail server may take {settings.mail_seconds:g} seconds over one letter "
        "(RECOGNITION_MAIL_SECONDS), and another worker would then send it again. Make it at least twice as long."
    )


def _scheme(name: str, url: str, known: tuple[str, ...]) -> Problem | None:
    scheme = url.partition(":")[0]
    if scheme in known:
        return None
    return Problem(name, f"begins with “{scheme}:”; it must begin with one of {', '.join(f'{one}:' for one in known)}.")


def _served(home: Path) -> str:
    try:
        return (home / _ADDRESS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return _LOCAL


def _own_secret(home: Path) -> str:
    """The embedded installation's secret, made on the first run and readable by its owner alone."""
    path = home / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(_SECRET_BYTES), encoding="ascii")
    return path.read_text(encoding="ascii")
