"""A command for each act: its reference, what it is about, what it asks for, and who does it.

Groups add the acts of their own files, so that a command loads no more than it needs. What asks in a shape of its own
(triggers, undo, bulk work) is written by hand beside its group, and does the same act.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from web.cli.act_fields import params_of, values_of
from web.cli.arguments import acting, asked
from web.cli.context import CliContext, pass_cli
from web.cli.output import say
from web.cli.status_line import say_where_it_is
from workflow.acts.act import Act, occasion, perform

#: The word after the reference, by what an act is about.
_SUBJECTS: Mapping[str, str] = {
    "meeting": "kind",
    "judged_meeting": "kind",
    "person": "email",
    "certificate": "serial",
    "action": "number",
    "contact": "contact",
    "proposal": "number",
}
Agrees = Callable[[Mapping[str, Any]], None]


def add_acts(group: click.Group, acts: Iterable[Act]) -> None:
    """Those acts whose command is one of this group and is not there yet."""
    for act in acts:
        path, _, name = act.command.rpartition(" ")
        if path == group.name and name not in group.commands:
            group.add_command(command_of(act))


def command_of(act: Act, agrees: Agrees = lambda _given: None) -> click.Command:
    """`agrees` raises UsageError about options that make no sense together."""

    @pass_cli
    def run(cli: CliContext, /, ref: str, email_of_actor: str | None, **given: Any) -> None:
        agrees(given)
        with cli.store.writing() as session:
            engagement_id, who = asked(session, cli, ref, email_of_actor)
            on = occasion(session, engagement_id, **who)
            about = {name: given[name] for name in subject}
            done = perform(act, on, **about, **values_of(act.fields, given, on))
            say(done.console or done.page)
        for one in (engagement_id,) if done.where is None else done.where:
            say_where_it_is(cli, one)

    subject = [_SUBJECTS[act.about]] if act.about in _SUBJECTS else []
    params: list[click.Parameter] = [click.Argument(["ref"]), *map(_subject, subject)]
    params += [param for field in act.fields for param in params_of(field)]
    example = f"Example: recognition {act.command} {act.example}"
    name = act.command.rpartition(" ")[2]
    return acting_last(click.Command(name, callback=run, params=params, help=act.help, epilog=example))


def acting_last(command: click.Command) -> click.Command:
    """With the option --as behind all others."""
    (option,) = acting(click.Command("as")).params
    command.params.append(option)
    return command


def _subject(name: str) -> click.Argument:
    return click.Argument([name], type=click.IntRange(min=1) if name == "number" else None)
