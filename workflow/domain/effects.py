"""The vocabulary of what a transition may owe the outside world, and who each kind is for.

Pure: `tasks` has one handler for each kind named here; an architecture test holds the two together.
"""

from dataclasses import dataclass

#: Who an email may be written to. `completed` are participants who completed the framework; `participant` is the
#: one whom a step or a certificate is about; `invited` are those whom a kind of appointment invites, and `attended`
#: the participants who were there.
AUDIENCES = (
    "school_lead",
    "deputy",
    "head",
    "business_manager",
    "participants",
    "completed",
    "participant",
    "invited",
    "attended",
    "advisor",
    "lead_advisor",
)
#: The kinds of effect. The word on the right of `email` is the name of a file in the offer's emails folder;
#: the word on the right of `certificate` is the audience it is made for.
EFFECT_KINDS = ("email", "certificate")
CERTIFICATE_AUDIENCES = ("completed",)


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect as the offer's page declares it; the outbox holds one row per effect and recipient."""

    kind: str
    name: str


#: Whoever got the letter with this number in the outbox, at the address that it went to, who that may have been.
FORMER = "former"


_OF_A_NOTE = "note"


def mention_key(note_id: int, user_id: int) -> str:
    """Under which the outbox has the email that tells somebody of a note: once, however often the note is changed."""
    return f"{_OF_A_NOTE}:{note_id}:{user_id}"


def note_of(key: str) -> int | None:
    """The number of the note that an email tells of; None for every other effect."""
    kind, _, rest = key.partition(":")
    return int(rest.partition(":")[0]) if kind == _OF_A_NOTE else None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who an owed effect is for: an audience, and the participant or user when the audience has several."""

    audience: str
    id: int | None = None

    @property
    def token(self) -> str:
        return self.audience if self.id is None else f"{self.audience}:{self.id}"

    @property
    def key(self) -> str | int:
        """By what a case knows the address: the number of a participant, the audience of anybody else."""
        return self.token if self.id is None or self.audience == FORMER else self.id

    @property
    def at_council(self) -> bool:
        """Whether they work at the council, and not at a school."""
        return self.audience in ("advisor", "lead_advisor")

    @property
    def is_participant(self) -> bool:
        """Whether they take part, by whichever audience they are written to."""
        return self.id is not None and self.audience in AUDIENCES and not self.at_council

    @classmethod
    def parse(cls, token: str) -> "Recipient":
        audience, _, number = token.partition(":")
        return cls(audience, int(number) if number else None)
