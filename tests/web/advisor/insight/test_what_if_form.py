"""What is read from the form where an installation has several offers."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.web.conftest import NOON
from web.advisor.insight import what_if_form
from workflow.errors import BadInput

OFFERS = {"mentoring": "Mentoring", "reading": "Reading"}
MORE = {"orders": "5", "orders_in": "2025-11"}


def test_more_orders_are_for_one_of_them() -> None:
    read = what_if_form.read(MultiDict({**MORE, "offer": "reading"}), {}, OFFERS, NOON)
    assert (read.orders, read.code) == (5, "reading")
    assert what_if_form.read(MultiDict(MORE), {}, {"mentoring": "Mentoring"}, NOON).code == "mentoring"


@pytest.mark.parametrize("offer", ["", "nothing"])
def test_nobody_guesses_which(offer: str) -> None:
    with pytest.raises(BadInput) as caught:
        what_if_form.read(MultiDict({**MORE, "offer": offer}), {}, OFFERS, NOON)
    assert [problem.where for problem in caught.value.problems] == ["offer"]


def test_the_months_to_choose_from_end_with_the_rehearsal() -> None:
    months = list(what_if_form.months(NOON))
    assert (months[0], months[-1], len(months)) == ("2025-10", "2026-07", 10)
