"""The school's pages, reached by a signed link and about that school alone."""

from web.school import participant_page as person
from web.school import status_page as status

BLUEPRINTS = (status.bp, person.bp)
