"""What can be done about a case, sorted for its page: open, not yet, and not for this person or moment. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.domain.standing import ENDED_EARLY
from workflow.engine import Available
from workflow.offer.definition import Offer
from workflow.offer.triggers import Input

#: Refusals about the person or the moment rather than the facts; these stay folded away.
_ASIDE = ("role", "standing")


@dataclass(frozen=True, slots=True)
class TriggerButton:
    """One trigger with the words and fields its form needs. `waivable` offers this person the override.

    Buttons that end a journey early (`ending`) come last and warn. One that is `weighty` records a judgement or a yes
    that others go by, and is never there to be pressed by accident.
    """

    trigger: str
    title: str
    note: str | None
    inputs: tuple[Input, ...]
    ending: bool
    weighty: bool
    refusals: tuple[str, ...]
    waivable: bool

    @property
    def asks(self) -> bool:
        return bool(self.note or self.inputs)

    @property
    def keeps_draft(self) -> bool:
        """Whether the note is what a judgement rests on, which takes a while to write; others take a sentence."""
        return self.weighty and self.note is not None

    @property
    def folded(self) -> bool:
        """Whether it takes a second look before it can be pressed."""
        return self.asks or self.ending or self.weighty


@dataclass(frozen=True, slots=True)
class Actions:
    """`open` can be pressed, `refused` say why not, `aside` are for somebody else or another standing."""

    open: tuple[TriggerButton, ...]
    refused: tuple[TriggerButton, ...]
    aside: tuple[TriggerButton, ...]


def sorted_out(triggers: Iterable[Available], offer: Offer, role: str) -> Actions:
    found = [(trigger, _action(trigger, overrides=role in offer.policy.override_by)) for trigger in triggers]
    usable = [action for trigger, action in found if trigger.open]
    return Actions(
        open=tuple(sorted(usable, key=lambda action: action.ending)),
        refused=tuple(action for trigger, action in found if not trigger.open and not _is_aside(trigger)),
        aside=tuple(action for trigger, action in found if _is_aside(trigger)),
    )


def _is_aside(trigger: Available) -> bool:
    return any(refusal.guard in _ASIDE for refusal in trigger.refusals)


def _action(trigger: Available, *, overrides: bool) -> TriggerButton:
    transition = trigger.transition
    return TriggerButton(
        trigger=transition.trigger,
        title=transition.title,
        note=transition.note,
        inputs=transition.inputs,
        ending=transition.standing.to in ENDED_EARLY,
        weighty=bool(transition.records.judgement or transition.records.approval),
        refusals=tuple(refusal.sentence for refusal in trigger.refusals),
        waivable=overrides and bool(trigger.refusals) and all(refusal.waivable for refusal in trigger.refusals),
    )
