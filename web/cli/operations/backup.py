"""`recognition backup` and `recognition restore`: everything in one file, and back into an empty home."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import click

from web.cli.context import CliContext, is_current, pass_cli
from web.cli.output import say
from web.cli.progress import watching
from web.store import open_store
from workflow.backup.archive import Manifest, Reader
from workflow.backup.restore import catch_up, list_held, restore
from workflow.backup.save import save
from workflow.calendar.local_time import moment_told
from workflow.english import count_of
from workflow.errors import BadInput, CheckFailed
from workflow.queries.audit import verify
from workflow.store import migrate
from workflow.store.session import Store
from workflow.store.tables.offers.offer_file import OfferFile
from workflow.usecases.offers import revisions

_OFFERS, _SECRET, _KEYS = "offers", "secret_key", "history_keys"


@click.command(name="backup", epilog="Example: recognition backup recognition-26-november.zip")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-keys", is_flag=True, help="Put the history's keys into FILE too.")
@pass_cli
def backup_command(cli: CliContext, file: Path, *, with_keys: bool) -> None:
    """Save the whole record into FILE, while everything runs.

    That is the database with all files and certificates, the offers and the secret.

    FILE holds personal data and the secret that signs links. Keep it where nobody else can read it. The keys that
    history is sealed with are not in it, or whoever has the backup could write another history: keep them apart.
    """
    manifest = save(cli.store, file, _files(cli, with_keys=with_keys), program=version("recognition"), now=cli.now())
    say(f"Saved into {file}: {_told(manifest)}. Keep it where nobody else can read it.")


@click.command(name="restore", epilog="Example: recognition restore recognition-26-november.zip")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_cli
def restore_command(cli: CliContext, file: Path) -> None:
    """Bring a backup back into an empty home, on either database. What was owed waits until you say that it may go."""
    reader = Reader(file)
    reader.prove()
    _bring_back_keys(cli, reader)
    store = cli.unchecked_store
    if not is_current(store):
        migrate.upgrade(store.engine)
    with watching("Restoring") as told:
        manifest = restore(store, reader, told)
    _bring_back_secret(cli, reader)
    offers = _bring_back_offers(cli, reader)
    reader.close()
    caught_up = open_store(replace(cli.settings, offers=offers))
    catch_up(caught_up, cli.now())
    made_at = datetime.fromisoformat(manifest.made_at)
    say(f"Restored from {file}, as it was on {moment_told(made_at)}: {_told(manifest)}.")
    say("Every table and every file has the hash it was saved with.")
    for sentence in (_offers_told(cli, caught_up, offers), *_history_told(caught_up), *_held_told(caught_up)):
        say(sentence)
    caught_up.close()


def _told(manifest: Manifest) -> str:
    rows, files = sum(manifest.rows.values()), sum(name.startswith(_OFFERS) for name in manifest.hashes)
    files += manifest.rows[OfferFile.__tablename__]
    return f"{count_of(rows, 'row')} of {count_of(len(manifest.rows), 'table')}, {count_of(files, 'file')} of offers"


def _files(cli: CliContext, *, with_keys: bool) -> Iterator[tuple[str, bytes]]:
    """Offers are in the record, unless none was ever installed."""
    with cli.store.reading() as session:
        is_run_from_folder = revisions.newest(session) == 0
    if is_run_from_folder:
        yield from _offers(cli.settings.offers)
    secret = cli.settings.home / _SECRET
    if secret.exists():
        yield _SECRET, secret.read_bytes()
    if with_keys:
        yield _KEYS, cli.settings.keys.path.read_bytes()


def _offers(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        if name.encode(errors="ignore").decode() == name:  # what has no name in letters is no part of an offer
            yield f"{_OFFERS}/{name}", path.read_bytes()


def _bring_back_keys(cli: CliContext, reader: Reader) -> None:
    """Raises CheckFailed where there are none: what is owed from now on has to be sealed as well."""
    keys = cli.settings.keys
    if keys.exists():
        return
    if _KEYS not in reader.manifest.hashes:
        raise CheckFailed(
            f"The keys that this history is sealed with are not in the backup, and not in {keys.path}. Bring the file "
            "there from where you keep it, then restore once more. If it is lost, “recognition keys make” makes a new "
            "key first; what the lost one sealed can then not be checked any more."
        )
    keys.path.touch(mode=0o600)
    keys.path.write_bytes(reader.read(_KEYS))


def _bring_back_secret(cli: CliContext, reader: Reader) -> None:
    """Links in emails and certificates' numbers were made with it."""
    if _SECRET in reader.manifest.hashes:
        path = cli.settings.home / _SECRET
        path.touch(mode=0o600)
        path.write_bytes(reader.read(_SECRET))


def _bring_back_offers(cli: CliContext, reader: Reader) -> Path:
    """Their folder. They are laid into home where they are not the installed ones."""
    installed = cli.settings.offers
    if all(_same(installed / name, content) for name, content in reader.under(_OFFERS)):
        return installed
    folder = cli.settings.home / _OFFERS
    for name, content in reader.under(_OFFERS):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise BadInput(
                f"{path} cannot be written ({error.strerror}). Make room for it, then restore once more: it goes on."
            ) from None
    return folder


def _offers_told(cli: CliContext, store: Store, folder: Path) -> str:
    with store.reading() as session:
        if revisions.newest(session):
            return "Its offers came back with it, as they were installed."
    if folder == cli.settings.offers:
        return "Its offers are the ones that are installed here."
    return f"Its offers are not the ones installed here. They are in {folder}: set RECOGNITION_OFFERS to that folder."


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and sha256(path.read_bytes()).digest() == sha256(content).digest()


def _history_told(store: Store) -> Iterator[str]:
    with store.reading() as session:
        found = verify(session)
    if found.faults:
        first = f"{found.faults[0].reference}: {found.faults[0].sentence}"
        raise CheckFailed(f"{first} “recognition audit verify” lists all that is wrong.")
    yield f"{count_of(found.checked, 'engagement')} checked; every history is whole."


def _held_told(store: Store) -> Iterator[str]:
    with store.reading() as session:
        held = len(list_held(session))
    if held:
        yield (
            f"{count_of(held, 'effect')} owed since the backup was made may have gone out already, and wait. Look at "
            "them with “recognition outbox list”, then say “recognition outbox retry --held”, or drop --held."
        )
    yield "Nothing that was sent is sent again. Start it with “recognition up”."
