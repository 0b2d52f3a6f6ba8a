"""Two offers beside each other: what the second says otherwise, in sentences that an officer reads."""

from pathlib import Path

import pytest

from tests.workflow.offer.pages import MENTORING, PAGE, READING, Edit, edited_offer, without_timers
from workflow.offer.differences.offers import Designs, differences
from workflow.offer.loader import load_offer

SOUND = load_offer(MENTORING)
WELCOME = "emails/welcome.md"


@pytest.mark.parametrize("folder", [MENTORING, READING], ids=lambda folder: folder.name)
def test_equal_offers_have_no_differences(folder: Path) -> None:
    assert differences(load_offer(folder), load_offer(folder)) == []


@pytest.mark.parametrize(
    ("edit", "sentences"),
    [
        pytest.param(
            Edit(PAGE, 'after = "40 school days"\ntrigger', 'after = "60 school days"\ntrigger'),
            ["The timer “lapse-unanswered” now comes after 60 school days instead of 40."],
            id="a lapse that comes later",
        ),
        pytest.param(
            Edit(PAGE, 'after = "40 school days"\ntrigger', 'after = "90 days"\ntrigger'),
            ["The timer “lapse-unanswered” now comes after 90 days instead of after 40 school days."],
            id="another unit",
        ),
        pytest.param(
            Edit(PAGE, 'price = "265.00"', 'price = "280.00"'),
            [
                "The price is now £280.00 instead of £265.00.",
                "“start_training” no longer asks for price_paid (265.00).",
                "“start_training” now asks for price_paid (280.00).",
            ],
            id="another price, and what waits for it",
        ),
        pytest.param(
            Edit(PAGE, "training_2 = 50 }", "training_2 = 40 }"),
            ["Cancelling at “training_2” now gives back, in per cent of the price, 40 instead of 50."],
            id="another refund",
        ),
        pytest.param(
            Edit(PAGE, "places = 12", "places = 10"),
            ["The number of places is now 10 instead of 12."],
            id="fewer places",
        ),
        pytest.param(
            Edit(PAGE, 'owner = "school", within = "10 school days"', 'owner = "school", within = "15 school days"'),
            [
                (
                    "The promise to “name at least three staff” of the stage “purchase” is now due within 15 school "
                    "days instead of 10 school days."
                )
            ],
            id="more time for a promise",
        ),
        pytest.param(
            Edit(PAGE, '\nby = ["lead_advisor"]\nnote = "Why is it being cancelled?"', '\nby = ["advisor"]'),
            [
                "“cancel” may now be said by “advisor” instead of “lead_advisor”.",
                "The note of “cancel” is now nothing instead of “Why is it being cancelled?”.",
            ],
            id="somebody else may cancel",
        ),
        pytest.param(
            Edit(PAGE, 'code = "1.4"', 'code = "1.5"'),
            ["The criterion 1.4 of phase 1 is gone.", "The criterion 1.5 of phase 1 is new."],
            id="another criterion",
        ),
        pytest.param(
            Edit(PAGE, 'title = "Feedback that was heard and used"', 'title = "Feedback that was used"'),
            [
                (
                    "The title of the criterion 1.3 of phase 1 is now “Feedback that was used” "
                    "instead of “Feedback that "
                    "was heard and used”."
                )
            ],
            id="a criterion in other words",
        ),
        pytest.param(
            Edit(PAGE, 'effects = [{ email = "training-1-complete" }]', 'effects = [{ email = "welcome" }]'),
            [
                "“complete_training_1” no longer owes the email “training-1-complete”.",
                "“complete_training_1” now owes the email “welcome”.",
            ],
            id="another letter",
        ),
        pytest.param(
            Edit(PAGE, "automatic = true\nguards = [{ register_taken", "guards = [{ register_taken"),
            ["“complete_training_1” no longer fires by itself."],
            id="no longer by itself",
        ),
        pytest.param(
            Edit(PAGE, 'valid_for = "3 years"', 'valid_for = "5 years"'),
            ["The certificate now holds for “5 years” instead of “3 years”."],
            id="certificates that hold longer",
        ),
        pytest.param(
            Edit(WELCOME, "Thank you for choosing", "Many thanks for choosing"),
            ["The body of the email “welcome” now says “Many thanks” instead of “Thank you”."],
            id="another word in an email",
        ),
        pytest.param(
            Edit(WELCOME, "Thank you for choosing", "Thank you\nfor choosing"),
            ["The body of the email “welcome” is laid out otherwise, in the same words."],
            id="an email that is laid out otherwise",
        ),
        pytest.param(
            Edit("calendar.toml", 'due_at = "09:00"', 'due_at = "09:30"'),
            ["The hour at which things fall due is now 9:30am instead of 9am."],
            id="another hour",
        ),
    ],
)
def test_each_difference_is_a_sentence(tmp_path: Path, edit: Edit, sentences: list[str]) -> None:
    assert differences(SOUND, edited_offer(tmp_path, edit)) == sentences


def test_what_is_gone_here_is_new_there(tmp_path: Path) -> None:
    other = edited_offer(tmp_path, without_timers())
    gone, new = differences(SOUND, other), differences(other, SOUND)
    assert gone == [f"The timer “{timer.name}” is gone." for timer in SOUND.timers]
    assert new == [f"The timer “{timer.name}” is new." for timer in SOUND.timers]


def test_one_more_promise_is_one_sentence(tmp_path: Path) -> None:
    first = '{ owner = "council", at = "training_1", to = "hold training session 1"'
    more = first.replace("hold", "prepare") + ", until = { lead_named = true } },\n  "
    assert differences(SOUND, edited_offer(tmp_path, Edit(PAGE, first, more + first))) == [
        "The promise to “prepare training session 1” of the stage “training_1” is new."
    ]


def test_a_promise_in_other_words_is_the_same_promise(tmp_path: Path) -> None:
    other = edited_offer(tmp_path, Edit(PAGE, 'to = "hold training session 1"', 'to = "give training session 1"'))
    assert differences(SOUND, other) == [
        (
            "The promise to “hold training session 1” of the stage “training_1” is now to “give training session 1” "
            "instead of “hold training session 1”."
        )
    ]


def test_one_more_stage_is_one_sentence_though_some_verbs_are_for_every_stage(tmp_path: Path) -> None:
    ends = "# --- The meetings"
    stage = '[[stage]]\nname = "rest"\ntitle = "Rest"\nschool = "Rest with us"\n'
    assert differences(SOUND, edited_offer(tmp_path, Edit(PAGE, ends, f"{stage}\n{ends}"))) == [
        "The stage “rest” is new."
    ]


def test_a_verb_that_is_no_longer_for_every_stage(tmp_path: Path) -> None:
    wide = 'from = "*"\nstanding = { from = ["active"], to = "lapsed" }'
    other = edited_offer(tmp_path, Edit(PAGE, wide, wide.replace('"*"', '"purchase"')))
    assert differences(SOUND, other) == ["“lapse” now starts from “purchase” instead of “every stage”."]


def test_certificates_that_are_drawn_otherwise() -> None:
    assert differences(SOUND, SOUND, Designs(b"#one", b"#two")) == ["Certificates are drawn otherwise."]
    assert differences(SOUND, SOUND, Designs(b"#one", b"#one")) == []
