"""Who a letter is from, and where its reader finds help: told to each reader as it is for them. Pure.

Somebody at a school is told the name, the telephone and the reply address of whoever looks after it. Somebody at the
council is one of those whom a school would ask, so they are sent to colleagues and never to themselves.
"""

from workflow.domain.effects import Recipient
from workflow.offer.terms import Terms
from workflow.store.tables.user import User

_COLLEAGUES = "For help with this, ask a colleague in the team."


def closing(terms: Terms, recipient: Recipient, advisor: User | None, reference: str) -> dict[str, str]:
    """The placeholders `signature` and `help`. Without an advisor, or to the council, the team signs."""
    team = f"{terms.provider} {terms.team}".strip()
    if recipient.at_council:
        return {"signature": team, "help": _COLLEAGUES}
    telephone = advisor.telephone if advisor else ""
    lines = (
        advisor.name if advisor else "",
        team,
        f"Telephone: {telephone}" if telephone else "",
        f"Email: {terms.contact}",
    )
    ways = (
        f"reply to this email, write to {terms.contact} or telephone {telephone}"
        if telephone
        else (f"reply to this email or write to {terms.contact}")
    )
    return {"signature": "\n".join(filter(None, lines)), "help": f"For any question, {ways}, quoting {reference}."}
