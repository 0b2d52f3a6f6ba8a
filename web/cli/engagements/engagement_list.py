"""`recognition engagement list`: what an advisor looks at many times a day."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from web.cli.context import CliContext, pass_cli
from web.cli.offer_option import of_offer
from web.cli.output import print_json, print_table, say
from workflow.domain.plain_words import plain
from workflow.domain.standing import STANDINGS
from workflow.english import count_of, listed
from workflow.offer.installed.editions import Edition
from workflow.queries.lists import engagement_list
from workflow.queries.lists.engagement_list import EngagementRow
from workflow.queries.lists.search import search
from workflow.queries.lists.trusts import trusts_of
from workflow.queries.lists.wanted import Wanted
from workflow.queries.outlines import editions_of


@click.command(name="list", epilog="Example: recognition engagement list --stage training_1 --standing active")
@click.option("--stage", metavar="STAGE", help="Only those at this stage.")
@click.option("--standing", type=click.Choice(STANDINGS), help="Only those of this standing.")
@click.option("--trust", default="", metavar="TRUST", help="Only schools of this trust, by its name or code.")
@of_offer
@click.option("--find", default="", metavar="TEXT", help="Find a reference, school, postcode or person.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_cli
def list_(cli: CliContext, /, *, find: str, as_json: bool, **asked: Any) -> None:
    """List engagements: what is due first, or what is likeliest meant."""
    with cli.outlined_store.reading() as session:
        lines = _found(session, cli.now(), _wanted(session, **asked), find)
    if as_json:
        print_json([_line_json(line) for line in lines])
    elif lines:
        print_table(("Reference", "School", "Stage", "Standing", "Next", "Trouble"), map(_cells, lines))
    else:
        say("There are no engagements like that.")


def _wanted(session: Session, *, stage: str | None, standing: str | None, trust: str, offer: str) -> Wanted:
    edition = editions_of(session).read(offer)
    _refuse_unknown_stage(session, stage, edition)
    return Wanted(stage=stage, standing=standing, trust=_trust(session, trust), offer=edition)


def _found(session: Session, now: datetime, wanted: Wanted, find: str) -> list[EngagementRow]:
    if not find.strip():
        return [*engagement_list.every(session, now, wanted)]
    found = search(session, find, wanted.offer)
    return [*engagement_list.these(session, now, wanted, (one.id for one in found.matches))]


def _refuse_unknown_stage(session: Session, stage: str | None, offer: Edition | None) -> None:
    known = editions_of(session).stages(offer)
    if stage is not None and stage not in known:
        where = f" in {offer.code}" if offer else ""
        among = ", ".join(known)
        raise click.BadParameter(f"there is no stage “{stage}”{where}; choose from {among}.", param_hint="--stage")


def _trust(session: Session, given: str) -> str | None:
    """The code of a trust, by its name or code. None if none is asked for."""
    if not given:
        return None
    known, asked = trusts_of(session), plain(given)
    found = [code for code, name in known.items() if asked in (plain(code), plain(name))]
    if not found:
        among = listed([*known.values()], "or") if known else "the register names no trust of a school taking part"
        raise click.BadParameter(f"there is no trust “{given}” here; choose from {among}.", param_hint="--trust")
    return found[0]


def _cells(line: EngagementRow) -> tuple[str, ...]:
    return (
        line.reference,
        f"{line.school}, {line.town}",
        f"{line.stage_title} ({line.stage_number} of {line.stages})" if line.stages else line.stage_title,
        line.standing.replace("_", " "),
        _next(line),
        " ".join(_troubles(line)),
    )


def _troubles(line: EngagementRow) -> Iterator[str]:
    if line.stuck:
        yield f"{count_of(line.stuck, 'message')} stuck."
    if line.trouble:
        yield line.trouble


def _next(line: EngagementRow) -> str:
    if line.promise is None:
        return ""
    late = " (late)" if line.promise.late else ""
    return f"{line.promise.owner}: {line.promise.to} by {line.promise.day}{late}"


def _line_json(line: EngagementRow) -> dict[str, Any]:
    promise = line.promise
    return {
        "ref": line.reference,
        "school": line.school,
        "town": line.town,
        "trust": line.trust,
        "offer": line.offer.replace(" ", "-"),
        "stage": line.stage,
        "stage_title": line.stage_title,
        "standing": line.standing,
        "advisor": line.advisor,
        "promise": promise
        and {"owner": promise.owner, "to": promise.to, "by": _iso(promise.due_at), "late": promise.late},
        "stuck": line.stuck,
        "trouble": line.trouble,
        "unsent": line.unsent,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat()
