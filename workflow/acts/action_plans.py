"""What has to be done besides the journey itself: a school's action plan after a visit, and what advisors owe."""

from datetime import date

from workflow.acts.act import COUNCIL, Act, Done, Occasion
from workflow.acts.fields import Argument, Block, Day, Line, Option
from workflow.domain.actor import COUNCIL_ROLES
from workflow.domain.person_name import NAME_LIMIT
from workflow.english import day_in_words
from workflow.usecases import action_plans
from workflow.usecases.action_plans import WHAT_LIMIT


def _plan(on: Occasion, *, kind: str, what: str, owner: str, due_on: date) -> Done:
    action = action_plans.plan(on.session, on.engagement_id, kind, what, owner=owner, due_on=due_on, **on.who)
    return Done(f"Planned: {owner} has until {day_in_words(due_on)}.", console=f"Planned as action {action.id}.")


def _finish(on: Occasion, *, number: int) -> Done:
    action = action_plans.finish(on.session, on.engagement_id, number, **on.who)
    return Done(f"Recorded as done: {action.what_text.splitlines()[0]}", console="Recorded: it is done.")


ACTS = (
    Act(
        name="plan_action",
        about="judged_meeting",
        do=_plan,
        fields=(
            Block(
                "what",
                what="What has to be done",
                label="What has to be done?",
                limit=WHAT_LIMIT,
                ask="Write down what has to be done",
                console=Argument("WHAT"),
            ),
            Line(
                "owner",
                what="The name of the owner",
                label="Who has to do it?",
                hint="For example, the headteacher",
                limit=NAME_LIMIT,
                ask="Enter who has to do it",
                console=Option("--owner", "Who does it, by name.", required=True),
            ),
            Day(
                "due_on",
                typed="date",
                label="By when?",
                ask="Enter the date",
                console=Option("--by", "By when, such as 2027-01-29.", metavar="DAY", required=True),
            ),
        ),
        by=COUNCIL,
        pages=COUNCIL_ROLES,
        slug="add",
        command="visit plan",
        help="Write down one action after a visit that has been held, before it is judged “not yet met”.",
        example="CMC-26-0042-K qa_visit 'Write the policy' --owner Jo --by 2027-01-29",
    ),
    Act(
        name="finish_action",
        about="action",
        do=_finish,
        by=COUNCIL,
        pages=COUNCIL_ROLES,
        slug="done",
        command="visit done",
        help="Record that an action is done.",
        example="CMC-26-0042-K 3",
    ),
)
