"""The council's pages: the list of engagements, the promises board, one engagement with everything that can be done
about it, each person who takes part, and work on many engagements at once."""

from web.advisor import bulk, engagement_list, promise_board
from web.advisor.engagement import action_plan, appointments, contact, stuck_effects, triggers, undo
from web.advisor.participant import certificates, evidence_files, nominations, page

BLUEPRINTS = tuple(
    noun.bp
    for noun in (
        engagement_list,
        promise_board,
        bulk,
        triggers,
        contact,
        appointments,
        nominations,
        page,
        evidence_files,
        action_plan,
        stuck_effects,
        certificates,
        undo,
    )
)
