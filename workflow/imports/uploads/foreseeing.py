"""What bringing in a file would do to the world, told before it is done: the same words as for a step."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow.acts.act import Done, occasion
from workflow.acts.ahead.foreseen import Foreseen, foreseen, owed_by
from workflow.domain.actor import Actor
from workflow.english import count_of
from workflow.imports.findings import ImportReport
from workflow.mail.signed_links import Links
from workflow.store import lookups
from workflow.store.tables.uploads.upload import Upload


def foresee(
    session: Session, upload: Upload, report: ImportReport, links: Links, *, actor: Actor, now: datetime
) -> Foreseen:
    """It has been brought in, in this session. A staff list is about one engagement, which may move by it; other files
    are about many, and what is brought in can be taken back as long as nothing rests on it."""
    says = count_of(report.added, report.noun) + (" is added" if report.added == 1 else " are added")
    words = f"{says}, {report.changed} changed." if report.changed else f"{says}."
    if upload.kind == "staff":
        on = occasion(session, lookups.engagement_id(session, upload.about), actor=actor, now=now)
        return foreseen(on, Done(words), links)
    return owed_by(session, (words,), links, now)
