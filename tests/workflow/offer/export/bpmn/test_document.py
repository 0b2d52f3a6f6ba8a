"""The journey as BPMN 2.0: valid by the standard's own schema, and saying what the page says."""

from pathlib import Path

import pytest
from lxml import etree

from tests.test_layout import ROOT
from tests.workflow.offer.export.offers import OFFERS
from workflow.offer.definition import Offer
from workflow.offer.export.bpmn.document import bpmn

_SCHEMAS = ROOT / "node_modules" / "bpmn-moddle" / "resources" / "bpmn" / "xsd"
_IN = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
}


@pytest.fixture(params=OFFERS)
def offer(request: pytest.FixtureRequest, tmp_path: Path) -> Offer:
    return OFFERS[request.param](tmp_path)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMAS / "BPMN20.xsd"))


@pytest.fixture
def shipped(tmp_path: Path) -> etree._Element:
    return read(OFFERS["shipped"](tmp_path))


def read(offer: Offer) -> etree._Element:
    return etree.fromstring(bpmn(offer).encode())


def found(document: etree._Element, path: str) -> list[etree._Element]:
    return list(document.iterfind(path, _IN))


def flow(document: etree._Element, source: str, target: str) -> etree._Element:
    (one,) = found(document, f".//bpmn:sequenceFlow[@sourceRef='{source}'][@targetRef='{target}']")
    return one


def test_it_is_valid_by_the_standards_own_schema(offer: Offer, schema: etree.XMLSchema) -> None:
    assert schema.validate(read(offer)), schema.error_log


def test_the_schema_would_say_if_it_were_not(shipped: etree._Element, schema: etree.XMLSchema) -> None:
    del found(shipped, ".//bpmn:sequenceFlow")[0].attrib["targetRef"]
    assert not schema.validate(shipped)


def test_every_stage_is_there_and_every_final_one_is_an_end(offer: Offer) -> None:
    document = read(offer)
    left = {stage for one in offer.transitions if one.to for stage in one.from_ if one.to != stage}
    for stage in offer.stages:
        kind = "endEvent" if stage.final and stage.name not in left else "userTask"
        (node,) = found(document, f".//bpmn:{kind}[@id='stage_{stage.name}']")
        assert node.get("name") == stage.title


def test_every_transition_is_a_flow_or_a_signal_and_every_timer_an_event(offer: Offer) -> None:
    document = read(offer)
    named = {
        one.get("name") for one in found(document, ".//bpmn:sequenceFlow") + found(document, ".//bpmn:boundaryEvent")
    }
    assert {one.title for one in offer.transitions if one.standing.from_ != ("lapsed", "cancelled")} <= named
    timers = {f"timer_{one.name}" for one in offer.timers}
    assert timers == {one.getparent().get("id") for one in found(document, ".//bpmn:timerEventDefinition")}


def test_a_condition_stands_in_words(shipped: etree._Element) -> None:
    way = flow(shipped, "stage_training_1", "stage_training_2")
    assert way.get("name") == "Complete training session 1"
    (condition,) = found(way, "bpmn:conditionExpression")
    assert condition.text == (
        "the register of Training session 1 has been taken; "
        "at least 3 members of staff were at Training session 1 or have caught up"
    )
    assert "Said by the advisor or lead advisor, or by itself." in str(found(way, "bpmn:documentation")[0].text)


def test_what_somebody_has_to_say_is_part_of_the_condition(shipped: etree._Element) -> None:
    (condition,) = found(flow(shipped, "stage_follow_up_1", "stage_follow_up_2"), "bpmn:conditionExpression")
    assert str(condition.text).startswith("“Complete follow-up meeting 1” is said; Follow-up meeting 1 took place; ")


def test_a_reminder_goes_beside_the_journey_and_a_lapse_ends_it(shipped: etree._Element) -> None:
    (reminder,) = found(shipped, ".//bpmn:boundaryEvent[@id='timer_school-due-in-five']")
    assert (reminder.get("attachedToRef"), reminder.get("cancelActivity")) == ("journey", "false")
    (when,) = found(reminder, ".//bpmn:timeDuration")
    assert when.text == "5 school days before the day by which the school is to act"
    (lapse,) = found(shipped, ".//bpmn:boundaryEvent[@id='timer_lapse-unanswered']")
    assert lapse.get("cancelActivity") == "true"
    (again,) = found(shipped, ".//bpmn:boundaryEvent[@id='timer_council-late']//bpmn:timeCycle")
    assert str(again.text).endswith("and every 5 council days from then on")


def test_a_timer_of_a_stage_that_ends_the_journey_is_heard_by_the_journey(tmp_path: Path) -> None:
    document = read(OFFERS["small"](tmp_path))
    (thrown,) = found(document, ".//bpmn:subProcess//bpmn:endEvent/bpmn:signalEventDefinition")
    caught = found(document, "bpmn:process/bpmn:boundaryEvent/bpmn:signalEventDefinition")
    assert thrown.get("signalRef") in {one.get("signalRef") for one in caught}


def test_a_timer_that_leads_to_another_stage_is_a_way_there(tmp_path: Path) -> None:
    document = read(OFFERS["winding"](tmp_path))
    assert flow(document, "timer_no-training-asked-for", "stage_framework") is not None


def test_a_way_back_says_that_a_new_round_begins(tmp_path: Path) -> None:
    document = read(OFFERS["library"](tmp_path))
    (told,) = found(flow(document, "choice_mark_held", "stage_shelf_visit"), "bpmn:documentation")
    assert "It begins a new round" in str(told.text)


def test_everything_has_its_place_in_the_diagram(offer: Offer) -> None:
    document = read(offer)
    process = found(document, "bpmn:process")[0]
    drawn = {one.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for one in found(document, f".//di:{kind}")}
    nodes = {one.get("id") for one in process.iterdescendants() if one.get("id") and "Definition" not in str(one.tag)}
    assert drawn == nodes


def test_ways_begin_and_end_at_what_they_join(offer: Offer) -> None:
    document = read(offer)
    boxes = {
        one.get("bpmnElement"): [int(found(one, "dc:Bounds")[0].get(key)) for key in ("x", "y", "width", "height")]
        for one in found(document, ".//di:BPMNShape")
    }
    for way in found(document, ".//bpmn:sequenceFlow"):
        (edge,) = found(document, f".//di:BPMNEdge[@bpmnElement='{way.get('id')}']")
        points = [(int(one.get("x")), int(one.get("y"))) for one in edge if str(one.tag).endswith("waypoint")]
        for (across, down), node in ((points[0], way.get("sourceRef")), (points[-1], way.get("targetRef"))):
            x, y, width, height = boxes[node]
            assert x <= across <= x + width, way.get("id")
            assert y <= down <= y + height, way.get("id")


def test_words_of_the_page_stay_words(tmp_path: Path) -> None:
    offer = OFFERS["shipped"](tmp_path)
    stage = offer.stages[0].model_copy(update={"title": 'Purchase & "more" <b>'})
    document = read(offer.model_copy(update={"stages": (stage, *offer.stages[1:])}))
    (node,) = found(document, ".//bpmn:userTask[@id='stage_purchase']")
    assert node.get("name") == 'Purchase & "more" <b>'
