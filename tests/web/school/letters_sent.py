"""The link of a letter about getting in, as if a worker had just sent it."""

from datetime import timedelta

from config.settings import Settings
from tests.journeys import Journey
from workflow.store.tables.access.access_letter import AccessLetter
from workflow.usecases.accounts.credentials.secrets import LinkMaker


def secret_sent(journey: Journey, settings: Settings, purpose: str) -> str:
    """The newest one of this purpose."""
    with journey.store.writing() as session:
        letter = session.query(AccessLetter).filter_by(purpose=purpose).order_by(AccessLetter.id.desc()).first()
        assert letter is not None
        letter.status, letter.until = "sent", letter.asked_at + timedelta(seconds=letter.valid_seconds)
        return LinkMaker(settings.secret_key).secret(purpose, letter.salt)
