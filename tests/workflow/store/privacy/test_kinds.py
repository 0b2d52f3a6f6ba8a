"""Nothing about people is kept that no page tells."""

from collections import Counter

import pytest

from workflow.store.privacy.kinds import KINDS, Unsaid, title_of, told
from workflow.store.privacy.marks import Mark, marks


def test_every_mark_is_in_one_kind_and_every_kind_is_of_marks() -> None:
    counted = Counter(name for kind in KINDS for name in kind.columns)
    assert counted == Counter(mark.name for mark in marks())
    assert title_of("participant.email") == "Who takes part, and whom to write to"


def test_a_new_mark_without_words_fails() -> None:
    with pytest.raises(Unsaid, match=r"no page says what they are for.* school\.mood"):
        list(told((*marks(), Mark("school", "mood", "to know", "2 years after the engagement ends"))))


def test_all_columns_of_a_kind_are_kept_for_one_reason_and_one_time() -> None:
    by_name = {mark.name: mark for mark in marks()}
    for kind in KINDS:
        assert len({(by_name[name].why, by_name[name].keep) for name in kind.columns}) == 1, kind.title
