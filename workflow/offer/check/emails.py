"""Emails: each has a value for every placeholder on every path that can send it, and a reader. Pure."""

from collections.abc import Iterator

from workflow.domain.effects import Effect
from workflow.english import a, listed, within
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths, told
from workflow.offer.check.verbs.loops import forgotten
from workflow.offer.definition import Offer, Stage, Timer
from workflow.offer.emails import placeholders
from workflow.offer.triggers import StatusTransition, Transition

#: The verbs that a review of evidence says.
_REVIEWS = {("participant", "return"), ("participant", "accept")}


def emails(offer: Offer, paths: Paths) -> Iterator[Finding]:
    """Every email renders for every path that can send it."""
    promised, untold = _promised(offer.stage[offer.offer.start]), forgotten(offer, paths)
    yield from _unfilled(offer, offer.offer.effects, "when the engagement begins", promised)
    for one in offer.transitions:
        for stage in (name for name in one.from_ if name in paths and _can_fire_at(offer, one, name)):
            when = f"when “{one.trigger}” is fired {told(paths[stage])}"
            known = (placeholders.PROMISED,) if (one.to or stage) in untold else ()
            to = offer.stage[one.to or stage]
            yield from _unfilled(offer, one.effects, when, *known, *_situations(offer, one, to))
    for timer in offer.timers:
        when = f"from the timer “{timer.name}”"
        yield from _unfilled(offer, timer.effects, when, _timed(offer, timer), escalate_to=timer.escalate_to)
    for move in offer.moves:
        when = f"when {a(move.of)} is said to “{move.verb}”"
        yield from _unfilled(offer, move.effects, when, *_about(move))
    for name, situation in _policy_emails(offer):
        yield from _unfilled(offer, (Effect("email", name),), "by the policy of the page", situation)


def _timed(offer: Offer, timer: Timer) -> frozenset[str]:
    """What a timer's email can tell: the meeting, or what is promised."""
    if timer.at is not None:
        return placeholders.MEETING
    return _promised(offer.stage[timer.stage]) if timer.stage else placeholders.PROMISED


def _situations(offer: Offer, one: Transition, to: Stage) -> Iterator[frozenset[str]]:
    if one.standing.to == "active" and not to.final:
        yield _promised(to)
    if one.note is not None:
        yield placeholders.NOTED
    if one.refund and offer.policy.refund:
        yield placeholders.REFUNDED


def _about(move: StatusTransition) -> Iterator[frozenset[str]]:
    """What an email about a small journey's step can tell."""
    yield {"participant": placeholders.ABOUT, "appointment": placeholders.MEETING}.get(
        move.of, placeholders.CERTIFIED | placeholders.ABOUT
    )
    if move.reasons:
        yield placeholders.REASONED
    if (move.of, move.verb) in _REVIEWS:
        yield placeholders.REVIEWED


def _policy_emails(offer: Offer) -> Iterator[tuple[str, frozenset[str]]]:
    policy = offer.policy
    told = (
        (policy.correction, placeholders.UNDONE | placeholders.NOTED),
        *((name, placeholders.NOTED) for name in policy.handover),
        (policy.message, placeholders.NOTED),
        (policy.support, placeholders.ABOUT),
        (policy.school_changed, placeholders.NOTED),
        (policy.mentioned, placeholders.MENTIONED),
        (policy.uninvite, placeholders.MEETING),
        (policy.welcome, frozenset()),
        *((name, frozenset[str]()) for name in policy.readdressed or ()),
        (policy.digest, placeholders.GATHERED),
    )
    yield from ((name, situation) for name, situation in told if name is not None)


def _promised(stage: Stage) -> frozenset[str]:
    """Whether a promise of the stage has a day from its beginning, before any meeting has a date."""
    return placeholders.PROMISED if any(promise.at is None for promise in stage.promises) else frozenset()


def _can_fire_at(offer: Offer, transition: Transition, stage: str) -> bool:
    """An engagement at a final stage is completed, whatever the transition says of stages."""
    return not offer.stage[stage].final or "completed" in transition.standing.from_


