"""An email says what its page says and what people typed, and what people typed is never anything but words."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.mail.mime_message import as_bytes
from tests.workflow.offer.pages import MENTORING, READING
from workflow.domain.effects import AUDIENCES
from workflow.english import within
from workflow.mail.letters import Letter
from workflow.offer.emails.email_template import EmailTemplate, Rendered
from workflow.offer.emails.placeholders import (
    ABOUT,
    CERTIFIED,
    GATHERED,
    MEETING,
    MENTIONED,
    NOTED,
    PROMISED,
    REASONED,
    REFUNDED,
    REVIEWED,
    UNDONE,
    known,
)
from workflow.offer.loader import load_offer

OFFER = load_offer(MENTORING)
VALUES = {
    "name": "Jenna Rowe",
    "school": "Polwhevral School",
    "reference": "CMC-26-0042-K",
    "offer": "Mentoring, coaching and leadership recognition framework",
    "provider": "Cornwall Council",
    "contact": "recognition@example.org",
    "stage": "Purchase",
    "minimum_staff": "3",
    "staff_count": "2",
    "price": "£265.00",
    "lead_name": "Jenna Rowe",
    "promise": "name at least three staff",
    "promise_by": "Monday 20 October 2025",
    "note": "The new head starts in January.",
    "status_link": "https://recognition.example.org/school/abc",
    "people_link": "https://recognition.example.org/school/abc/people",
    "dates_link": "https://recognition.example.org/school/abc/dates",
    "certificates_link": "https://recognition.example.org/school/abc/certificates",
    "task_link": "https://recognition.example.org/school/abc/people",
    "case_link": "https://recognition.example.org/advisor/engagement/CMC-26-0042-K",
    "phase": "An Effective Mentor",
    "certificate_name": "Ada Pascoe",
    "serial": "7KQ2-M9RT-WX4H",
    "advisor_name": "Alex Penrose",
    "person_link": "https://recognition.example.org/school/person/abc",
    "participant": "Bryn Tregear",
    "reason": "has left the school",
    "criteria": "1.2 Shows mentoring conversations: tell us what changed.",
    "refund": "£132.50",
    "undone": "Follow-up meeting 1 completed",
    "meeting": "Training session 1",
    "meeting_when": "Tuesday 4 November 2025 at 1:30pm",
    "note_link": "https://recognition.example.org/advisor/engagement/CMC-26-0042-K/notes/1",
    "meeting_length": "3 hours",
    "meeting_place": "County Hall, Truro",
    "reminders": "• Polwhevral School: please name at least three staff by Monday 20 October 2025.",
    "reminder_count": "2",
    "help": "For any question, reply to this email.",
    "signature": "Tamsin Hocking\nCornwall Council leadership recognition team\nTelephone: 01872 300 123\n"
    "Email: recognition@example.org",
    "verify_link": "https://recognition.example.org/verify/7KQ2-M9RT-WX4H",
    "renews": "It renews certificate 2345-6789-ABCD of 3 September 2024.",
}
SITUATIONS = (ABOUT, CERTIFIED, GATHERED, MEETING, MENTIONED, NOTED, PROMISED, REASONED, REFUNDED, REVIEWED, UNDONE)
WELCOME = """\
Dear Jenna Rowe,

Thank you for choosing our Mentoring, coaching and leadership recognition
framework. We have your order for Polwhevral School, and your reference is
CMC-26-0042-K.

The first step is yours: please name at least 3 members of staff by Monday
20 October 2025. For each person we need a name, a work email address and
the phase that fits their experience. You can type them all in on your page,
or upload the list as a spreadsheet there.

Name your staff: https://recognition.example.org/school/abc/people

As soon as the list is complete we will offer you dates for training session
1. Your page shows where you are at any time, what is next and who is doing
it.

If you are not sure which phase suits someone, or someone else should be our
contact, reply to this email or write to recognition@example.org.

Kind regards,

