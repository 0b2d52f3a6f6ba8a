"""Every table, for those who need them all: migrations, and the tests of the schema."""

from workflow.store import (
    appointment,
    certificate,
    engagement,
    event,
    judgement,
    message,
    owed,
    participant,
    school,
    timer,
    user,
)
from workflow.store.record import Record

METADATA = Record.metadata
TABLES = (appointment, certificate, engagement, event, judgement, message, owed, participant, school, timer, user)
