"""What somebody says about themselves: a telephone number is one, or it is refused; keys are on or off."""

import pytest

from tests.conftest import NOW
from tests.journeys import furnish
from workflow.errors import BadInput
from workflow.store.session import Store
from workflow.store.tables.user import User
from workflow.usecases.people import own_settings


def change(store: Store, telephone: str = "", shortcuts: str = "on") -> tuple[str, bool]:
    with store.writing() as session:
        own_settings.change(session, 1, telephone=telephone, shortcuts=shortcuts, mentions="off")
    with store.reading() as session:
        user = session.get_one(User, 1)
        return user.telephone, user.shortcuts


@pytest.mark.parametrize("number", ["", "01872 300123", "+44 1872 300 123", "(01872) 300-123 ext. 42"])
def test_a_number_is_kept_as_it_was_written(store: Store, number: str) -> None:
    furnish(store, NOW)
    assert change(store, f" {number} ", "off") == (number, False)


@pytest.mark.parametrize("number", ["ask Jo", "12", "=1+1", "0" * 41, "01872 300123\nBcc: x", "٠١٢٣٤٥٦٧"])
def test_what_is_no_number_is_refused_and_nothing_is_changed(store: Store, number: str) -> None:
    furnish(store, NOW)
    with pytest.raises(BadInput) as refused:
        change(store, number, "off")
    assert "Enter a telephone number" in refused.value.problems[0].sentence
    assert change(store) == ("", True)


def test_keys_are_on_or_off(store: Store) -> None:
    furnish(store, NOW)
    with pytest.raises(BadInput):
        change(store, shortcuts="perhaps")
