"""From what has to be done to the form that does it: the one place where a step of the route gets its address. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from web.advisor.engagement.available_forms import Openings
from web.advisor.engagement.places import place
from workflow.domain.guards import Rule
from workflow.forecasting.route.act import RouteAct
from workflow.offer.definition import Offer

#: The forms that do what a step says about a meeting, the best first.
_ABOUT_MEETINGS = {
    "book": ("book",),
    "choose": ("book",),
    "hold": ("hold",),
    "register": ("register",),
    "write_outputs": ("outputs",),
    "catch_up": ("catch-up", "catch-up-date"),
}
#: The form on a person's own page, and the place that tells of all of them.
_ABOUT_PEOPLE = {
    "rejoin": ("decide", place.PEOPLE),
    "agree_phase": ("agree", place.PEOPLE),
    "confirm_name": ("confirm", place.PEOPLE),
    "send_in": ("", place.EVIDENCE),
    "review": ("review", place.EVIDENCE),
    "complete": ("decide", place.EVIDENCE),
}
#: Where that is put right which a guard waits for outside the journey.
_PUT_RIGHT = {"school_open": "go-on-at", "lead_named": "change-contact-school_lead"}
#: The place that tells whether a guard is met, where no meeting does.
_OF_GUARD = {
    "lead_named": place.PEOPLE,
    "staff_nominated": place.PEOPLE,
    "names_confirmed": place.PEOPLE,
    "everyone_decided": place.EVIDENCE,
    "staff_completed": place.EVIDENCE,
    "nothing_to_review": place.EVIDENCE,
}

#: The forms that ask for a date of a meeting.
DATE_FORMS = ("book", "offer", "catch-up-date")


@dataclass(frozen=True, slots=True)
class Sign:
    """Where something is done. `ready` says that the form is there now; otherwise the address only tells about it."""

    href: str
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Signposts:
    """`triggers` are those that are open to whoever reads; `known` are the people who take part."""

    reference: str
    offer: Offer
    openings: Openings
    triggers: frozenset[str]
    known: frozenset[int]
    advises: bool

    def to(self, act: RouteAct) -> Sign:
        """The form that does it, or else the place that tells about it."""
        if act.doing in _ABOUT_MEETINGS:
            return self._meeting(act)
        if act.doing in _ABOUT_PEOPLE:
            return self._person(act)
        match act.doing:
            case "nominate":
                return self._nominate()
            case "fire":
                return self._fire(act)
            case _:
                return self._put_right(act)

    def stage(self, name: str) -> str:
        """The place that tells about a stage."""
        kind = self.offer.stage[name].appointment
        if kind is not None:
            return self._of_meeting(kind)
        told = [_OF_GUARD[rule.guard] for rule in self._leaving(name) if rule.guard in _OF_GUARD]
        return self.at(told[-1] if told else place.PEOPLE)

    def at(self, where: str, form: str = "") -> str:
        return place.address(self.reference, where, form)

    def _leaving(self, name: str) -> Iterator[Rule]:
        return (rule for one in self.offer.transitions if name in one.from_ and one.to for rule in one.guards)

    def _of_meeting(self, kind: str) -> str:
        return f"{self.at(place.of_meeting(self.offer, kind))}#meeting-{kind}"

    def _meeting(self, act: RouteAct) -> Sign:
        open_now = [form for one in self.openings.meetings if one.kind.name == act.subject for form in one.forms]
        form = next((one for one in _ABOUT_MEETINGS[act.doing] if one in open_now), "")
        if not form:
            return Sign(self._of_meeting(act.subject))
        return Sign(form_of_meeting(self.reference, self.offer, act.subject, form), ready=True)

    def _person(self, act: RouteAct) -> Sign:
        form, where = _ABOUT_PEOPLE[act.doing]
        if act.person not in self.known:
            return Sign(self.at(where), ready=bool(act.people and self.known.issuperset(act.people) and form))
        page = f"{self.at(place.PEOPLE)}/{act.person}/"
        may = self.advises or act.doing == "review"
        return Sign(f"{page}?form={form}#form-{form}", ready=True) if form and may else Sign(page)

    def _nominate(self) -> Sign:
        ready = self.openings.nominate
        return Sign(self.at(place.PEOPLE, "nominate" if ready else ""), ready=ready)

    def _fire(self, act: RouteAct) -> Sign:
        """The page that says what it would do; where it is not open, its place says why not."""
        if act.subject in self.triggers:
            return Sign(place.of_doing(self.reference, act.subject), ready=True)
        return Sign(f"{self.at(place.of_trigger(self.offer, act.subject))}#actions")

    def _put_right(self, act: RouteAct) -> Sign:
        form = _PUT_RIGHT.get(act.subject, "")
        return Sign(self.at(place.PEOPLE, form), ready=self.advises) if form else Sign("")


def form_of_meeting(reference: str, offer: Offer, kind: str, form: str) -> str:
    """A form about a meeting; the register is a page of its own, and so is a date."""
    if form in ("register", *DATE_FORMS):
        return f"{place.address(reference)}/meeting/{kind}/{form}"
    return place.address(reference, place.of_meeting(offer, kind), f"{form}-{kind}")
