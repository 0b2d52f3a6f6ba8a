"""Our own macros for what stands on a page by the dozen say what those of GOV.UK Frontend say."""

from html.parser import HTMLParser

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

_GOVUK = "govuk_frontend_jinja/components"
_WORDS = "Hold & <wait>"
_PAIRS = {
    "tag": ("tag", "tag(words, 'govuk-tag--red')", "govukTag({'text': words, 'classes': 'govuk-tag--red'})"),
    "a tag without a colour": ("tag", "tag(words, '')", "govukTag({'text': words})"),
    "button": ("button", "button(words)", "govukButton({'text': words, 'preventDoubleClick': true})"),
    "a button with a colour": (
        "button",
        "button(words, 'govuk-button--warning')",
        "govukButton({'text': words, 'preventDoubleClick': true, 'classes': 'govuk-button--warning'})",
    ),
    "a link like a button": (
        "button",
        "button_link(words, '/a?b=1&c=2', 'app-last')",
        "govukButton({'text': words, 'href': '/a?b=1&c=2', 'classes': 'app-last'})",
    ),
    "details": (
        "details",
        "details(words, 'more', classes='app-choice', caller=said)",
        "govukDetails({'summaryText': words, 'id': 'more', 'classes': 'app-choice', 'text': 'Said.'})",
    ),
    "open details": (
        "details",
        "details(words, 'more', true, caller=said)",
        "govukDetails({'summaryText': words, 'id': 'more', 'open': true, 'text': 'Said.'})",
    ),
    "a number": (
        "input",
        "number_input('form-years', 'value-years', words, missing, '')",
        (
            "govukInput({'id': 'form-years', 'name': 'value-years', 'classes': 'govuk-input--width-5',"
            " 'inputmode': 'numeric',"
            " 'label': {'text': words, 'classes': 'govuk-label--s'}})"
        ),
    ),
    "a wrong number": (
        "input",
        "number_input('form-years', 'value-years', words, '<x>', 'Enter a number.')",
        (
            "govukInput({'id': 'form-years', 'name': 'value-years', 'classes': 'govuk-input--width-5',"
            " 'inputmode': 'numeric',"
            " 'label': {'text': words, 'classes': 'govuk-label--s'}, 'value': '<x>',"
            " 'errorMessage': {'text': 'Enter a number.'}})"
        ),
    ),
    "text": (
        "textarea",
        "text_area('f-note', 'note', 3, words, missing)",
        (
            "govukTextarea({'id': 'f-note', 'name': 'note', 'rows': 3,"
            " 'label': {'text': words, 'classes': 'govuk-label--s'}})"
        ),
    ),
    "text with a hint": (
        "textarea",
        "text_area('f-note', 'note', 4, words, '<x>', 'Be brief.')",
        (
            "govukTextarea({'id': 'f-note', 'name': 'note', 'rows': 4,"
            " 'label': {'text': words, 'classes': 'govuk-label--s'},"
            " 'value': '<x>', 'hint': {'text': 'Be brief.'}})"
        ),
    ),
    "wrong text": (
        "textarea",
        "text_area('f-note', 'note', 4, words, '', 'Be brief.', 'Say why.')",
        (
            "govukTextarea({'id': 'f-note', 'name': 'note', 'rows': 4,"
            " 'label': {'text': words, 'classes': 'govuk-label--s'},"
            " 'value': '', 'hint': {'text': 'Be brief.'}, 'errorMessage': {'text': 'Say why.'}})"
        ),
    ),
    "a day": (
        "date-input",
        "date_input('f-date', 'date', words, {}, {})",
        (
            "govukDateInput({'id': 'f-date', 'namePrefix': 'date',"
            " 'items': [{'name': 'day', 'classes': 'govuk-input--width-2'},"
            " {'name': 'month', 'classes': 'govuk-input--width-2'},"
            " {'name': 'year', 'classes': 'govuk-input--width-4'}],"
            " 'fieldset': {'legend': {'text': words, 'classes': 'govuk-fieldset__legend--s'}},"
            " 'hint': {'text': 'For example, 23 11 2026'}})"
        ),
    ),
    "a wrong day": (
        "date-input",
        (
            "date_input('f-date', 'date', words, {'date-day': '<3', 'date-year': ''},"
            " {'day': 'Say which.', 'year': 'When?'}, 'H')"
        ),
        (
            "govukDateInput({'id': 'f-date', 'namePrefix': 'date', 'items': [{'name': 'day', 'value': '<3',"
            " 'classes': 'govuk-input--width-2 govuk-input--error'},"
            " {'name': 'month', 'classes': 'govuk-input--width-2'},"
            " {'name': 'year', 'value': '', 'classes': 'govuk-input--width-4 govuk-input--error'}],"
            " 'fieldset': {'legend': {'text': words, 'classes': 'govuk-fieldset__legend--s'}},"
            " 'hint': {'text': 'H'}, 'errorMessage': {'text': 'Say which.. When?'}})"
        ),
    ),
    "a choice": (
        "select",
        "select('whose', words, {'': 'All', '7': 'A & b'}, '7')",
        (
            "govukSelect({'id': 'whose', 'name': 'whose', 'label': {'text': words},"
            " 'items': [{'value': '', 'text': 'All'}, {'value': '7', 'text': 'A & b', 'selected': true}]})"
        ),
    ),
    "tasks": (
        "task-list",
        "task_list('way', tasks, states, 'app')",
        (
            "govukTaskList({'idPrefix': 'way', 'classes': 'app', 'items': [{'title': {'text': words}, 'href': '/a',"
            " 'status': {'text': 'Done', 'classes': ''}},"
            " {'title': {'text': words}, 'href': '/b', 'hint': {'text': 'Soon & far'},"
            " 'status': {'tag': {'text': 'Late', 'classes': 'govuk-tag--red'}}},"
            " {'title': {'text': words}, 'status': {'text': 'From May',"
            " 'classes': 'govuk-task-list__status--cannot-start-yet'}}]})"
        ),
    ),
    "a summary": (
        "summary-list",
        "summary_list([(words, words), ('', 'none'), ('Two', markup)], 'app')",
        (
            "govukSummaryList({'classes': 'app', 'rows': [{'key': {'text': words}, 'value': {'text': words}}, none,"
            " {'key': {'text': 'Two'}, 'value': {'html': markup}}]})"
        ),
    ),
    "breadcrumbs": (
        "breadcrumbs",
        "breadcrumbs([(words, '/a?b=1&c=2'), ('Here', '/b')])",
        (
            "govukBreadcrumbs({'collapseOnMobile': true,"
            " 'items': [{'text': words, 'href': '/a?b=1&c=2'}, {'text': 'Here', 'href': '/b'}]})"
        ),
    ),
    "places": (
        "service-navigation",
        "service_navigation('places', words, 'app', [('A & b', '/a', 'page'), ('C', '/c', ''), ('D', '/d', 'true')])",
        (
            "govukServiceNavigation({'navigationLabel': words, 'navigationId': 'places', 'classes': 'app',"
            " 'menuButtonText': words, 'navigation': [{'text': 'A & b', 'href': '/a', 'current': true, 'active': true},"
            " {'text': 'C', 'href': '/c'}, {'text': 'D', 'href': '/d', 'active': true}]})"
        ),
    ),
}
_TASKS = [
    {"title": _WORDS, "href": "/a", "state": "done", "hint": "", "when": ""},
    {"title": _WORDS, "href": "/b", "state": "late", "hint": "Soon & far", "when": ""},
    {"title": _WORDS, "href": "", "state": "later", "hint": "", "when": "From May"},
]


_STATES = {"done": ("Done", ""), "late": ("Late", "govuk-tag--red"), "later": ("To come", "")}


class Elements(HTMLParser):
    """What a browser sees: elements with their attributes in any order, and words without the spaces between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: (value or "").split() if name == "class" else value for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.seen.append(words)


@pytest.mark.parametrize("name", _PAIRS)
def test_a_component_of_ours_says_what_that_of_govuk_frontend_says(app: Flask, name: str) -> None:
    component, ours, theirs = _PAIRS[name]
    imports = f"{{% from '{_GOVUK}/{component}/macro.html' import {theirs.partition('(')[0]} %}}"
    imports += f"{{% from 'components.html' import {ours.partition('(')[0]} %}}"
    known = {"words": _WORDS, "tasks": _TASKS, "states": _STATES, "said": lambda: "Said.", "markup": Markup("<b>x</b>")}
    with app.test_request_context():
        found, expected = (
            Elements(render_template_string(f"{imports}{{{{ {call} }}}}", **known)).seen for call in (ours, theirs)
        )
    assert found == expected
