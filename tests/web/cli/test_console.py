"""The rest of the console: help for everything, people, health, and a broken house."""

from collections.abc import Iterator

import click
import pytest

from tests.web.cli.conftest import PASSWORD, Typist
from web.cli.console import LastDoor, recognition
from web.cli.context import CliContext, pass_cli
from web.cli.lazy_group import LazyGroup


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None, name
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


EVERY = {(): recognition, **dict(commands(recognition))}
GROUPS = {path: command for path, command in EVERY.items() if isinstance(command, click.Group)}
ALL = {path: command for path, command in EVERY.items() if path not in GROUPS}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself_with_an_example(bare: Typist, path: tuple[str, ...]) -> None:
    said = bare.do(*path, "--help")
    assert ALL[path].help
    assert f"Example: recognition {' '.join(path)}" in " ".join(said.split())


@pytest.mark.parametrize("path", GROUPS, ids=" ".join)
def test_a_list_of_commands_says_what_each_says_of_itself(path: tuple[str, ...]) -> None:
    """A list is made without its commands, so the two could come apart."""
    group = GROUPS[path]
    for name, (_, sentence) in group.deferred.items() if isinstance(group, LazyGroup) else ():
        listed = click.Command(name, help=sentence).get_short_help_str(1000)
        assert listed == EVERY[*path, name].get_short_help_str(1000)
        assert EVERY[*path, name].name == name


def test_people_are_added_and_listed(typist: Typist) -> None:
    typist.do("user", "add", "jo@example.org", "--role", "advisor", "--name", "Jo Tonkin", given=f"{PASSWORD}\n" * 2)
    told = {one["email"]: one for one in typist.ask("user", "list")}
    assert told["jo@example.org"] == {
        "email": "jo@example.org",
        "name": "Jo Tonkin",
        "role": "advisor",
        "disabled": False,
        "signed_in_at": None,
        "in_offers": {},
    }
    assert "lead advisor" in typist.do("user", "list")


def test_people_are_changed_closed_and_opened_again(typist: Typist) -> None:
    typist.do("user", "invite", "jo@example.org", "--role", "advisor", "--name", "Jo Tonkin")
    assert "lead advisor" in typist.do("user", "change", "jo@example.org", "--role", "lead_advisor")
    told = typist.do("user", "change", "jo@example.org", "--in", "mentoring=assessor")
    assert told == "Jo Tonkin (jo@example.org) may sign in as lead advisor, in mentoring assessor.\n"
    assert "lead advisor, in mentoring assessor" in typist.do("user", "list")
    assert [one["in_offers"] for one in typist.ask("user", "list") if one["in_offers"]] == [{"mentoring": "assessor"}]
    assert "says no role" in typist.type("user", "change", "jo@example.org", "--in", "mentoring").output
    assert typist.do("user", "change", "jo@example.org", "--in", "mentoring=").endswith("as lead advisor.\n")
    assert "every session of theirs has ended" in typist.do("user", "disable", "jo@example.org")
    assert {one["email"] for one in typist.ask("user", "list") if one["disabled"]} == {"jo@example.org"}
    assert "may sign in again" in typist.do("user", "enable", "jo@example.org")
    assert "new password" in typist.do("user", "reset", "jo@example.org", "--password-stdin", given=f"{PASSWORD}\n")
    assert "jo.b@example.org" in typist.do("user", "change", "jo@example.org", "--email", "jo.b@example.org")
    typist.do("user", "change", "jo.b@example.org", "--email", "jo@example.org")
    assert typist.type("user", "change", "jo@example.org").exit_code == 6
    assert typist.type("user", "disable", "nobody@example.org").exit_code == 5


def test_a_short_password_is_refused(typist: Typist) -> None:
    words = ("user", "add", "jo@example.org", "--role", "advisor", "--name", "Jo", "--password-stdin")
    assert typist.type(*words, given="short\n").exit_code == 6


def test_a_healthy_installation_is_called_healthy(typist: Typist) -> None:
    found = typist.ask("doctor")
    assert {one["check"] for one in found} >= {"settings", "offers", "database", "queue", "mail", "timers"}
    assert all(one["ok"] for one in found)


