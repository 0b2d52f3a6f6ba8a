"""What an offer sells and on which terms: price, phases, policy, certificates, and how its imports are read."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from workflow.calendar.span import Span
from workflow.domain.actor import ActingRole
from workflow.domain.email_address import email_address, wire_address
from workflow.english import listed
from workflow.offer.fields import EmailName, StageName, Text, TriggerName
from workflow.offer.page_table import PageTable
from workflow.offer.triggers import EffectField, RuleField, SpanField


class Criterion(PageTable):
    """One thing a submission must show. `code` is how people call it, such as `1.2`."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,11}$")]
    title: Text


class Phase(PageTable):
    """A person's level of recognition, and what a submission at this level must show.

    Whoever can say yes to all of its `questions`, and to those of the phases before it, starts here.
    """

    number: Annotated[int, Field(ge=1, le=9)]
    title: Text
    means: Text
    questions: tuple[Text, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion")] = ()

    @field_validator("criteria")
    @classmethod
    def _once(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        codes = [one.code for one in criteria]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"The criterion {listed(twice)} stands here more than once; each code may stand once.")
        return criteria


class CertificateTerms(PageTable):
    """How certificates look and what they rest on; `needs` is what must be true of any path to one."""

    template: Text
    email: EmailName
    title: Text
    needs: RuleField
    valid_for: Annotated[str, Field(pattern=r"^[1-9][0-9]? years?$")] | None = None

    def valid_until(self, issued: date) -> date | None:
        """None when the offer sets no end. 29 February becomes 28 February."""
        if self.valid_for is None:
            return None
        year = issued.year + int(self.valid_for.split()[0])
        day = 28 if (issued.month, issued.day) == (2, 29) else issued.day
        return issued.replace(year=year, day=day)


class EvidenceLimits(PageTable):
    """How much may be sent in: `megabytes` for each file, and so many `files` for each criterion."""

    megabytes: Annotated[int, Field(ge=1, le=50)] = 10
    files: Annotated[int, Field(ge=1, le=20)] = 5


class Policy(PageTable):
    """What the council decides by policy and has not published.

    `places` is how many staff one order pays for. `support_after` is the return of evidence that asks the advisor to
    step in, `support_within` how soon. `refund` gives, by stage, the share of the price that goes back on cancelling,
    in per cent; a stage that is not named gives nothing back. `join` is the trigger that ends an engagement which goes
    on in another one.
    `correction` is the email that takes back what was sent for a step undone,
    `handover` those that follow a change of advisor, `message` what an advisor writes to a school, `support` what
    asks the advisor to step in, `school_changed` what tells them of a school that the register shows closed, moved or
    renamed, `mentioned` what tells a colleague of a note that mentions them, `uninvite` what takes somebody who has
    left off a meeting still ahead, and `welcome` what people get who join after the first stage, `readdressed`
    what tells the address from before and the one from now on that a school has put somebody's address right, and
    `digest` what several reminders become.
    """

    override_by: tuple[ActingRole, ...] = ()
    undo_by: tuple[ActingRole, ...] = ()
    places: Annotated[int, Field(ge=1, le=500)] = 500
    support_after: Annotated[int, Field(ge=1, le=20)] = 3
    support_within: SpanField = Span(5, "council days")
    refund: dict[StageName, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    evidence: EvidenceLimits = EvidenceLimits()
    join: TriggerName | None = None
    correction: EmailName | None = None
    handover: tuple[EmailName, ...] = ()
    message: EmailName | None = None
    support: EmailName | None = None
    uninvite: EmailName | None = None
    school_changed: EmailName | None = None
    mentioned: EmailName | None = None
    welcome: EmailName | None = None
    readdressed: tuple[EmailName, EmailName] | None = None
    digest: EmailName | None = None


class PurchaseColumns(PageTable):
    """Which column names of the portal's export mean what; the first that is there is used."""

    order: tuple[str, ...]
    product: tuple[str, ...]
    urn: tuple[str, ...]
    school: tuple[str, ...] = ()
    price: tuple[str, ...]
    ordered_on: tuple[str, ...]
    lead_name: tuple[str, ...]
    lead_email: tuple[str, ...]
    products: tuple[str, ...]


class StaffColumns(PageTable):
    """Either `name`, or `first_name` with `last_name`, must be there."""

    name: tuple[str, ...]
    first_name: tuple[str, ...] = ()
    last_name: tuple[str, ...] = ()
    email: tuple[str, ...]
    phase: tuple[str, ...]


class Imports(PageTable):
    """`staff` is left out where nobody takes part by name."""

    purchases: PurchaseColumns
    staff: StaffColumns | None = None


class Terms(PageTable):
    """The `[offer]` table: what is sold and where the journey starts. `team` signs letters, after the provider."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
    title: Text
    provider: Text
    contact: Text
    team: Annotated[str, Field(max_length=80)] = ""
    sender: Annotated[str, AfterValidator(email_address), AfterValidator(wire_address)] | None = None
    reference: Annotated[str, Field(pattern=r"^[A-HJ-NP-RT-Z]{2,5}$")]
    price: Annotated[Decimal, Field(ge=0, decimal_places=2)]
    minimum_staff: Annotated[int, Field(ge=0)] = 0
    start: StageName
    effects: tuple[EffectField, ...] = ()
