"""`recognition engagement`: the journeys. Each command has a file of its own, so that a list loads the list alone."""

import click

from web.cli.lazy_group import LazyGroup

_COMMANDS = {
    "go-on-at = engagements.succession:go_on_at": (
        "Let an engagement go on at the school that takes the place of its own."
    ),
    "accept-contact = engagements.contact:accept_contact": "Take a contact that the school has proposed.",
    "change-contact = engagements.contact:change_contact": (
        "Say who is school_lead, deputy, head or business_manager at a school."
    ),
    "change-version = engagements.succession:change_version": (
        "Let an engagement go on under another version of its offer."
    ),
    "correct-contact = engagements.contact:correct_contact": "Put the school lead's name or address right.",
    "end-contact = engagements.contact:end_contact": (
        "Say that a school has nobody as its deputy, head or business_manager any more."
    ),
    "hand-over = engagements.contact:hand_over": (
        "Hand a school over to another advisor, who is told, as is the school."
    ),
    "join = engagements.succession:join": "Let an engagement go on in another one.",
    "list = engagements.engagement_list:list_": "List engagements: what is due first, or what is likeliest meant.",
    "message = engagements.contact:message": "Write to the school lead in your own words.",
    "refuse-contact = engagements.contact:refuse_contact": "Turn down a contact that the school has proposed.",
    "show = engagements.engagement_view:show": "Show one engagement whole.",
}


@click.group(cls=LazyGroup, deferred=_COMMANDS)
def engagement() -> None:
    """Look at the schools' journeys."""
