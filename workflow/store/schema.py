"""Every table, for those who need them all: migrations, and the tests of the schema."""

from workflow.store import (
    action,
    appointment,
    bulk,
    certificate,
    engagement,
    event,
    judgement,
    message,
    owed,
    participant,
    promise,
    school,
    school_date,
    stored_file,
    submission,
    timer,
    user,
)
from workflow.store.record import Record

METADATA = Record.metadata
TABLES = (
    action,
    appointment,
    bulk,
    certificate,
    engagement,
    event,
    judgement,
    message,
    owed,
    participant,
    promise,
    school,
    school_date,
    stored_file,
    submission,
    timer,
    user,
)
