"""The certificates of one school's staff, as the school is shown them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from workflow.errors import NotFound
from workflow.store.history.renewals import Renewals, renewals_among
from workflow.store.tables.certificate import Certificate
from workflow.store.tables.participant import Participant


class Held(NamedTuple):
    """One certificate and whose it is."""

    name: str
    phase: int
    certificate: Certificate
    renewed: Renewals | None


def of_school(session: Session, engagement_id: int) -> tuple[Held, ...]:
    """By name; those that were replaced or withdrawn after those in force."""
    found = session.execute(
        select(Participant.name, Participant.phase, Certificate)
        .join(Certificate, Certificate.participant_id == Participant.id)
        .where(Certificate.engagement_id == engagement_id, Certificate.name != "")  # but for those that were erased
        .order_by(Certificate.status != "issued", Participant.name, Certificate.id)
    ).all()
    renewed = renewals_among(session, [row.Certificate for row in found])
    return tuple(Held(*row, renewed.get(row.Certificate.serial)) for row in found)


def files_of(session: Session, engagement_id: int, serial: str | None = None) -> tuple[Certificate, ...]:
    """Those in force with their bytes: all, or the one with this number. Raises NotFound where there is none."""
    own = (Certificate.engagement_id == engagement_id) & (Certificate.status == "issued") & (Certificate.name != "")
    wanted = own if serial is None else own & (Certificate.serial == serial)
    query = select(Certificate).where(wanted).order_by(Certificate.serial).options(undefer(Certificate.pdf))
    found = tuple(session.scalars(query))
    if not found:
        raise NotFound("There is no such certificate in force.")
    return found
