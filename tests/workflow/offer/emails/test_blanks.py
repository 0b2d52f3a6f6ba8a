"""An author writes words and placeholders; whatever else Jinja could do is refused, and said where."""

import pytest
from pydantic import ValidationError

from workflow.offer.emails.blanks import Blanks, LinkedLines, marked, names_in, only_placeholders
from workflow.offer.emails.email_template import EmailTemplate

WRITTEN = "Between braces stands one placeholder in small letters, such as {{ name }}, and nothing else."


@pytest.mark.parametrize(
    "text",
    [
        "{{ name|upper }}",
        "{{ name.title }}",
        "{{ name() }}",
        "{{ name['x'] }}",
        "{{ 'x' }}",
        "{{ 7 * 7 }}",
        "{{ Name }}",
        "{{ name2 }}",
        "{{- name -}}",
        "{{ }}",
        "{{ name",
        "{{ ''.__class__.__mro__ }}",
        "{% for one in name %}x{% endfor %}",
        "{% include 'x' %}",
        "{# nobody reads this #}",
    ],
)
def test_anything_but_a_placeholder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="nothing else") as caught:
        only_placeholders(f"Dear {{{{ name }}}},\n\nwell: {text}")
    assert str(caught.value) == f"Line 3 has “{text}” in it. {WRITTEN}"


@pytest.mark.parametrize("word", ["true", "false", "none", "not"])
def test_a_word_that_jinja_keeps_for_itself_is_no_placeholder(word: str) -> None:
    with pytest.raises(ValueError, match=f"“{word}” has a meaning of its own"):
        only_placeholders(f"Dear {{{{ {word} }}}}")


def test_a_placeholder_over_two_lines_does_not_move_the_line_that_is_named() -> None:
    with pytest.raises(ValueError, match=r"Line 3 has “\{% x %\}”"):
        only_placeholders("{{\nname }}\n{% x %}")


@pytest.mark.parametrize("key", ["subject", "body", "summary"])
def test_every_text_of_an_email_is_looked_at(key: str) -> None:
    said = {"name": "made-up", "subject": "S", "to": ("advisor",), "body": "B"}
    with pytest.raises(ValidationError, match=r"Line 1 has “\{% if x %\}”"):
        EmailTemplate.model_validate({**said, key: "{% if x %}"})


def test_braces_that_mean_nothing_are_words() -> None:
    assert only_placeholders("a } } b {x} {{ name }} }} {") == "a } } b {x} {{ name }} }} {"
    assert names_in("a {x} {{ name }} }} {") == {"name"}


@pytest.mark.parametrize("text", [r"\{\{ note \}\}", r"{\% if note %}x{\% endif %}", "&#123;{ note }}", r"{\# note #}"])
def test_what_markdown_makes_of_an_authors_words_is_not_read_again(text: str) -> None:
    """Escapes and entities give braces after the page was looked at."""
    rendered = EmailTemplate(name="made-up", subject="S", to=("advisor",), body=only_placeholders(text)).render({})
    assert "note" in rendered.text
    assert "note" in rendered.html


def test_no_name_of_jinjas_own_has_a_value() -> None:
    for name in ("range", "dict", "lipsum", "cycler", "joiner", "namespace"):
        with pytest.raises(KeyError, match=rf"^'{name}'$"):
            Blanks.in_words([marked(f"{{{{ {name} }}}}")]).fill(0, {})


def test_lines_that_lead_somewhere_are_links_in_html_and_addresses_in_words() -> None:
    lines = LinkedLines([("Phone <b>Bo</b>", "https://example.org/1"), ("Go on", 'https://example.org/"2"')])
    told = Blanks.in_words(["zqlinesqz"]).fill(0, {"lines": lines})
    assert told == '• Phone <b>Bo</b>\nhttps://example.org/1\n\n• Go on\nhttps://example.org/"2"'
    html = Blanks.in_html("<p>zqlinesqz</p>").fill(0, {"lines": lines})
    assert ">Phone &lt;b&gt;Bo&lt;/b&gt;</a><br>" in html
    assert 'href="https://example.org/&#34;2&#34;"' in html
