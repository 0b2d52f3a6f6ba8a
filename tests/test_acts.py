"""Every act has its words, its people and its places: a page or the reason why not, and a command."""

from typing import get_args

import click
import pytest

from config.settings import DEMO
from web.cli.act_fields import params_of
from web.cli.console import recognition
from web.cli.demo.story import read_story
from web.forms.act_form import READERS
from workflow.acts.act import Act
from workflow.acts.bulk import request
from workflow.acts.fields import Field
from workflow.acts.registry import ACTS, on_page
from workflow.domain.actor import COUNCIL_ROLES, ROLES
from workflow.domain.lifecycles import PARTICIPANT
from workflow.engine.catalogue import Catalogue
from workflow.forecasting.route.act import Doing
from workflow.simulation.agents.perform import PERFORMED

#: Doings of a route that are no acts of their own.
_OUTSIDE = {"put_right"}
every_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


def command(path: str) -> click.Command | None:
    found: click.Command | None = recognition
    for word in path.split():
        found = found.get_command(click.Context(found), word) if isinstance(found, click.Group) else None
    return found


def test_names_are_given_once() -> None:
    assert len(ACTS) > 20
    assert {act.name for act in ACTS.values()} == set(ACTS)


@every_act
def test_an_act_has_words_somebody_who_may_and_a_place(act: Act, offers: Catalogue) -> None:
    assert act.help.endswith(".")
    assert act.example.startswith("CMC-26-")
    assert set(act.roles(offers.latest())) & set(ROLES)
    assert bool(act.pages) != bool(act.why_no_page)
    assert set(act.pages) <= {*act.roles(offers.latest()), *COUNCIL_ROLES}


@every_act
def test_an_act_has_one_address_on_each_page(act: Act) -> None:
    for role in act.pages:
        assert on_page(role, act.address, act.about) is (None if act.own_page else act)


@every_act
def test_an_act_has_a_command_that_asks_for_what_it_asks_for(act: Act) -> None:
    found = command(act.command)
    assert found is not None, act.command
    names = {param.name for param in found.params}
    asked = [param.name for field in act.fields for param in params_of(field)]
    assert names >= set(asked) or act.own_page
    assert not act.fields or asked or act.name == "move", "a move has a command for each of its verbs"


def _fields() -> list[Field]:
    return [field for act in ACTS.values() for field in act.fields]


#: Drawn by templates of their own: several fields each.
_DRAWN = {"entrybasis", "pieces", "decisions"}


def test_what_a_page_asks_for_has_a_label_and_a_word_for_leaving_it_out() -> None:
    asked = [field for act in ACTS.values() if act.pages and not act.own_page for field in act.fields]
    assert [field.name for field in asked if field.ask and not field.label and field.kind not in _DRAWN] == []
    assert [field.name for field in asked if field.label and not field.ask and field.console is None] == ["note"]


def test_pages_and_console_can_read_whatever_is_asked_for() -> None:
    assert {type(field) for field in _fields()} <= set(READERS)
    assert [field.name for field in _fields() if field.console and not params_of(field)] == []


def test_what_is_done_to_many_has_a_command_and_asks_for_what_can_be_kept() -> None:
    assert list(request.MANY) == ["hand_over", "book", "message", "change_version"]
    for act in request.MANY.values():
        found = command(f"bulk {act.name.replace('_', '-')}")
        assert found is not None
        assert {field.name for field in request.asked(act)} <= {param.name for param in found.params}


def test_routes_rehearsals_and_the_demonstration_speak_of_acts() -> None:
    known = {*ACTS, *PARTICIPANT.verbs}
    assert set(get_args(Doing)) - known == _OUTSIDE
    assert set(PERFORMED) == set(get_args(Doing))
    told = {step.do for school in read_story(DEMO / "story.toml").schools for step in school.steps}
    assert told - set(ACTS) == {"import_staff"}
