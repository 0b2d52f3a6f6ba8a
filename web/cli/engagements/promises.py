"""`recognition promises`: whose move it is everywhere, since when, by when and how late."""

from collections.abc import Iterable
from typing import Any

import click

from web.cli.context import CliContext, pass_cli
from web.cli.offer_option import of_offer
from web.cli.output import print_json, print_table, say
from web.formatting import OWNERS, short_day
from workflow.english import listed
from workflow.queries.outlines import editions_of
from workflow.queries.promise_board import Place, Waiting, board
from workflow.usecases import users


@click.command(epilog="Example: recognition promises --owner council --late")
@click.option("--owner", type=click.Choice(tuple(OWNERS)), help="Only what the council, or what schools owe.")
@click.option("--late", "late_only", is_flag=True, help="Only what is late.")
@click.option("--advisor", metavar="EMAIL", help="Only the engagements of this advisor.")
@of_offer
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def promises(
    cli: CliContext, owner: str | None, advisor: str | None, offer: str, *, late_only: bool, as_json: bool
) -> None:
    """List the promises that are open, what is late first."""
    with cli.store.reading() as session:
        advisor_id = users.actor(session, advisor).user_id if advisor else None
        edition = editions_of(session).read(offer)
        found = board(session, cli.now(), owner=owner, advisor_id=advisor_id, late_only=late_only, offer=edition)
    if as_json:
        print_json([*map(_nobodys, found.ownerless), *map(_line_json, found.lines)])
        return
    if found.lines:
        titles = ("Reference", "School", "Owner", "What", "Since", "By", "Late", "Advisor")
        print_table(titles, map(_cells, found.lines))
    else:
        say("Nothing is owed like that.")
    _say_ownerless(found.ownerless)
    if found.out_of_use:
        waiting = listed([one.reference for one in found.out_of_use])
        say(f"What {waiting} wait for cannot be said: their offer is out of use. “recognition doctor” says why.")


def _say_ownerless(ownerless: Iterable[Place]) -> None:
    references = [one.reference for one in ownerless]
    if references:
        say(f"Nobody owes the next move of {listed(references)}. That should never be: report it.")


def _cells(line: Waiting) -> tuple[str, ...]:
    return (
        line.reference,
        f"{line.school}, {line.town}",
        line.owner,
        line.what,
        short_day(line.since),
        short_day(line.due_at),
        line.lateness,
        line.advisor,
    )


def _line_json(line: Waiting) -> dict[str, Any]:
    """`days_late` is counted in `unit`, the owner's own days; times are ISO 8601 in UTC."""
    return _place_json(line) | {
        "owner": line.owner,
        "to": line.what,
        "since": line.since.isoformat(),
        "by": line.due_at.isoformat(),
        "late": line.late,
        "days_late": line.days_late,
        "unit": line.unit,
    }


def _nobodys(place: Place) -> dict[str, Any]:
    """The same keys for an engagement that waits for nobody."""
    return _place_json(place) | dict.fromkeys(("owner", "to", "since", "by", "late", "days_late", "unit"))


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "ref": place.reference,
        "school": place.school,
        "town": place.town,
        "stage": place.stage,
        "stage_title": place.stage_title,
        "advisor": place.advisor,
    }
