"""What usually happens at each stage, as rules of a life."""

from collections.abc import Callable
from typing import Any

THREE = ("ada", "bryn", "cara")


def _train(life: Any) -> None:
    kind = life.model.now.stage
    life.nominate(set(THREE))
    life.book(kind)
    life.register(kind, set())


def _meet(life: Any) -> None:
    kind = life.model.now.stage
    life.book(kind)
    life.meet(kind)
    life.follow_up(kind[-1])


def _visit(life: Any) -> None:
    if not life.model.now.evidence:
        life.check_evidence()
    life.book("qa_visit")
    life.meet("qa_visit")
    life.judge("met")


def _certify(life: Any) -> None:
    for name in life.model.completed():
        life.confirm(name)
    life.approve()
    life.the_post_goes()


#: What usually happens at a stage.
USUAL: dict[str, Callable[[Any], None]] = {
    "purchase": lambda life: life.nominate(set(THREE)),
    "training_1": _train,
    "training_2": _train,
    "framework": lambda life: life.everybody_completes(),
    "follow_up_1": _meet,
    "follow_up_2": _meet,
    "qa_visit": _visit,
    "certification": _certify,
}
