"""The school's pages, reached by a signed link and about that school alone: to read, and after a letter to write."""

from web.school import contact_proposal, door, own_data, own_record, participant_page, school_record, status_page

BLUEPRINTS = (
    door.bp,
    contact_proposal.bp,
    status_page.bp,
    participant_page.bp,
    own_record.bp,
    own_data.bp,
    school_record.bp,
)
