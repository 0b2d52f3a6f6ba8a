"""A title stands in an email as its place in the sentence asks."""

import pytest

from workflow.offer.emails.email_template import EmailTemplate


def rendered(body: str, title: str) -> tuple[str, str]:
    email = EmailTemplate(name="odd", subject="Odd", to=("school_lead",), body=body)
    told = email.render({"meeting": title, "school": "Polwhevral"})
    return told.text.strip(), told.html


@pytest.mark.parametrize(
    ("body", "title", "read"),
    [
        ("{{ meeting }} for {{ school }}.", "An appointment", "An appointment for Polwhevral."),
        ("The date for {{ meeting }}.", "An appointment", "The date for an appointment."),
        ("Come to your {{ meeting }}.", "An appointment", "Come to your appointment."),
        ("The {{ meeting }} is off.", "The review", "The review is off."),
        ("Come. {{ meeting }} is near.", "The review", "Come. The review is near."),
        ('It is called "{{ meeting }}".', "The review", 'It is called "The review".'),
        ("Where: {{ meeting }}", "The review", "Where: The review"),
        ("{{ school }} {{ meeting }}", "The review", "Polwhevral the review"),
        ("See **{{ meeting }}** there.", "The review", "See the review there."),
        ("- {{ meeting }}\n- to {{ meeting }}", "The review", "- The review\n- to the review"),
        ("Come to a {{ meeting }}.", "Appointment", "Come to an Appointment."),
        ("Come to a {{ meeting }}.", "The evening", "Come to an evening."),
        ("Come to an {{ meeting }}.", "A review", "Come to a review."),
        ("A {{ meeting }} is near.", "An appointment", "An appointment is near."),
        ("You have a {{ meeting }}.", "University visit", "You have a University visit."),
        ("Dates for {{ meeting }}.", "QA visit", "Dates for QA visit."),
        ("Dates for your {{ meeting }}.", "Follow-up visits", "Dates for your Follow-up visits."),
    ],
)
def test_by_its_place(body: str, title: str, read: str) -> None:
    text, html = rendered(body, title)
    assert " ".join(text.split()) == " ".join(read.split())
    for words in read.replace("- ", "").split("\n"):
        plain = words.strip().partition("“")[0].strip('"')
        assert plain.split('"')[0].split("the review there")[0].strip() in html


def test_an_article_goes_by_the_title_through_what_stands_between() -> None:
    text, html = rendered("Come to a **{{ meeting }}**.", "The evening")
    assert text == "Come to an evening."
    assert "Come to an <strong>evening</strong>." in html
