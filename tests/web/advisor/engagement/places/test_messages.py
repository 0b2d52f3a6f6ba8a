"""The letters of one engagement: newest first, a page at a time, one conversation by itself."""

import re
from datetime import timedelta

from tests.journeys import Journey
from tests.web.advisor.engagement.places.letters import send, write
from tests.web.visitor import Visitor
from workflow.queries.places.messages import PAGE
from workflow.store.tables.sent_email import SentEmail


def _letters(visitor: Visitor, page: str) -> list[int]:
    return [int(number) for number in re.findall('id="message-([0-9]+)"', visitor.open(page).answer.text)]


def _older(visitor: Visitor) -> str:
    found = re.search(r'href="([^"]+before=[^"]+)"', visitor.answer.text)
    return found[1].replace("&amp;", "&") if found else ""


def test_every_letter_stands_on_one_page_and_the_newest_come_first(
    advisor: Visitor, journey: Journey, case: str
) -> None:
    write(journey, 2 * PAGE)
    first = _letters(advisor, f"{case}/messages")
    second = _letters(advisor, _older(advisor))
    third = _letters(advisor, _older(advisor))
    assert (len(first), len(second)) == (PAGE, PAGE)
    assert first + second + third == sorted({*first, *second, *third}, reverse=True)
    assert "Letter 1, to" in advisor.words
    assert _older(advisor) == ""
    assert f'href="{case}/messages"' in advisor.answer.text, "and back to the newest"


def test_a_letter_that_went_out_late_stands_where_it_went_out(advisor: Visitor, journey: Journey, case: str) -> None:
    write(journey, 3)
    first, second, *_ = sorted(_letters(advisor, f"{case}/messages"))
    with journey.store.writing() as session:
        session.get_one(SentEmail, first).sent_at = journey.now + timedelta(hours=1)
    assert _letters(advisor, f"{case}/messages")[0] == first
    assert _letters(advisor, f"{case}/messages")[-1] == second


def test_a_conversation_stands_by_itself(advisor: Visitor, journey: Journey, case: str) -> None:
    journey.to("training_1")
    send(journey)
    words = advisor.open(f"{case}/messages?to=1").words
    assert "to participants:1" in words
    assert "to participants:2" not in words
    assert "to school_lead" not in words
    assert 'id="emails">' in advisor.answer.text, "what renews itself would bring everybody's letters back"
    assert "to school_lead" in advisor.open(f"{case}/messages?to=school_lead").words
    assert "to participants:1" not in advisor.words
    assert "to school_lead" not in advisor.open(f"{case}/messages?to=council").words
    assert "to participants:1" in advisor.open(f"{case}/messages?to=nobody&before=x").words, "what is no name is none"


def test_the_exact_copy_stands_under_the_day_it_went_out(advisor: Visitor, journey: Journey, case: str) -> None:
    write(journey, 1)
    words = advisor.open(f"{case}/messages").words
    assert re.search(
        r"Sent Written to .* Show Monday 6 October 2025 Letter 3, to school_lead Sent 6 October 2025 at 1:01pm", words
    )
    assert "Dear Jenna, Welcome." in words
