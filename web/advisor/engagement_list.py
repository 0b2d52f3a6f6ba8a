"""The list an advisor begins the day with: what is due, what is late, what is stuck."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.standing import STANDINGS
from workflow.engine.catalogue import offers_of
from workflow.queries.engagement_list import EngagementRow, list_engagements
from workflow.queries.held_up import list_held_up
from workflow.queries.outlines import outlines_of

bp = Blueprint("engagements", __name__, url_prefix="/advisor")
_FIND_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """The state of the whole list in a few numbers."""

    active: int
    council: int
    council_late: int
    school: int
    school_late: int
    stuck: int


@bp.get("/")
@access.council(*COUNCIL_ROLES)
def listed() -> str:
    now = here().clock()
    with here().store.reading() as db:
        stages = _stages(db)
        chosen = _chosen(stages)
        everything = list_engagements(db, now)
        lines = list_engagements(db, now, **chosen) if any(chosen.values()) else everything
        held_up = list_held_up(db, outlines_of(db))
    return render_template(
        "advisor/engagements.html",
        lines=lines,
        held_up=held_up,
        total=len(everything),
        counts=_counts(everything),
        stages=stages,
        chosen=chosen,
        user=access.current_user(),
    )


def _stages(db: Session) -> dict[str, str]:
    return {stage.name: stage.title for offer in offers_of(db) for stage in offer.stages}


def _chosen(stages: dict[str, str]) -> dict[str, Any]:
    """What the filter asks for; a word nobody knows asks for nothing."""
    stage, standing = request.args.get("stage", ""), request.args.get("standing", "")
    return {
        "stage": stage if stage in stages else None,
        "standing": standing if standing in STANDINGS else None,
        "find": request.args.get("find", "").strip()[:_FIND_LIMIT],
    }


def _counts(lines: Iterable[EngagementRow]) -> Counts:
    lines = list(lines)
    owed = [line.promise for line in lines if line.promise]
    return Counts(
        active=sum(line.standing == "active" for line in lines),
        council=sum(one.owner == "council" for one in owed),
        council_late=sum(one.owner == "council" and one.late for one in owed),
        school=sum(one.owner == "school" for one in owed),
        school_late=sum(one.owner == "school" and one.late for one in owed),
        stuck=sum(line.stuck or bool(line.trouble) for line in lines),
    )
