"""Who did it: a person with a role, or the system."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict, get_args

from workflow.english import in_words

Role = Literal[
    "advisor", "lead_advisor", "assessor", "finance", "admin", "auditor", "school_lead", "participant", "system"
]
#: Those who may have a part in a journey: an offer's page names no others.
ActingRole = Literal["advisor", "lead_advisor", "assessor", "school_lead", "participant", "system"]
ROLES: tuple[Role, ...] = get_args(Role)
#: The words a page uses for them.
ROLE_TITLES: dict[str, str] = {**{role: in_words(role) for role in ROLES}, "admin": "administrator"}
#: The roles of people who sign in at the council.
ACCOUNT_ROLES: tuple[Role, ...] = ("advisor", "lead_advisor", "assessor", "finance", "admin", "auditor")
#: Those of them who work on engagements.
COUNCIL_ROLES: tuple[Role, ...] = ("advisor", "lead_advisor", "assessor")
#: Those who may read about engagements: an auditor everything, finance what concerns orders and the journey.
CASE_READERS: tuple[Role, ...] = (*COUNCIL_ROLES, "finance", "auditor")
#: Those of them who may read what participants sent, and what colleagues noted.
EVIDENCE_READERS: tuple[Role, ...] = (*COUNCIL_ROLES, "auditor")
#: Those who may look after a school.
ADVISING_ROLES: tuple[Role, ...] = ("advisor", "lead_advisor")
#: What somebody of the council may be in one offer, where they are something else everywhere; an auditor only reads.
OFFER_ROLES: tuple[Role, ...] = (*COUNCIL_ROLES, "auditor")


@dataclass(frozen=True, slots=True)
class Actor:
    """`user_id` is None for the system and for schools and their staff, who have no account; `participant_id` says
    which participant it is."""

    role: str
    user_id: int | None = None
    participant_id: int | None = None

    @property
    def token(self) -> str:
        """How history writes the actor: an id, never a name (history holds no personal data)."""
        number = self.user_id if self.participant_id is None else self.participant_id
        return self.role if number is None else f"{self.role}:{number}"

    @classmethod
    def of(cls, token: str) -> "Actor":
        """The actor whom history writes so."""
        role, _, number = token.partition(":")
        known = int(number) if number else None
        return cls(role, participant_id=known) if role == "participant" else cls(role, known)

    @property
    def title(self) -> str:
        return ROLE_TITLES[self.role]


class Who(TypedDict):
    """Who does it and when, as every use case asks; `now` is in UTC."""

    actor: Actor
    now: datetime


SYSTEM = Actor("system")
