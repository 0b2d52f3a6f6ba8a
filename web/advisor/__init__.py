"""The council's pages: the list of engagements, and one engagement with everything that can be done about it."""

from web.advisor import case, certificates, engagements, meetings, owed, people, undo

BLUEPRINTS = (engagements.bp, case.bp, owed.bp, certificates.bp, meetings.bp, people.bp, undo.bp)
