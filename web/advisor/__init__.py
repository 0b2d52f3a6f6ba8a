"""The council's pages: the list of engagements, one engagement with everything that can be done about it, and each
person who takes part."""

from web.advisor import care, case, certificates, engagements, files, meetings, owed, participant, people, plan, undo

BLUEPRINTS = (
    engagements.bp, case.bp, owed.bp, certificates.bp, meetings.bp, people.bp,
    plan.bp,
    care.bp, participant.bp, files.bp, undo.bp,
)  # fmt: skip
