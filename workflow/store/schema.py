"""Every table, for those who need them all: migrations, and the tests of the schema."""

from workflow.store.record import Record
from workflow.store.tables import (
    appointment,
    bulk,
    certificate,
    engagement,
    event,
    participant,
    promise,
    school,
    submission,
    timer,
    user,
)
from workflow.store.tables import owed_effect as owed
from workflow.store.tables import school as school_date
from workflow.store.tables import sent_email as message
from workflow.store.tables import submission as stored_file
from workflow.store.tables import visit as action
from workflow.store.tables import visit as judgement

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
