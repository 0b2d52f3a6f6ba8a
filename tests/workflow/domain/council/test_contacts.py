"""Whom people turn to: what a council says, and what will do until then."""

from datetime import date

import pytest

from workflow.domain.council.contacts import PREPARED, Contacts, day, email, words


def test_who_is_not_named_is_whoever_helps_and_they_are_where_emails_come_from() -> None:
    assert Contacts("from@x.org").security == "from@x.org"
    helped = Contacts("from@x.org", "help@x.org", own_security="holes@x.org")
    assert (helped.data_protection, helped.security) == ("help@x.org", "holes@x.org")


def test_what_is_still_as_it_came_is_known() -> None:
    assert len(Contacts("from@x.org").usual) == 6
    own = Contacts("from@x.org", "a@x.org", "01872", "County Hall", "b@x.org", "c@x.org", date(2027, 1, 1))
    assert own.usual == ()


def test_what_cannot_be_used_is_refused_in_a_sentence() -> None:
    assert (email(" "), words(" "), day("2027-01-02")) == ("", "", date(2027, 1, 2))
    with pytest.raises(ValueError, match="is “county hall”"):
        email("county hall")
    with pytest.raises(ValueError, match="cannot be used"):
        words("x" * 201)
    with pytest.raises(ValueError, match=f"like {PREPARED}"):
        day("last week")