def test_a_password_alone_on_the_open_network_is_called_wrong(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOGNITION_SECOND_FACTOR", "admin")
    assert all(one["ok"] for one in typist.ask("doctor"))
    monkeypatch.setenv("RECOGNITION_HASH_COST", "usual")
    monkeypatch.setenv("RECOGNITION_BASE_URL", "https://recognition.example.org")
    told = typist.type("doctor")
    assert told.exit_code == 8
    assert "A password alone lets in lead advisor. Set RECOGNITION_SECOND_FACTOR=all" in " ".join(told.stdout.split())


def test_a_look_that_is_still_as_it_came_is_told(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> str:
        return next(str(one["sentence"]) for one in typist.ask("doctor") if one["check"] == "look")

    monkeypatch.setenv("RECOGNITION_ACCENT_COLOUR", "#8A1C5A")
    assert told().startswith("still as they came: RECOGNITION_COUNCIL and RECOGNITION_HEADER_COLOUR.")
    monkeypatch.setenv("RECOGNITION_COUNCIL", "Devon County Council")
    monkeypatch.setenv("RECOGNITION_HEADER_COLOUR", "#3b1247")
    assert told() == "the council’s name and colours are its own."


def test_whom_people_turn_to_is_told_while_it_is_still_as_it_came(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        return next(str(one["sentence"]) for one in typist.ask("doctor") if one["check"] == "contacts")

    assert "RECOGNITION_HELP_EMAIL, RECOGNITION_HELP_TELEPHONE" in told()
    assert told().endswith("until then people are told to write to recognition@example.org.")
    for name, value in (
        ("HELP_EMAIL", "help@x.example.org"),
        ("HELP_TELEPHONE", "01872 000000"),
        ("COUNCIL_ADDRESS", "County Hall, Truro"),
        ("DATA_PROTECTION_EMAIL", "dpo@x.example.org"),
        ("SECURITY_EMAIL", "holes@x.example.org"),
        ("ACCESSIBILITY_REVIEWED", "2027-01-31"),
    ):
        monkeypatch.setenv(f"RECOGNITION_{name}", value)
    assert told() == "the pages for everybody say whom to turn to."


def test_what_waits_too_long_is_found(staffed: Typist) -> None:
    result = staffed.later(days=30).type("doctor")
    assert result.exit_code == 8
    assert "An effect has been due for" in result.stdout
    assert "2 timers overdue. Is beat running?" in result.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RECOGNITION_MAIL_URL", "smtp://127.0.0.1:1", "127.0.0.1:1 does not answer"),
        ("RECOGNITION_BROKER_URL", "redis://127.0.0.1:1/0", "Start Redis, or correct RECOGNITION_BROKER_URL."),
        (
            "RECOGNITION_DATABASE_URL",
            "sqlite:////no/such/folder/x.db",
            "does not answer: unable to open database file.",
        ),
    ],
)
def test_what_does_not_answer_is_named(
    typist: Typist, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    result = typist.type("doctor")
    assert (result.exit_code, said in result.stdout) == (8, True), result.stdout


def test_a_setting_that_cannot_be_used_is_named(bare: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOGNITION_MAIL_URL", "pigeon://roof")
    result = bare.type("user", "list")
    assert (result.exit_code, "RECOGNITION_MAIL_URL" in result.stderr) == (6, True)


def test_what_is_owed_is_listed(staffed: Typist, ref: str) -> None:
    owed = staffed.ask("outbox", "list")
    assert {one["ref"] for one in owed} == {ref}
    assert owed[0].keys() >= {"id", "kind", "name", "recipient", "status", "attempts", "due_at", "trouble"}
    assert "email “welcome”" in staffed.do("outbox", "list", "--status", "owed")
    assert staffed.do("outbox", "list", "--status", "dead") == "Nothing is owed.\n"
    assert staffed.type("outbox", "retry", str(owed[0]["id"])).exit_code == 4
    assert staffed.type("outbox", "drop", str(owed[0]["id"]), "--why", "By hand").exit_code == 4


@click.group(cls=LastDoor)
@click.pass_context
def broken(ctx: click.Context) -> None:
    """A console with a defect in it."""
    ctx.ensure_object(CliContext)


@broken.command()
@pass_cli
def go(cli: CliContext) -> None:
    raise ZeroDivisionError(f"in {cli.settings.home}")


def test_1_a_defect_becomes_a_sentence_and_a_log(bare: Typist) -> None:
    log = bare.home / "recognition.log"
    result = bare.runner.invoke(broken, ["go"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Something went wrong that should not. It is written down in {log}; please report it.\n"
    assert "ZeroDivisionError" in log.read_text()


def test_1_a_defect_that_cannot_be_written_down_is_a_sentence_all_the_same(bare: Typist) -> None:
    (bare.home / "recognition.log").mkdir()
    result = bare.runner.invoke(broken, ["go"])
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert "(ZeroDivisionError), and it cannot be written down" in result.stderr
