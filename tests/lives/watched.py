"""What every life has: an engagement, a model of it, one way to do things, and what must hold after each."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from tasks.world import World
from tests.journeys import ADVISOR, LEAD, Journey
from tests.lives.model import PLACES
from workflow import engine
from workflow.domain.actor import Actor
from workflow.errors import WorkflowError
from workflow.queries.audit import verify
from workflow.store.cases import read_case
from workflow.store.tables.participant import Participant


class AnyState(Protocol):
    """What every model says of an engagement."""

    @property
    def stage(self) -> str: ...
    @property
    def standing(self) -> str: ...
    @property
    def people(self) -> dict[str, str]: ...
    @property
    def active(self) -> list[str]: ...


class AnyModel(Protocol):
    @property
    def now(self) -> AnyState: ...


M = TypeVar("M", bound=AnyModel)


class Watched(RuleBasedStateMachine, Generic[M]):
    """`world` is set by the test that runs it; each life is an engagement of its own in one record."""

    world: ClassVar[World]
    lived: ClassVar[int] = 0
    model: M
    journey: Journey

    def do(self, act: Callable[..., Any], *args: Any, actor: Actor = ADVISOR, legal: bool, **more: Any) -> bool:
        """Does it, and says whether it happened; what is refused is explained, and changes nothing."""
        if legal:
            self.journey._do(act, *args, actor=actor, **more)
            return True
        version = self.journey.row.version
        with pytest.raises(WorkflowError) as refused:
            self.journey._do(act, *args, actor=actor, **more)
        assert str(refused.value).strip().endswith((".", "?")), "an explanation is a sentence"
        assert self.journey.row.version == version
        return False

    def fire(self, trigger: str, actor: Actor = ADVISOR, *, legal: bool, **more: Any) -> bool:
        return self.do(engine.advance, trigger, actor=actor, legal=legal, **more)

    @invariant()
    def the_program_and_the_model_agree(self) -> None:
        """And every refused trigger is explained."""
        now = self.model.now
        with self.world.store.reading() as session:
            case = read_case(session, self.journey.id)
            people = session.scalars(select(Participant).where(Participant.engagement_id == self.journey.id)).all()
            offered = engine.available(session, self.journey.id, LEAD)
        assert (case.stage, case.standing) == (now.stage, now.standing)
        assert sum(one.status == "open" for one in case.promises) == (now.standing == "active"), "exactly one owes"
        assert {one.email.partition("@")[0]: one.status for one in people} == now.people
        assert len(case.facts.active_participants) == len(now.active) <= PLACES
        for one in offered:
            assert one.open or all(reason.sentence.endswith(".") and reason.who for reason in one.refusals)
        self.agree_besides()

    def agree_besides(self) -> None:
        """What a life of its own kind looks at after each step."""

    def teardown(self) -> None:
        if hasattr(self, "journey"):
            with self.world.store.reading() as session:
                assert verify(session, self.journey.id).faults == ()
