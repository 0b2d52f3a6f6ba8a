"""The effect `certificate`: one person's PDF, written with the email that will carry it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from tasks import faults
from tasks.mail_transport import MailTransport
from tasks.world import World
from workflow.domain.effects import Recipient
from workflow.engine.catalogue import offers_of
from workflow.store.outbox import Claimed
from workflow.store.tables.engagement import Engagement
from workflow.usecases import certificates
from workflow.usecases.certificate_text import serial_for, to_print


def do(world: World, _post: MailTransport, owed: Claimed, now: datetime) -> Callable[[Session], None]:
    """Prints the certificate. Its number comes from the outbox key, so a repeat prints the same one."""
    participant_id = Recipient.parse(owed.recipient).id or 0
    serial = serial_for(owed.key, world.secret)
    with world.store.reading() as session:
        printed = to_print(session, owed.engagement_id, participant_id, serial=serial, owed_at=owed.owed_at)
        engagement = session.get_one(Engagement, owed.engagement_id)
        offer = offers_of(session).machine(engagement.offer_code, engagement.offer_version).offer
    pdf = world.printer.certificate(offer.certificate_template or "", printed, world.links.verify(serial))
    faults.point("printed")
    return lambda session: certificates.issue(
        session, owed.engagement_id, participant_id, printed, pdf, owed_seq=owed.seq, now=now
    )
