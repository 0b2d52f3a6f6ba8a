"""The council's pages: the list of engagements, the promises board, one engagement with everything that can be done
about it, each person who takes part, and work on many engagements at once."""

from web.advisor import (
    bulk,
    care,
    case,
    certificates,
    engagements,
    files,
    meetings,
    owed,
    participant,
    people,
    plan,
    promises,
    undo,
)

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
