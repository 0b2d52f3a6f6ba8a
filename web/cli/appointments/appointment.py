"""`recognition appointment`: dates agreed, meetings held, registers taken."""

import click

from web.cli.act_command import add_acts
from web.cli.appointments.offered_dates import dates
from workflow.acts import appointments


@click.group()
def appointment() -> None:
    """Agree dates, and record what happened. KIND is a name from the offer, such as one “offer list” shows."""


appointment.add_command(dates)
add_acts(appointment, appointments.ACTS)
