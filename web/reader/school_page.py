"""One engagement of one of a reader's schools."""

from typing import NamedTuple

from flask import Blueprint, render_template

from web import access
from web.app_state import here
from web.formatting import PARTICIPANTS
from workflow.queries.readers.one_school import OneSchool, one_school
from workflow.usecases.accounts.readers import scope

bp = Blueprint("reader_school", __name__, url_prefix="/schools")


class Step(NamedTuple):
    """One stage: done, current or to come."""

    title: str
    state: str


@bp.get("/<reference:reference>")
@access.reader_session
def show(reference: str) -> str:
    """Raises NotFound for any school that is not theirs to read about."""
    reader, now = access.current_reader(), here().clock()
    with here().store.reading() as db:
        view = one_school(db, reader.id, reference, now)
        whose = scope.told(db, [reader])[reader.id]
    return render_template(
        "reader/school.html",
        view=view,
        case=view.engagement,
        reader=reader,
        whose=whose,
        steps=_steps(view),
        points={words: view.points[status] for status, words in PARTICIPANTS.items() if status in view.points},
    )


def _steps(view: OneSchool) -> list[Step]:
    numbers = view.offer.stage_number
    here_now = numbers[view.engagement.stage]
    done = here_now + 1 if view.offer.stage[view.engagement.stage].final else here_now
    states = (
        "done" if number < done else "current" if number == here_now else "to come" for number in range(len(numbers))
    )
    return [Step(stage.title, state) for stage, state in zip(view.offer.stages, states, strict=True)]