def _unfilled(
    offer: Offer, effects: tuple[Effect, ...], when: str, *situations: frozenset[str], escalate_to: str | None = None
) -> Iterator[Finding]:
    for effect in effects:
        certified = effect.kind == "certificate"
        if certified and offer.certificate is None:
            continue
        name = offer.certificate.email if certified and offer.certificate else effect.name
        email, own = offer.emails[name], (placeholders.CERTIFIED,) if certified else ()
        for audience in (*email.to, *filter(None, [escalate_to])):
            missing = sorted(email.placeholders - placeholders.known(audience, *situations, *own))
            if missing:
                names = listed([f"{{{{ {name} }}}}" for name in missing])
                sentence = f"The email “{email.name}” to the {audience} has no value for {names} {when}."
                yield Finding(sentence, email, missing[0])


def readers(offer: Offer) -> Iterator[Finding]:
    """Audiences that exist only where a step is about somebody or about a date."""
    for what, effects in _journeys(offer):
        yield from _nobody_to_read(offer, effects, what, ("participant", "invited", "attended"))
    for move in offer.moves:
        absent = {
            "participant": ("invited", "attended"),
            "appointment": ("participant",),
            "certificate": ("invited", "attended"),
        }[move.of]
        yield from _nobody_to_read(offer, move.effects, f"“{move.verb}” of {a(move.of)}", absent)


def _journeys(offer: Offer) -> Iterator[tuple[str, tuple[Effect, ...]]]:
    """What the engagement itself owes, by what owes it."""
    yield "The beginning", offer.offer.effects
    yield from ((f"“{one.trigger}”", one.effects) for one in offer.transitions)
    yield from ((f"The timer “{timer.name}”", timer.effects) for timer in offer.timers if timer.at is None)


def _nobody_to_read(offer: Offer, effects: tuple[Effect, ...], what: str, absent: tuple[str, ...]) -> Iterator[Finding]:
    for effect in (effect for effect in effects if effect.kind == "email"):
        for audience in offer.emails[effect.name].to:
            if audience in absent:
                yield Finding(
                    f"{what} sends “{effect.name}” to the {audience}, and there is none then. Choose others.", effect
                )


def calendars(offer: Offer) -> Iterator[Finding]:
    """An invitation goes with an agreed date, and is taken back when the date is cancelled or the guest has left."""
    for what, effects in _journeys(offer):
        for name in _with_calendar(offer, effects):
            yield Finding(
                f"{what} sends “{name}”, which carries an invitation, and is about no date. Take calendar out of it.",
                offer.emails[name],
                "calendar",
            )
    for move in offer.moves:
        wanted = {"book": "REQUEST", "move": "REQUEST", "cancel": "CANCEL"}.get(move.verb)
        for name in _with_calendar(offer, move.effects):
            if move.of != "appointment" or offer.emails[name].calendar != wanted:
                yield Finding(
                    f"“{move.verb}” of {a(move.of)} sends “{name}”, whose calendar is “{offer.emails[name].calendar}”. "
                    f"It should be {f'“{wanted}”' if wanted and move.of == 'appointment' else 'left out'}.",
                    offer.emails[name],
                    "calendar",
                )


def uninvited(offer: Offer) -> Iterator[Finding]:
    """Staff who leave are taken off the meetings they were invited to."""
    name = offer.policy.uninvite
    if name is not None and offer.emails[name].calendar != "CANCEL":
        yield Finding(
            f"The policy uninvite names “{name}”, which takes nothing out of a calendar. Give it calendar = “CANCEL”.",
            offer.policy,
            "uninvite",
        )
    invited = [within(kind.title) for kind in offer.appointments if "participants" in kind.invite]
    book = offer.status_transition.get(("appointment", "book"))
    if name is None and invited and book is not None and _with_calendar(offer, book.effects):
        yield Finding(
            f"Staff are invited to {listed(invited)}, and nothing takes those who leave off it again. "
            "Name an email as uninvite under [policy].",
            offer.policy,
        )


def _with_calendar(offer: Offer, effects: tuple[Effect, ...]) -> list[str]:
    return [effect.name for effect in effects if effect.kind == "email" and offer.emails[effect.name].calendar]
