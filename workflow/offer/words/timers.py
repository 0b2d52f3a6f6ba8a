"""When timers fire, in words. Pure."""

from workflow.english import listed, within
from workflow.offer.definition import Offer, Timer
from workflow.offer.fields import EVERY

_PROMISED = {"school": "the day by which the school is to act", "council": "the day by which the council is to act"}


def when(offer: Offer, timer: Timer) -> str:
    """`5 school days before the day by which the school is to act`, and how often again."""
    told = f"{timer.span} {'before' if timer.before else 'after'} {_reason(offer, timer)}"
    return f"{told}, and every {timer.every} from then on" if timer.every else told


def does(offer: Offer, timer: Timer) -> str:
    """What it sends and fires: `email overdue to the head`."""
    told = [f"{effect.kind} {effect.name}" for effect in timer.effects]
    if timer.trigger:
        told.append(offer.triggers[timer.trigger][0].title)
    return listed(told) + (f" to the {timer.escalate_to.replace('_', ' ')}" if timer.escalate_to else "")


def _reason(offer: Offer, timer: Timer) -> str:
    if timer.stage:
        return f"the stage “{offer.stage[timer.stage].title}” began"
    if timer.promise:
        return _PROMISED[timer.promise]
    return "any meeting" if timer.at == EVERY else within(offer.appointment[str(timer.at)].title)
