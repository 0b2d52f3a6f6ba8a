"""The effect `certificate`: one person's PDF, written with the email that will carry it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import typst

from tasks import faults
from tasks.desk import Desk
from tasks.world import World
from workflow.containment import contained
from workflow.domain.effects import Recipient
from workflow.engine.catalogue import offer_owing
from workflow.errors import WorkflowError
from workflow.store.outbox.claims import Claimed
from workflow.store.tables.owed_effect import OwedEffect
from workflow.usecases import certificates
from workflow.usecases.certificate_text import serial_for, to_print


@contextmanager
def at_work(world: World, desk: Desk) -> Iterator[Callable[[Sequence[Claimed]], None]]:
    """Gives what makes a batch of them, each by itself."""
    yield partial(_make_all, world, desk)


def _make_all(world: World, desk: Desk, batch: Sequence[Claimed]) -> None:
    for owed in filter(desk.is_ours, batch):
        with contained(owed.key, partial(desk.try_again, owed)):
            try:
                _make(world, desk, owed)
            except certificates.PrintedTooSoon as meanwhile:
                desk.try_again(owed, str(meanwhile))
            except (WorkflowError, ValueError, typst.TypstError) as trouble:
                desk.give_up(owed, str(trouble))


def _make(world: World, desk: Desk, owed: Claimed) -> None:
    """Prints the certificate. Its number comes from the outbox key, so a repeat prints the same one."""
    participant_id, now = Recipient.parse(owed.recipient).id or 0, desk.clock()
    serial = serial_for(owed.key, world.secret)
    with world.store.reading() as session:
        offer = offer_owing(session, session.get_one(OwedEffect, owed.id))
        printed = to_print(
            session, owed.engagement_id, participant_id, serial=serial, owed_at=owed.owed_at, seq=owed.seq, offer=offer
        )
    link, look = world.links.verify(serial), offer.offer.brand.over(world.look)
    pdf = world.printer.certificate(offer.certificate_template or "", printed, link, look)
    faults.point("printed")
    desk.write_with(
        owed,
        lambda session: certificates.issue(
            session, owed.engagement_id, participant_id, printed, pdf, owed_seq=owed.seq, now=now, offer=offer
        ),
    )
