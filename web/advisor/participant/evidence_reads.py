"""That somebody at the council looked at somebody's evidence is written down: after the answer, so that nobody waits
for it, and nobody is kept from a page because it cannot be written."""

import logging
from collections.abc import Iterable

from flask import Response, after_this_request
from sqlalchemy.exc import SQLAlchemyError

from web import access
from web.app_state import here
from workflow.usecases.privacy import reading
from workflow.usecases.privacy.reading import Look

_log = logging.getLogger(__name__)


def note(looks: Iterable[Look]) -> None:
    """Once the answer has gone out."""
    store, now, user_id, seen = here().store, here().clock(), access.current_user().id, [*looks]

    def write() -> None:
        try:
            with store.writing() as db:
                reading.note(db, seen, user_id=user_id, now=now)
        except SQLAlchemyError as trouble:
            _log.error("Who read evidence could not be written down: %s", type(trouble).__name__)

    @after_this_request
    def _then(answer: Response) -> Response:
        if seen:
            answer.call_on_close(write)
        return answer
