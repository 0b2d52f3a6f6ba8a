"""`recognition engagement hand-over`, `message`, and what is said about contacts: who advises and who speaks."""

from web.cli.act_command import command_of
from workflow.acts import contacts, handover
from workflow.acts import message as messages

_COMMANDS = {act.name: command_of(act) for act in (*handover.ACTS, *messages.ACTS, *contacts.ACTS)}
hand_over, message, correct_contact = (_COMMANDS[name] for name in ("hand_over", "message", "correct_contact"))
change_contact, end_contact = _COMMANDS["change_contact"], _COMMANDS["end_contact"]
accept_contact, refuse_contact = _COMMANDS["accept_contact"], _COMMANDS["refuse_contact"]
