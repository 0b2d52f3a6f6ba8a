"""A certificate before anybody is awarded it: as it would be printed today, with “SPECIMEN” across it.

It is made anew each time it is looked at. It has no number, and nothing is kept of it.
"""

from datetime import datetime

import typst
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.domain.look import Look
from workflow.engine.catalogue import offer_of
from workflow.errors import BadInput, NotFound
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.participant import Participant
from workflow.usecases.certificate_text import to_print
from workflow.usecases.printing.printer import Kind, specimen_of

#: What stands where the number will stand.
NO_NUMBER = "SPECIMEN"


def specimen(
    session: Session, engagement_id: int, participant_id: int, link: str, *, kind: Kind, council: Look, now: datetime
) -> bytes:
    """`link` is where the code on it leads, `council` how the council looks.

    Raises NotFound, or BadInput for what cannot be printed.
    """
    engagement = session.get_one(Engagement, engagement_id)
    own = select(Participant.id).where(Participant.id == participant_id, Participant.engagement_id == engagement_id)
    if session.scalar(own) is None:
        raise NotFound(f"Nobody with the number {participant_id} takes part in {engagement.reference}.")
    printed = to_print(session, engagement_id, participant_id, serial=NO_NUMBER, owed_at=now)
    offer = offer_of(session, engagement)
    try:
        return specimen_of(offer.certificate_template or "", printed, link, kind, offer.offer.brand.over(council))
    except typst.TypstError as error:
        raise BadInput(f"The certificate of {printed.name} cannot be printed: {error}") from error
