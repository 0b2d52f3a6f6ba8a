"""What can be done to many is what some offer that is installed has anything for: on the page, and for whoever asks."""

from pathlib import Path

import pytest

from tests.journeys import ADVISOR
from tests.offers.alone import alone
from tests.offers.test_library import ORDERED
from tests.records import Files
from tests.web.visitor import Visitor
from workflow.acts.bulk import jobs, request
from workflow.acts.bulk.request import BulkRequest
from workflow.errors import NotFound

MANY = {"hand_over": "Hand schools over", "book": "Agree one date"}


@pytest.mark.parametrize(
    ("code", "verbs", "lacks"),
    [
        ("pledge", ("hand_over",), {"book": "No offer here has a meeting for which a date could be agreed."}),
        ("gate", ("hand_over", "book"), {"message": "No offer here has an email for messages."}),
        ("library", ("hand_over", "book"), {"change_version": "No offer here has another version."}),
    ],
)
def test_only_what_some_offer_has_is_done_to_many(
    files: Files, tmp_path: Path, code: str, verbs: tuple[str, ...], lacks: dict[str, str]
) -> None:
    with alone(files, tmp_path, code) as there:
        lead = Visitor(there.app).sign_in("lead@example.org").open("/advisor/bulk/")
        listed = [
            one for one in lead.texts("a") if one in {act.many.title for act in request.MANY.values() if act.many}
        ]
        assert listed == [MANY[verb] for verb in verbs]
        for verb, lack in lacks.items():
            assert lead.open(f"/advisor/bulk/{verb}").answer.status_code == 404
            assert lack in lead.words
            wish = BulkRequest(verb, {}, "", ADVISOR)
            with pytest.raises(NotFound, match=lack):
                request.preview(there.store, wish, ["X"], ORDERED)
            with pytest.raises(NotFound, match=lack):
                jobs.ask(there.store, wish, ["X"], ORDERED)
