"""Made-up facts to look at an offer with: one school, its people and its engagement, which no record has."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from workflow.calendar.span import Span
from workflow.domain.facts import AppointmentFact, Facts, ParticipantFact, PromiseFact
from workflow.domain.reference import reference_of
from workflow.engine.catalogue import Catalogue
from workflow.engine.promises import turn
from workflow.mail.signed_links import Links
from workflow.offer.definition import Offer
from workflow.offer.loader import Loaded
from workflow.store.cases import Case

SCHOOL, URN = "Pendrea Primary School", "999999"
LEAD, HEAD, DEPUTY, BUSINESS_MANAGER = "Morwenna Tregear", "Perran Hosking", "Jory Tremayne", "Kerensa Vyvyan"
STAFF = ("Elowen Angove", "Cador Nance", "Tamsyn Roskilly")
ADVISOR, LEAD_ADVISOR, ASSESSOR = "Hedra Penrose", "Denzil Chenoweth", "Lowenna Carlyon"
TELEPHONE = "01632 960123"
NOTE = "What somebody wrote stands here."
PLACE = "The school library"
SERIAL, RENEWED = "2345-6789-ABCD", "CDEF-2345-6789"
#: The numbers of two accounts at the council, and of the one row there is of every other kind.
ADVISOR_ID, LEAD_ADVISOR_ID, ONE = 1, 2, 1
_TEN = time(10)
_AHEAD = Span(10, "council days")
_CENTURY = 100


class MadeUpLinks(Links):
    """Addresses that look like those of letters and lead nowhere."""

    def __init__(self, base_url: str = "https://recognition.example.org") -> None:
        super().__init__(base_url, "made up")

    def school_token(self, reference: str) -> str:
        return f"page-of-{reference}"

    def person_token(self, reference: str, participant_id: int) -> str:
        return f"own-page-{participant_id}-of-{reference}"


def address(name: str) -> str:
    """`morwenna.tregear@example.org`."""
    return f"{name.lower().replace(' ', '.')}@example.org"


@dataclass(frozen=True)
class MadeUp:
    """What is made up about an offer, which need be neither installed nor kept anywhere. It is ordered `on` a day."""

    offer: Offer
    on: date

    @cached_property
    def catalogue(self) -> Catalogue:
        """It alone."""
        return Catalogue(Loaded({self.offer.key: self.offer}))

    @cached_property
    def now(self) -> datetime:
        """When everything happens, in UTC."""
        return self.at_ten(self.on)

    @cached_property
    def meets_at(self) -> datetime:
        return self.at_ten(self.offer.calendar.add(self.on, _AHEAD))

    def at_ten(self, day: date) -> datetime:
        """In the morning of a day, as on the clock there, in UTC."""
        return datetime.combine(day, _TEN, self.offer.calendar.zone).astimezone(UTC)

    @cached_property
    def reference(self) -> str:
        return reference_of(self.offer.offer.reference, self.on.year % _CENTURY, ONE)

    @property
    def staff(self) -> tuple[str, ...]:
        """Who takes part; nobody where nobody does by name."""
        return STAFF if self.offer.phases else ()

    def case(self, stage: str, meeting: str = "") -> Case:
        """The engagement at a stage, where everybody has completed, with a meeting of this kind that is agreed."""
        contacts = {"school_lead": LEAD, "head": HEAD, "deputy": DEPUTY, "business_manager": BUSINESS_MANAGER}
        names = dict(enumerate(self.staff, ONE))
        people: list[tuple[str | int, str]] = [*contacts.items(), *names.items()]
        return Case(
            id=ONE,
            reference=self.reference,
            offer=self.offer.key,
            stage=stage,
            standing="active",
            version=ONE,
            head="",
            seal="",
            stage_since=self.now,
            advisor_id=ADVISOR_ID,
            facts=self._facts(people=self._people("completed"), meetings=self._meetings(meeting)),
            promises=(),
            stopped=(),
            addresses={who: address(name) for who, name in people},
            names=names,
            lead_advisors=(LEAD_ADVISOR_ID,),
            urn=URN,
            dates_version=0,
        )

    def promise(self, stage: str) -> PromiseFact | None:
        """What is owed first when a stage begins, and by when."""
        return turn(self.offer, self.offer.calendar, stage, self.facts(stage), (), now=self.now)

    def facts(self, stage: str, status: str = "nominated") -> Facts:
        """When a stage begins, with everybody at this place of their own journey; at the first nobody is named yet."""
        return self._facts(() if stage == self.offer.offer.start else self._people(status))

    @cached_property
    def when_named(self) -> Facts:
        """As soon as everybody who is to take part is named, and nothing more has happened."""
        return self._facts(self._people("nominated"))

    def _facts(self, people: tuple[ParticipantFact, ...], meetings: tuple[AppointmentFact, ...] = ()) -> Facts:
        return Facts(
            order_number="1",
            price_paid=self.offer.offer.price,
            school_open=True,
            lead_named=True,
            participants=people,
            appointments=meetings,
            advisor_id=ADVISOR_ID,
        )

    def _people(self, status: str) -> tuple[ParticipantFact, ...]:
        phase = min(self.offer.phase, default=ONE)
        enough = max(len(self.staff), self.offer.offer.minimum_staff)
        return tuple(ParticipantFact(one, status, phase, name_confirmed=False) for one in range(ONE, ONE + enough))

    def _meetings(self, kind: str) -> tuple[AppointmentFact, ...]:
        if not kind:
            return ()
        there = frozenset(range(ONE, ONE + len(self.staff)))
        return (AppointmentFact(ONE, kind, "booked", outputs_recorded=False, attended=there, starts_at=self.meets_at),)
