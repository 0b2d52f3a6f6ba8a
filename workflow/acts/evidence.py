"""The framework: evidence that somebody sends in, and the reviews that decide about it."""

from collections.abc import Mapping

from workflow.acts.act import Act, Done, Occasion, says
from workflow.acts.fields import Decisions, Option, Pieces
from workflow.domain.actor import COUNCIL_ROLES
from workflow.english import in_words
from workflow.usecases import evidence, participants
from workflow.usecases.evidence import Decision, EvidencePiece
from workflow.usecases.people import unsent_files


def _send_in(on: Occasion, *, email: str, pieces: Mapping[str, EvidencePiece]) -> Done:
    sent = evidence.send_in(on.session, on.engagement_id, email, pieces, **on.who)
    unsent_files.drop(on.session, sent.participant_id)
    thanks = "Thank you. Your evidence is sent in. We will read it and write back."
    return Done(thanks, console=f"Version {sent.version} is sent in.")


def _review(on: Occasion, *, email: str, decisions: Mapping[str, Decision]) -> Done:
    person = participants.one_of(on.session, on.engagement_id, email)
    done = evidence.review(on.session, on.engagement_id, email, decisions, **on.who)
    how = "goes back, with what is still needed" if done.unmet else "is accepted"
    return Done(f"The evidence of {person.name} {how}.", console=f"{person.name}: {in_words(person.status)}.")


ACTS = (
    Act(
        name="send_in",
        about="person",
        do=_send_in,
        fields=(Pieces("pieces", console=Option("--text", "What is said about a criterion.", metavar="CODE=TEXT")),),
        by=says("participant", "submit"),
        pages=("participant",),
        slug="send",
        command="evidence send",
        help="Send in a version: every criterion at first, later those that were not met.",
        example="CMC-26-0042-K jo@example.org --file 1.2=plan.pdf",
    ),
    Act(
        name="review",
        about="person",
        do=_review,
        fields=(Decisions("decisions", console=Option("--met", "A criterion that is met. May be repeated.")),),
        by=says("participant", "review"),
        pages=COUNCIL_ROLES,
        command="evidence review",
        help="Decide about each criterion of the last version. It is accepted when none is left, and returned "
        "otherwise.",
        example="CMC-26-0042-K jo@example.org --met 1.1 --not-met 1.2=More",
    ),
)
