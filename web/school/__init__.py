"""The school's pages, reached by a signed link and about that school alone."""

from web.school import person, status

BLUEPRINTS = (status.bp, person.bp)
