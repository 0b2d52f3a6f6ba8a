"""What an offer sells and on which terms: price, phases, policy, certificates, and how its imports are read."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from workflow.calendar.span import Span
from workflow.domain.actor import ActingRole
from workflow.domain.email_address import email_address, wire_address
from workflow.english import listed
from workflow.offer.brand import Brand
from workflow.offer.fields import EmailName, StageName, Text, TriggerName
from workflow.offer.page_table import PageTable
from workflow.offer.source.spellings import CRITERION, OFFER_CODE, REFERENCE, VERSION, YEARS
from workflow.offer.triggers import EffectField, RuleField, SpanField


class Criterion(PageTable):
    """One thing a submission must show."""

    code: Annotated[str, Field(pattern=CRITERION)]
    """What people call it, such as `1.2`."""
    title: Text
    """What is to be shown."""


class Phase(PageTable):
    """A person's level of recognition."""

    number: Annotated[int, Field(ge=1, le=9)]
    """From 1, the first, to 9."""
    title: Text
    """What somebody at this level is called."""
    means: Text
    """What the level means, on the certificate and beside the choice."""
    questions: tuple[Text, ...] = ()
    """Whoever can say yes to all of these, and to those of the phases before, starts here."""
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion")] = ()
    """What a submission at this level must show."""

    @field_validator("criteria")
    @classmethod
    def _once(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        codes = [one.code for one in criteria]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"The criterion {listed(twice)} stands here more than once; each code may stand once.")
        return criteria


class CertificateTerms(PageTable):
    """How certificates look and what they rest on."""

    template: Text
    """The file beside the page that draws the certificate."""
    email: EmailName
    """The email that brings it."""
    title: Text
    """What it is called."""
    needs: RuleField
    """A guard that must be met on any path to a certificate."""
    valid_for: Annotated[str, Field(pattern=YEARS)] | None = None
    """How long it is valid, such as `3 years`. If it is not said, without end."""
    earlier: Literal["stands", "superseded"] = "stands"
    """What becomes of somebody's certificate when one of a later round renews it: it `stands` beside the new one for as
    long as it is valid, or is `superseded` by it. If it is not said, it stands. The new one names it in either case."""

    def valid_until(self, issued: date) -> date | None:
        """None when the offer sets no end. 29 February becomes 28 February."""
        if self.valid_for is None:
            return None
        year = issued.year + int(self.valid_for.split()[0])
        day = 28 if (issued.month, issued.day) == (2, 29) else issued.day
        return issued.replace(year=year, day=day)


class EvidenceLimits(PageTable):
    """How much evidence may be sent in."""

    megabytes: Annotated[int, Field(ge=1, le=50)] = 10
    """How large each file may be."""
    files: Annotated[int, Field(ge=1, le=20)] = 5
    """How many files each criterion may have."""


class Policy(PageTable):
    """What the council decides by policy and has not published."""

    override_by: tuple[ActingRole, ...] = ()
    """Who may waive a guard that says no."""
    undo_by: tuple[ActingRole, ...] = ()
    """Who may take the last step back."""
    places: Annotated[int, Field(ge=1, le=500)] = 500
    """How many staff one order pays for."""
    support_after: Annotated[int, Field(ge=1, le=20)] = 3
    """Which return of somebody's evidence asks the advisor to step in."""
    support_within: SpanField = Span(5, "council days")
    """How soon the advisor then does."""
    refund: dict[StageName, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    """By stage, how many per cent of the price go back on cancelling. A stage that is not named gives nothing back."""
    evidence: EvidenceLimits = EvidenceLimits()
    """How much evidence may be sent in."""
    join: TriggerName | None = None
    """The transition that ends an engagement which goes on in another one."""
    correction: EmailName | None = None
    """The email that takes back what was sent for a step that was undone."""
    handover: tuple[EmailName, ...] = ()
    """The emails that follow a change of advisor."""
    message: EmailName | None = None
    """The email in which an advisor writes to a school."""
    support: EmailName | None = None
    """The email that asks the advisor to step in."""
    uninvite: EmailName | None = None
    """The email that takes somebody who has left off a meeting still ahead."""
    school_changed: EmailName | None = None
    """The email that tells the advisor of a school that the register shows closed, moved or renamed."""
    mentioned: EmailName | None = None
    """The email that tells a colleague of a note that mentions them."""
    welcome: EmailName | None = None
    """The email to people who join after the first stage."""
    readdressed: tuple[EmailName, EmailName] | None = None
    """Two emails, to the old address and to the new one, when a school has put somebody's address right."""
    digest: EmailName | None = None
    """The email that several reminders to one person become."""


class PurchaseColumns(PageTable):
    """Which column names of the portal's export mean what; the first that is there is used."""

    order: tuple[str, ...]
    """The number of the order."""
    product: tuple[str, ...]
    """What was bought."""
    urn: tuple[str, ...]
    """The school's number in the register."""
    school: tuple[str, ...] = ()
    """The school's name."""
    price: tuple[str, ...]
    """What was paid."""
    ordered_on: tuple[str, ...]
    """The day of the order."""
    lead_name: tuple[str, ...]
    """Who leads it at the school."""
    lead_email: tuple[str, ...]
    """Their email address."""
    products: tuple[str, ...]
    """What the portal calls this offer: orders of these products are this offer's."""


class StaffColumns(PageTable):
    """Either `name`, or `first_name` with `last_name`, must be there."""

    name: tuple[str, ...]
    """The whole name."""
    first_name: tuple[str, ...] = ()
    """The first name, where it stands by itself."""
    last_name: tuple[str, ...] = ()
    """The last name, where it stands by itself."""
    email: tuple[str, ...]
    """The email address."""
    phase: tuple[str, ...]
    """The phase somebody starts at."""


class Imports(PageTable):
    """How the files that people send are read."""

    purchases: PurchaseColumns
    """The portal's export of orders."""
    staff: StaffColumns | None = None
    """A school's list of staff; left out where nobody takes part by name."""


class Terms(PageTable):
    """What is sold and where the journey starts."""

    code: Annotated[str, Field(pattern=OFFER_CODE)]
    """What the offer is called in commands and in the record."""
    version: Annotated[str, Field(pattern=VERSION)]
    """The year and month from which it is sold, such as `2026-09`."""
    title: Text
    """What it is called."""
    provider: Text
    """Who offers it."""
    contact: Text
    """The address that letters give for questions."""
    team: Annotated[str, Field(max_length=80)] = ""
    """Who signs letters, after the provider."""
    brand: Brand = Brand()
    """How it looks to its schools, if that is otherwise than its council does."""
    sender: Annotated[str, AfterValidator(email_address), AfterValidator(wire_address)] | None = None
    """The address that its emails come from, if it is another than the installation's."""
    reference: Annotated[str, Field(pattern=REFERENCE)]
    """The letters that every reference begins with, such as `CMC`; without I, O and S, which are misread."""
    price: Annotated[Decimal, Field(ge=0, decimal_places=2)]
    """In pounds, in quotation marks: `"265.00"`. Guards may call it `price`."""
    minimum_staff: Annotated[int, Field(ge=0)] = 0
    """How many staff have to take part. Guards may call it `minimum_staff`."""
    start: StageName
    """The stage where an order begins."""
    effects: tuple[EffectField, ...] = ()
    """What is sent when an order comes in."""
