"""How the console speaks: sentences, tables, JSON. `progress` shows how far long work has come.

Answers go to standard output, everything else to standard error. Text from people is never read as markup.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workflow.english import count_of
from workflow.errors import BadInput, Problem, Refused, WorkflowError

#: How wide a table may be where nobody said how wide a line is: in a file or a pipe.
_WIDE = 220
_PROBLEMS_SHOWN = 50
#: Control characters could move the cursor or recolour a terminal; they are shown as nothing.
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))


def say(sentence: str = "") -> None:
    click.echo(sentence.translate(_CONTROL))


def complain(sentence: str) -> None:
    click.echo(sentence.translate(_CONTROL), err=True)


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_table(titles: Sequence[str], rows: Iterable[Sequence[object]], *, err: bool = False) -> None:
    """A table for people; programs use --json."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell).translate(_CONTROL)) for cell in row))
    console = Console(stderr=err, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(table)


def print_problems(problems: Sequence[Problem], *, err: bool = False) -> None:
    print_table(("Where", "What is wrong"), ((one.where, one.sentence) for one in problems[:_PROBLEMS_SHOWN]), err=err)
    if len(problems) > _PROBLEMS_SHOWN:
        complain(f"… and {len(problems) - _PROBLEMS_SHOWN:,} more; --json lists them all.")


def explain(error: WorkflowError) -> None:
    """Why a command did not do what it was asked."""
    match error:
        case Refused(reasons=reasons):
            complain(f"“{error.trigger}” is refused for {count_of(len(reasons), 'reason')}:")
            for reason in reasons:
                complain(f"  - {reason.sentence}")
        case BadInput(problems=problems) if problems:
            complain(error.sentence)
            print_problems(problems, err=True)
        case _:
            complain(str(error))
