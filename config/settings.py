"""Settings: the only reader of the environment. Everything below receives values.

Without any setting, all of it lives in one folder (`RECOGNITION_HOME`, default `./var`): SQLite, the queue's folders,
a Maildir. That is the embedded default; a database elsewhere makes it a proper installation, which must bring its own
secret.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from workflow.errors import BadInput, Problem

OFFERS = Path(__file__).parent / "offers"
DEMO = Path(__file__).parent / "demo"
#: How people usually act in a rehearsal.
HABITS = Path(__file__).parent / "rehearsal" / "usual.toml"
_SECRET_BYTES = 32
_SECRET_MINIMUM = 32
_MAIL_SCHEMES = ("maildir", "smtp", "smtps")
_DATABASES = ("sqlite", "postgresql", "postgresql+psycopg", "postgres")
_BROKERS = ("filesystem", "redis", "rediss")


class Settings(BaseSettings):
    """Read from `RECOGNITION_…` variables; durations are in seconds."""

    model_config = SettingsConfigDict(env_prefix="RECOGNITION_", frozen=True)

    home: Path = Path("var")
    database_url: str = ""
    broker_url: str = ""
    mail_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    offers: Path = OFFERS
    sender: str = "recognition@example.org"
    lease_seconds: float = Field(120, gt=0)
    batch: int = Field(20, ge=1, le=500)
    faults: str = ""

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
    try:
        given = Settings()
    except ValidationError as error:
        problems = [Problem(f"RECOGNITION_{one['loc'][0]}".upper(), one["msg"]) for one in error.errors()]
        raise BadInput("The settings cannot be used.", tuple(problems)) from None
    home = given.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    settings = given.model_copy(update={
        "home": home,
        "database_url": given.database_url or f"sqlite:///{home / 'recognition.db'}",
        "broker_url": given.broker_url or "filesystem://",
        "mail_url": given.mail_url or f"maildir:{home / 'mail'}",
        "base_url": given.base_url.rstrip("/"),
    })  # fmt: skip
    if problems := _problems(settings):
        raise BadInput("The settings cannot be used.", tuple(problems))
    return settings if settings.secret_key else settings.model_copy(update={"secret_key": _own_secret(home)})


def _problems(settings: Settings) -> list[Problem]:
    found = [
        _scheme("RECOGNITION_DATABASE_URL", settings.database_url, _DATABASES),
        _scheme("RECOGNITION_BROKER_URL", settings.broker_url, _BROKERS),
        _scheme("RECOGNITION_MAIL_URL", settings.mail_url, _MAIL_SCHEMES),
        _scheme("RECOGNITION_BASE_URL", settings.base_url, ("http", "https")),
    ]
    if not settings.embedded and not settings.secret_key:
        found.append(Problem("RECOGNITION_SECRET_KEY", "is needed when the database is not the embedded one. "
                             "Set it to at least 32 random characters, the same for every machine."))  # fmt: skip
    if settings.secret_key and len(settings.secret_key) < _SECRET_MINIMUM:
        found.append(Problem("RECOGNITION_SECRET_KEY", f"is shorter than {_SECRET_MINIMUM} characters."))
    return [problem for problem in found if problem]


def _scheme(name: str, url: str, known: tuple[str, ...]) -> Problem | None:
    scheme = url.partition(":")[0]
    if scheme in known:
        return None
    return Problem(name, f"begins with “{scheme}:”; it must begin with one of {', '.join(f'{one}:' for one in known)}.")


def _own_secret(home: Path) -> str:
    """The embedded installation's secret, made on the first run and readable by its owner alone."""
    path = home / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(_SECRET_BYTES), encoding="ascii")
    return path.read_text(encoding="ascii")
