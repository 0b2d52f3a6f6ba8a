"""`recognition simulate`: a school year rehearsed on a copy, before it happens to anybody."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from web.charts import rehearsal
from web.cli.arguments import DAY
from web.cli.context import CliContext, pass_cli
from web.cli.output import print_json, print_table, say
from web.cli.progress import watching
from web.cli.simulation.scenario_options import ScenarioReader
from workflow.calendar.local_time import day_told
from workflow.simulation.report import SimulationReport, report
from workflow.simulation.run import rehearse
from workflow.simulation.scenario import Scenario

_SCHOOLS, _ADVISORS = click.IntRange(1, 9999), click.IntRange(1, 50)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)
_TITLES = ("Week of", "Late: council", "Late: schools", "Done", "Most by one", "Emails", "Busiest day", "Certificates")


@click.command(epilog="Example: recognition simulate --away advisor@example.org:2027-01-11:2027-02-05 --compare")
@click.option("--schools", type=_SCHOOLS, metavar="N", help="Begin empty, and let so many schools order.")
@click.option("--advisors", type=_ADVISORS, metavar="N", default=4, help="Advisors of an empty beginning. [default: 4]")
@click.option("--from", "first", type=DAY, metavar="DAY", help="First day of an empty beginning; a copy begins now.")
@click.option("--until", type=DAY, metavar="DAY", help="The last day. [default: the next 31 July]")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed has the same outcome.")
@click.option("--nobody-acts", is_flag=True, help="Only time passes: what happens if nobody does anything.")
@click.option("--away", multiple=True, metavar="EMAIL:FIRST:LAST", help="Somebody at the council is away.")
@click.option("--no-visits", multiple=True, metavar="FIRST:LAST", help="No date for a visit is offered in these days.")
@click.option("--orders", multiple=True, metavar="N:FIRST:LAST", help="So many new orders come in in these days.")
@click.option("--offer", "code", metavar="CODE", help="Which offer new orders are for. [default: each in turn]")
@click.option("--changed", type=_FOLDER, metavar="FOLDER", help="A changed offer, in place of the installed one.")
@click.option("--habits", type=_FILE, help="How people act, if not as usual.")
@click.option("--compare", is_flag=True, help="Rehearse it without what is different too, and show both.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--svg", "picture", type=_TARGET, help="Draw it into this file.")
@pass_cli
def simulate(cli: CliContext, /, *, as_json: bool, picture: Path | None, compare: bool, **asked: Any) -> None:
    """Rehearse the time to come on a copy of the record, in memory. Nothing is written and nobody is told.

    People act as config/rehearsal/usual.toml says, and each does what the nearest way to the certificates asks for.
    Days are written 2027-03-31.
    """
    scenario = ScenarioReader(cli, asked).scenario()
    told = [_rehearsed(scenario, "Rehearsing")]
    if compare:
        told.append(_rehearsed(_as_it_is(scenario), "Rehearsing as it is"))
    if picture is not None:
        picture.write_text(rehearsal.svg(told[0], _title(scenario)), encoding="utf-8")
    if as_json:
        print_json(_as_json(scenario, told))
    else:
        _say(scenario, told)
        if picture is not None:
            say(f"Drawn in {picture}.")


def _rehearsed(scenario: Scenario, words: str) -> SimulationReport:
    with watching(words) as progress:
        return report(rehearse(scenario, progress))


def _as_it_is(scenario: Scenario) -> Scenario:
    """Without anything that was asked to be different; orders of an empty beginning stay."""
    kept = tuple(one for one in scenario.orders if not one.different)
    return replace(scenario, absences=(), no_visits=(), changed=None, orders=kept)


def _title(scenario: Scenario) -> str:
    return f"Rehearsal from {day_told(scenario.start)} to {day_told(scenario.end)}"


def _as_json(scenario: Scenario, told: list[SimulationReport]) -> dict[str, Any]:
    """Times are ISO 8601 in UTC."""
    whole = {
        "from": scenario.start.isoformat(),
        "until": scenario.end.isoformat(),
        "seed": scenario.seed,
        **told[0].as_json(),
    }
    return whole | ({"as_it_is": told[1].as_json()} if len(told) > 1 else {})


def _say(scenario: Scenario, told: list[SimulationReport]) -> None:
    say(f"{_title(scenario)}, seed {scenario.seed}. Nothing was written and nobody was told.")
    say()
    titles = ("", "Rehearsed", "As it is") if len(told) > 1 else ("", "Rehearsed")
    print_table(
        titles, [(words.capitalize(), *(f"{one.summary[words]:,}" for one in told)) for words in told[0].summary]
    )
    print_table(
        _TITLES,
        [
            (
                week.monday,
                week.late["council"],
                week.late["school"],
                sum(week.acts.values()),
                max(week.acts.values(), default=0),
                week.emails,
                week.busiest,
                week.certificates,
            )
            for week in told[0].weeks
        ],
    )
    for sentence in told[0].refused:
        say(f"Could not be done: {sentence}")
