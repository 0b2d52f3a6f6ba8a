"""Letters to a school, written and gone out, as the worker would write them down."""

from datetime import timedelta

from tests.journeys import Journey
from workflow.store.tables.owed_effect import OwedEffect
from workflow.store.tables.sent_email import SentEmail
from workflow.usecases import advisors


def write(journey: Journey, count: int) -> None:
    """So many messages of the advisor, each an hour after the one before; whatever is owed goes out with them."""
    for _ in range(count):
        journey._do(advisors.write_to_school, "We look forward to meeting you.")
    send(journey)


def send(journey: Journey) -> None:
    """Every email that is owed has gone out, a minute after it was owed."""
    with journey.store.writing() as session:
        for row in session.query(OwedEffect).filter(OwedEffect.status == "owed", OwedEffect.kind == "email"):
            row.status = "done"
            sent_at = row.owed_at + timedelta(minutes=1)
            session.add(
                SentEmail(
                    outbox_id=row.id,
                    engagement_id=journey.id,
                    message_id=f"<{row.id}@x>",
                    to_name=row.recipient,
                    to_email=f"{row.id}@polwhevral.example.org",
                    subject=f"Letter {row.id}",
                    text="Dear Jenna,\n\nWelcome.",
                    sent_at=sent_at,
                )
            )
