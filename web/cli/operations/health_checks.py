"""What makes an installation healthy, check by check. Each says what it found, or what to do."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from sqlalchemy import func, select

from web.cli.arguments import offers_in
from web.cli.context import CliContext, is_current
from workflow.calendar.local_time import in_figures
from workflow.domain.actor import ROLE_TITLES
from workflow.english import count_of, listed
from workflow.errors import WorkflowError
from workflow.offer.check import check
from workflow.queries.held_up import HeldUp, list_held_up
from workflow.queries.outbox import count_stuck, oldest_due
from workflow.queries.outlines import outlines_of
from workflow.queries.vital_signs import tell
from workflow.store.outbox import access_letters
from workflow.store.tables.timer import ArmedTimer
from workflow.usecases.accounts import members
from workflow.usecases.offers.following import follow

_PATIENCE = timedelta(minutes=5)
_SECONDS_TO_ANSWER = 3
_TOLD = 5
_LOOKS = {"name": "COUNCIL", "header": "HEADER_COLOUR", "accent": "ACCENT_COLOUR"}
_PORTS = {"redis": 6379, "rediss": 6379, "smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    ok: bool
    sentence: str


class Wrong(Exception):
    """A check failed; the message says what to do."""


def run(cli: CliContext) -> Iterator[Finding]:
    """Every check whose ground is sound: what rests on something broken would only say the same again."""
    broken: set[str] = set()
    for name, examine in _CHECKS.items():
        if broken & _RESTS_ON.get(name, {"settings"}):
            continue
        try:
            yield Finding(name, ok=True, sentence=examine(cli))
        except (Wrong, WorkflowError) as wrong:
            broken.add(name)
            yield Finding(name, ok=False, sentence=str(wrong))


def _settings(cli: CliContext) -> str:
    return f"read; home is {cli.settings.home}."


def _home(cli: CliContext) -> str:
    try:
        with TemporaryFile(dir=cli.settings.home):
            return "can be written to."
    except OSError as error:
        raise Wrong(f"{cli.settings.home} cannot be written to ({error.strerror}). Give this user the right.") from None


def _look(cli: CliContext) -> str:
    """The council's own; the settings were refused if its colours could not be read."""
    usual = [f"RECOGNITION_{_LOOKS[what]}" for what in cli.settings.look.usual]
    if not usual:
        return "the council’s name and colours are its own."
    return f"still as they came: {listed(usual)}. Set them to the council’s own name and colours."


def _contacts(cli: CliContext) -> str:
    """Whom people are told to turn to."""
    usual = [f"RECOGNITION_{name.upper()}" for name in cli.settings.contacts.usual]
    if not usual:
        return "the pages for everybody say whom to turn to."
    told = f"still as they came: {listed(usual)}. Set them to what the council’s own pages say"
    return f"{told}; until then people are told to write to {cli.settings.contacts.email}."


def _offers(cli: CliContext) -> str:
    known = offers_in(cli)
    offers = list(known)
    if not offers and not known.faults:
        raise Wrong(f"There is no offer in {cli.settings.offers}. Put one there, or correct RECOGNITION_OFFERS.")
    faults = [f"{folder}: {sentence}" for folder, sentence in known.faults.items()]
    faults += [f"{'-'.join(offer.key)}: {sentence}" for offer in offers for sentence in check(offer)]
    faults += [f"{name}: {sentence}" for name, sentence in _not_followed(cli).items() if name not in known.faults]
    if faults:
        raise Wrong(f"{count_of(len(faults), 'fault')}; “recognition offer check” lists them. The first: {faults[0]}")
    return f"{count_of(len(offers), 'offer')}, sound."


def _not_followed(cli: CliContext) -> dict[str, str]:
    """Where the installation follows its folder: what stands there and is not what is installed."""
    folders = cli.settings.offer_folders
    return follow(cli.unchecked_store, folders.source, cli.now()) if folders.follow else {}


def _database(cli: CliContext) -> str:
    where = cli.unchecked_store.engine.url.render_as_string(hide_password=True)
    if not is_current(cli.unchecked_store):
        raise Wrong(f"{where} answers, but its tables are not up to date. Run “recognition db upgrade”.")
    if cli.settings.embedded:
        return (
            f"{where} answers and is up to date. Save it with “recognition backup”: a copy of the file can be broken."
        )
    return f"{where} answers and is up to date."


def _keys(cli: CliContext) -> str:
    file = cli.settings.keys
    known = len(file().keys)
    if not file.is_private():
        raise Wrong(f"{file.path} can be read by others, who could write another history. Say “chmod 600 {file.path}”.")
    return f"{count_of(known, 'key')} of the history in {file.path}, readable by its owner alone."


