"""`recognition engagement hand-over` and `message`: who looks after a school, and what it is told."""

from web.cli.act_command import command_of
from workflow.acts import handover
from workflow.acts import message as messages

(hand_over,), (message,) = map(command_of, handover.ACTS), map(command_of, messages.ACTS)
