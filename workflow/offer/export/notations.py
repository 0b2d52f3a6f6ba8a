"""Every notation, by the name that people ask for it."""

from collections.abc import Callable, Mapping

from workflow.offer.definition import Offer
from workflow.offer.export.bpmn.document import bpmn
from workflow.offer.export.scxml import scxml

NOTATIONS: Mapping[str, Callable[[Offer], str]] = {"bpmn": bpmn, "scxml": scxml}