def _accounts(cli: CliContext) -> str:
    """On the open network, nobody should get in by a password alone."""
    with cli.store.reading() as session:
        open_accounts = [one for one in members.everyone(session) if one.disabled_at is None]
        unsent = access_letters.count_dead(session)
    if unsent:
        raise Wrong(
            f"{count_of(unsent, 'letter')} about getting in could not be sent. Invite them again, or call them."
        )
    bare = sorted({one.role for one in open_accounts} - set(cli.settings.second_factor))
    if bare and cli.settings.secure:
        roles = listed([ROLE_TITLES[role] for role in bare])
        raise Wrong(f"A password alone lets in {roles}. Set RECOGNITION_SECOND_FACTOR=all, or leave it out.")
    admins = sum(one.role == "admin" for one in open_accounts)
    told = count_of(admins, "administrator") if admins else "no administrator; the console looks after accounts"
    return f"{count_of(len(open_accounts), 'account')} open, {told}."


def _queue(cli: CliContext) -> str:
    url = urlsplit(cli.settings.broker_url)
    if url.scheme == "filesystem":
        return "kept in folders under home."
    advice = "Start Redis, or correct RECOGNITION_BROKER_URL. Meanwhile nothing is lost; it waits in the outbox."
    return _answers(url.hostname or "localhost", url.port or _PORTS[url.scheme], advice)


def _mail(cli: CliContext) -> str:
    url = urlsplit(cli.settings.mail_url)
    if url.scheme == "maildir":
        return f"put into the Maildir {url.path}; nothing leaves this machine."
    if not url.hostname:
        raise Wrong("RECOGNITION_MAIL_URL names no host. Write it like smtp://user:password@mail.example.org:587.")
    return _answers(url.hostname, url.port or _PORTS[url.scheme], "Start it, or correct RECOGNITION_MAIL_URL.")


def _answers(host: str, port: int, advice: str) -> str:
    try:
        socket.create_connection((host, port), _SECONDS_TO_ANSWER).close()
    except OSError as error:
        raise Wrong(f"{host}:{port} does not answer ({error.strerror or error}). {advice}") from None
    return f"{host}:{port} answers."


def _held_up(cli: CliContext) -> str:
    with cli.store.reading() as session:
        found = list_held_up(session, outlines_of(session))
    if found:
        told = " ".join(f"Held up: {one.what}. {one.sentence}{_when(one)}" for one in found[:_TOLD])
        raise Wrong(told if len(found) <= _TOLD else f"{told} And {count_of(len(found) - _TOLD, 'other')}.")
    return "nothing is held up."


def _when(one: HeldUp) -> str:
    return f" Tried again at {in_figures(one.next_try)}." if one.next_try else ""


def _stuck(cli: CliContext) -> str:
    with cli.store.reading() as session:
        stuck = count_stuck(session)
    if stuck:
        raise Wrong(f"{count_of(stuck, 'effect')} given up. See “recognition outbox list --status dead”.")
    return "nothing is stuck."


def _pulse(cli: CliContext) -> str:
    with cli.store.reading() as session:
        found = tell(session, cli.now())
    if found is None:
        return "nothing has been at work here yet."
    if found.stalled:
        since = count_of(round(found.age), "second")
        raise Wrong(f"Nothing has been delivered for {since}. Start the workers and beat, or look into their logs.")
    return f"felt {count_of(round(found.age), 'second')} ago; a beat takes {found.took:.1f} s."


def _waiting(cli: CliContext) -> str:
    now = cli.now()
    with cli.store.reading() as session:
        since = oldest_due(session, now)
    if since and now - since > _PATIENCE:
        minutes = int((now - since).total_seconds() // 60)
        waited = count_of(minutes, "minute")
        raise Wrong(f"An effect has been due for {waited}. Is the worker running? “recognition tick” delivers by hand.")
    return "nothing has been due for more than a few minutes."


def _timers(cli: CliContext) -> str:
    late = cli.now() - _PATIENCE
    with cli.store.reading() as session:
        overdue = session.scalar(
            select(func.count(ArmedTimer.id)).where(ArmedTimer.status == "armed", ArmedTimer.due_at < late)
        )
    if overdue:
        raise Wrong(f"{count_of(overdue, 'timer')} overdue. Is beat running? “recognition tick” fires them by hand.")
    return "none is overdue."


_CHECKS: dict[str, Callable[[CliContext], str]] = {
    "settings": _settings,
    "home folder": _home,
    "look": _look,
    "contacts": _contacts,
    "offers": _offers,
    "database": _database,
    "history's keys": _keys,
    "accounts": _accounts,
    "queue": _queue,
    "mail": _mail,
    "held up": _held_up,
    "pulse": _pulse,
    "stuck effects": _stuck,
    "waiting effects": _waiting,
    "timers": _timers,
}
#: What a check needs, where that is more than the settings.
_RESTS_ON = {
    "history's keys": {"settings", "database"},
    "held up": {"settings", "database"},
    "pulse": {"settings", "database"},
    "stuck effects": {"settings", "database"},
    "waiting effects": {"settings", "database"},
    "timers": {"settings", "database"},
    "accounts": {"settings", "database"},
}
