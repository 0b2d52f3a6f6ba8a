"""`recognition engagement hand-over` and `message`: who looks after a school, and what it is told."""

from web.cli.act_command import command_of
from workflow.acts import handover
from workflow.acts import message as messages

_COMMANDS = {act.name: command_of(act) for act in (*handover.ACTS, *messages.ACTS)}
hand_over, message = _COMMANDS["hand_over"], _COMMANDS["message"]
