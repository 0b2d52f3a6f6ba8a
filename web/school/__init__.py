"""The school's pages, reached by a signed link and about that school alone: to read, and after a letter to write."""

from web.school import door, own_data, own_record, participant_page
from web.school.pages import (
    contact_proposal,
    dates_page,
    lead_forms,
    name_file,
    names,
    people_page,
    person_page,
    school_record,
    status_page,
)

BLUEPRINTS = (
    door.bp,
    contact_proposal.bp,
    status_page.bp,
    people_page.bp,
    person_page.bp,
    names.bp,
    name_file.bp,
    dates_page.bp,
    lead_forms.bp,
    participant_page.bp,
    own_record.bp,
    own_data.bp,
    school_record.bp,
)
