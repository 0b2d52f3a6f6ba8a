"""The council's pages: the list of engagements, one engagement with everything that can be done about it, and each
person who takes part."""

from web.advisor import case, certificates, engagements, files, meetings, owed, participant, people, undo

BLUEPRINTS = (
    engagements.bp, case.bp, owed.bp, certificates.bp, meetings.bp, people.bp, participant.bp, files.bp, undo.bp,
)  # fmt: skip