Tamsin Hocking
Cornwall Council leadership recognition team
Telephone: 01872 300 123
Email: recognition@example.org
"""
EMAILS = [
    pytest.param(email, audience, id=f"{email.name} to {audience}")
    for folder in (MENTORING, READING)
    for email in load_offer(folder).emails.values()
    for audience in email.to
]


def email(body: str, subject: str = "About {{ school }}") -> EmailTemplate:
    return EmailTemplate(name="made-up", subject=subject, to=("school_lead",), body=body)


def render(body: str, **values: str) -> Rendered:
    return email(body).render(VALUES | values)


@pytest.mark.parametrize(("message", "audience"), EMAILS)
def test_a_paragraph_of_ones_own_stands_by_itself_before_the_letter_closes(
    message: EmailTemplate, audience: str
) -> None:
    plain, own = message.render(VALUES), message.render(VALUES, "Bring <a> pen.")
    assert own.text.replace("\nBring <a> pen.\n", "", 1) == plain.text, audience
    _, _, farewell = own.text.partition("Bring <a> pen.")
    assert ("Kind regards," in farewell) == ("Kind regards," in plain.text)
    assert own.html.count("Bring &lt;a&gt; pen.") == 1


@pytest.mark.parametrize("body", ["One paragraph.", "Dear {{ name }}\n\n- {{ signature }}", "{{ signature }}"])
def test_a_letter_that_closes_otherwise_has_room_for_it_too(body: str) -> None:
    own = email(body).render(VALUES, "Bring a pen.")
    assert own.text.count("Bring a pen.") == 1
    assert own.text.replace("Bring a pen.", "").split() == render(body).text.split()


def test_the_welcome_reads_well_without_html() -> None:
    rendered = OFFER.emails["welcome"].render(VALUES)
    assert rendered.subject == "Your order CMC-26-0042-K: tell us who is taking part"
    assert rendered.text == WELCOME


@pytest.mark.parametrize(("message", "audience"), EMAILS)
def test_every_email_renders_with_what_its_reader_may_be_told(message: EmailTemplate, audience: str) -> None:
    told = known(audience, *SITUATIONS)
    rendered = message.render({name: VALUES[name] for name in told})
    whole = rendered.subject + rendered.text + rendered.html
    assert rendered.text.startswith("Dear Jenna Rowe,\n\n")
    assert not [mark for mark in ("{{", "}}", "zq", "**", "](") if mark in whole]
    words = unwrapped(rendered)
    forms = {name: (" ".join(VALUES[name].split()), within(VALUES[name])) for name in message.placeholders}
    assert [name for name, known_as in forms.items() if not any(one in words for one in known_as)] == []
    assert all(len(line) <= 76 or "https://" in line for line in rendered.text.splitlines())


def bare(html: str) -> str:
    """Without how it looks."""
    return re.sub(r' style="[^"]*"', "", html)


def unwrapped(rendered: Rendered) -> str:
    return f"{rendered.subject} {' '.join(rendered.text.split())}"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_values_made_up_here_are_all_that_a_reader_may_be_told(audience: str) -> None:
    assert known(audience, *SITUATIONS) <= set(VALUES)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[Prize](https://example.org/prize)",
        "**Bold** and _slanted_ and `code`",
        "# Heading",
        "&lt;b&gt;",
        "\"quoted\" & 'single'",
        "<https://example.org/prize>",
        "![](https://example.org/pixel.png)",
        "{{ contact }}",
        "zqcontactqz",
    ],
)
def test_what_a_person_typed_stays_words(typed: str) -> None:
    rendered = render("Dear {{ name }},\n\n> {{ note }}\n\n- {{ school }}\n", name=typed, note=typed, school=typed)
    plain = render("Dear {{ name }},\n\n> {{ note }}\n\n- {{ school }}\n", name="N", note="N", school="N")
    assert rendered.html.count("<") == plain.html.count("<")
    assert rendered.text == f"Dear {typed},\n\n    {typed}\n\n- {typed}\n"
    assert rendered.subject == f"About {typed}"
    assert VALUES["contact"] not in rendered.text + rendered.html


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1))
def test_no_text_at_all_adds_a_tag_to_the_html(typed: str) -> None:
    rendered = render("Dear {{ name }},", name=typed)
    assert (rendered.html.count("<"), rendered.html.count(">")) == (2, 2)


def test_the_lines_of_a_note_stay_lines() -> None:
    rendered = render("Why:\n\n> {{ note }}", note="First this.\n\nThen <b>that</b>.")
    assert rendered.text == "Why:\n\n    First this.\n\n    Then <b>that</b>.\n"
    assert "First this.<br><br>Then &lt;b&gt;that&lt;/b&gt;." in rendered.html


def test_a_long_note_is_wrapped_under_itself() -> None:
    rendered = render("> {{ note }}", note="word " * 30)
    assert {line[:4] for line in rendered.text.splitlines()} == {"    "}
    assert all(len(line) <= 76 for line in rendered.text.splitlines())


@pytest.mark.parametrize("typed", ["A\r\nBcc: everyone@example.org", "A\nB", "=?utf-8?q?A=0D=0ABcc=3A?="])
def test_a_name_can_never_become_a_header(typed: str) -> None:
    letter = Letter(
        "Jenna", "jenna@example.org", "recognition@example.org", "Council", render("Dear all,", school=typed)
    )
    with pytest.raises(ValueError, match="cannot stand in a mail header"):
        as_bytes(letter, "<1@example.org>", "recognition@example.org", datetime(2026, 1, 5, tzinfo=UTC))


def test_an_address_in_a_link_is_filled_in_and_escaped() -> None:
    rendered = render("[See]({{ status_link }})", status_link='https://example.org/?a=1&b="2"')
    assert '<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">See</a>' in bare(rendered.html)
    assert rendered.text == 'See: https://example.org/?a=1&b="2"\n'


def test_a_value_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match=r"^'serial'$"):
        email("Number {{ serial }}").render({"school": "Polwhevral School"})
    with pytest.raises(KeyError, match=r"^'school'$"):
        email("Dear all").render({})


def test_placeholders_are_found_in_the_subject_and_the_body() -> None:
    assert email("{{name}} and {{  case_link  }}").placeholders == {"school", "name", "case_link"}


def test_two_placeholders_side_by_side_are_two() -> None:
    rendered = render("{{ reference }}{{ staff_count }}, {{ price }}s")
    assert rendered.text == "CMC-26-0042-K2, £265.00s\n"
    assert bare(rendered.html) == "<p>CMC-26-0042-K2, £265.00s</p>\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("One\ntwo.\n\nThree.", "One two.\n\nThree.\n", id="paragraphs"),
        pytest.param("One  \ntwo.", "One\ntwo.\n", id="a hard break"),
        pytest.param("- one\n- two\n\nEnd", "- one\n- two\n\nEnd\n", id="a list"),
        pytest.param("1. one\n2. two\n\nEnd", "1. one\n2. two\n\nEnd\n", id="a numbered list"),
        pytest.param("# Title\n\nText", "Title\n\nText\n", id="a heading"),
        pytest.param("**bold** _slanted_ `code`", "bold slanted code\n", id="emphasis"),
        pytest.param("    a line of code\n\nText", "a line of code\n\nText\n", id="an indented line"),
        pytest.param("```\nkept\n```", "kept\n", id="a fence"),
        pytest.param("<b>raw</b>", "<b>raw</b>\n", id="html is words"),
        pytest.param("> one\n>\n> two", "    one\n\n    two\n", id="a quotation"),
    ],
)
def test_markdown_reads_well_as_text_and_nothing_is_lost(body: str, text: str) -> None:
    assert render(body).text == text


def test_what_a_letter_asks_for_looks_like_a_button_and_a_quotation_has_an_edge() -> None:
    """Outlook draws no borders of paragraphs and no style sheets: both are tables, and every element has its style."""
    html = render("> Why.\n\n[Open it]({{ status_link }})\n\nOr see [here]({{ status_link }}).\n\n- one\n- two").html
    assert list(re.findall(r"<td bgcolor=\"#0b6b6b\"[^>]*><a [^>]*>([^<]+)</a>", html)) == ["Open it"]
    assert html.count('<table role="presentation"') == 2
    assert "Why." in html.partition("</table>")[0]
    assert not re.search(r"<(p|a|ul|li)(?![^>]* style=)[^>]*>", html)


def test_html_in_an_email_is_words_in_its_html_too() -> None:
    assert bare(render("<b>raw</b>\n\n<script>alert(1)</script>").html) == (
        "<p>&lt;b&gt;raw&lt;/b&gt;</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    )


@pytest.mark.parametrize("path", sorted(MENTORING.glob("emails/*.md")), ids=lambda path: path.stem)
def test_no_word_of_an_email_is_lost_on_the_way_to_text(path: Path) -> None:
    body = path.read_text(encoding="utf-8").split("+++\n", 2)[2]
    plain = body.replace("](", ": ").translate(str.maketrans("", "", "*[]>)"))
    values = dict.fromkeys(VALUES, "x")
    expected = email(plain.replace("- ", "")).render(values).text.split()
    assert [word for word in email(body).render(values).text.split() if word != "-"] == expected
