"""`recognition engagement hand-over`, `correct-contact` and `message`: a school, its advisor and what it is told."""

from web.cli.act_command import command_of
from workflow.acts import handover
from workflow.acts import message as messages

_COMMANDS = {act.name: command_of(act) for act in (*handover.ACTS, *messages.ACTS)}
hand_over, message, correct_contact = (_COMMANDS[name] for name in ("hand_over", "message", "correct_contact"))
