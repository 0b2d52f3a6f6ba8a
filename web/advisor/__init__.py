"""The council's pages: the list of engagements, the promises board, one engagement with everything that can be done
about it, each person who takes part, and work on many engagements at once."""

from web.advisor import bulk
from web.advisor import engagement_list as engagements
from web.advisor import promise_board as promises
from web.advisor.engagement import action_plan as plan
from web.advisor.engagement import appointments as meetings
from web.advisor.engagement import contact as care
from web.advisor.engagement import stuck_effects as owed
from web.advisor.engagement import triggers as case
from web.advisor.engagement import undo
from web.advisor.participant import certificates
from web.advisor.participant import evidence_files as files
from web.advisor.participant import nominations as people
from web.advisor.participant import page as participant

BLUEPRINTS = tuple(
    noun.bp
    for noun in (
        engagements,
        promises,
        bulk,
        case,
        care,
        meetings,
        people,
        participant,
        files,
        plan,
        owed,
        certificates,
        undo,
    )
)
