"""The phase that somebody starts at: proposed with what it rests on, then agreed."""

from workflow.acts.act import Act, Done, Occasion
from workflow.acts.fields import Argument, EntryBasis, Option, Phase
from workflow.domain.actor import ADVISING_ROLES, COUNCIL_ROLES
from workflow.store.tables.participant import EntryBasis as EntryBasisRow
from workflow.store.tables.participant import Participant
from workflow.usecases import phases
from workflow.usecases.phases import Basis


def _propose(on: Occasion, *, email: str, phase: int, basis: Basis) -> Done:
    person = phases.propose(on.session, on.engagement_id, email, phase, basis, **on.who)
    return Done(
        "Thank you. Your advisor will look at this and agree the phase with you.",
        console=f"{person.name}: phase {phase} is proposed.{_pointed(on, person)}",
    )


def _pointed(on: Occasion, person: Participant) -> str:
    found = phases.suggested(on.offer.phases, on.session.get_one(EntryBasisRow, person.id).answers)
    return f" The answers point to phase {found}." if found else ""


def _agree(on: Occasion, *, email: str, phase: int) -> Done:
    person = phases.agree(on.session, on.engagement_id, email, phase, **on.who)
    agreed = f"Agreed for {person.name}: {on.offer.phase[phase].title}."
    return Done(agreed, console=f"{person.name}: phase {phase} is agreed.")


ACTS = (
    Act(
        name="propose_phase",
        about="person",
        do=_propose,
        fields=(
            Phase(
                "phase",
                label="Phase you propose",
                ask="Choose the phase that fits your experience",
                console=Argument("PHASE"),
            ),
            EntryBasis(
                "basis",
                ask="Say yes or no",
                console=Option("--experience", "What the person has done so far.", required=True),
            ),
        ),
        by=("school_lead", "participant", *COUNCIL_ROLES),
        pages=("participant",),
        slug="propose",
        command="participant propose",
        help="Propose the phase that somebody starts at, and say what it rests on. An advisor then agrees to it.",
        example="CMC-26-0042-K jowan@example.org 2 --experience 'Three years a mentor' --yes q2-1 --yes q2-2",
    ),
    Act(
        name="agree_phase",
        about="person",
        do=_agree,
        fields=(Phase("phase", label="Phase", ask="Choose the phase that is agreed", console=Argument("PHASE")),),
        by=ADVISING_ROLES,
        pages=ADVISING_ROLES,
        slug="agree",
        command="participant agree",
        help="Agree to the phase that was proposed, or settle on another.",
        example="CMC-26-0042-K jowan@example.org 2",
    ),
)
