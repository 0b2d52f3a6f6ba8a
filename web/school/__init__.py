"""The school's pages, reached by a signed link and about that school alone."""

from web.school import contact_proposal, own_record, participant_page, school_record, status_page

BLUEPRINTS = (contact_proposal.bp, status_page.bp, participant_page.bp, own_record.bp, school_record.bp)
