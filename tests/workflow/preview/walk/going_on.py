"""A walk that goes on to the end of its journey: by what is asked for next, and by time where nothing is."""

from collections.abc import Iterator

from workflow.offer.definition import Offer
from workflow.preview.made_up import MadeUp
from workflow.preview.walk.replay import Choice, Steps, Walk
from workflow.preview.walk.sandbox import sandbox

#: More steps than any journey of the tests has.
ENOUGH = 60


def to_the_end(about: MadeUp) -> Iterator[Walk]:
    """Each place on the way, the last one included. Raises AssertionError where nothing leads on."""
    with sandbox(about) as box:
        steps = Steps(box)
        for _ in range(ENOUGH):
            gone = steps.view()
            yield gone
            if gone.standing != "active" or gone.stage.name in about.offer.goals:
                return
            assert steps.take(_next(about.offer, gone).code), (gone.codes, steps.trouble)
        raise AssertionError(f"{gone.codes} lead to no end")


def _next(offer: Offer, gone: Walk) -> Choice:
    """People who send in no evidence complete as soon as they are named."""
    early = gone.stage.name != offer.offer.start and not any(phase.criteria for phase in offer.phases)
    open_now = {one.code: one for one in gone.choices}
    asked_for = [code for code in open_now if code.startswith("do.") and not code.endswith(".back")]
    completing = ["person.complete"] if early and "person.complete" in open_now else []
    leading = [code for code in open_now if _leads_on(offer, gone, code)]
    waiting = [code for code in ("meeting", "time") if code in open_now]
    found = [*asked_for, *completing, *leading, *waiting]
    assert found, (gone.stage.name, gone.codes, gone.closed)
    return open_now[found[0]]


def _leads_on(offer: Offer, gone: Walk, code: str) -> bool:
    kind, _, rest = code.partition(".")
    if kind != "fire":
        return False
    one = next(each for each in offer.triggers[rest.partition(".")[0]] if gone.stage.name in each.from_)
    if one.to is not None and offer.stage[one.to].final and one.to not in offer.goals:
        return False
    onward = one.to is not None and offer.stage_number[one.to] > offer.stage_number[gone.stage.name]
    return onward or one.records.judgement == "met" or one.records.approval is not None
