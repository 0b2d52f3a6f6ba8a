"""Every table, for those who need them all: migrations, and the tests of the schema."""

from workflow.store.record import Record
from workflow.store.tables import (
    appointment,
    certificate,
    engagement,
    event,
    owed_effect,
    participant,
    promise,
    school,
    sent_email,
    submission,
    timer,
    user,
    visit,
)
from workflow.store.tables.access import (
    access_letter,
    account_event,
    evidence_read,
    guess,
    invited_reader,
    offer_role,
    second_factor,
    session,
)
from workflow.store.tables.contacts import contact, crossing, proposal
from workflow.store.tables.health import pulse, setback
from workflow.store.tables.notes import case_note
from workflow.store.tables.offers import offer_file, offer_revision, offer_start
from workflow.store.tables.requests import bulk, data_request, draft, receipt, rehearsal, unsent_file
from workflow.store.tables.rounds import round as engagement_round
from workflow.store.tables.uploads import upload

METADATA = Record.metadata
TABLES = (
    access_letter,
    account_event,
    appointment,
    bulk,
    case_note,
    certificate,
    contact,
    crossing,
    data_request,
    draft,
    engagement,
    event,
    evidence_read,
    guess,
    invited_reader,
    offer_file,
    offer_revision,
    offer_role,
    offer_start,
    visit,
    sent_email,
    owed_effect,
    participant,
    promise,
    proposal,
    pulse,
    receipt,
    rehearsal,
    engagement_round,
    school,
    second_factor,
    session,
    setback,
    submission,
    timer,
    unsent_file,
    upload,
    user,
)
