"""`recognition reader`: who may read about several schools, from the console."""

from tests.web.cli.conftest import Typist

JO = "jo@trust.example.org"


def test_somebody_is_invited_listed_and_ended(furnished: Typist, ref: str) -> None:
    assert "Nobody is invited." in furnished.do("reader", "list")
    said = furnished.do("reader", "invite", JO, "--name", "Jo Tonkin", "--school", ref, "--school", "900002")
    assert f"A letter to Jo Tonkin ({JO}) is on its way. They may read about" in said
    (one,) = furnished.ask("reader", "list")
    assert (one["email"], one["trust"], one["ended_at"], one["seen_at"]) == (JO, None, None, None)
    assert "not yet" in furnished.do("reader", "list")
    said = furnished.do("reader", "end", JO, "--as", "lead@example.org")
    assert f"The invitation of Jo Tonkin ({JO}) has ended" in said
    assert furnished.ask("reader", "list") == []
    assert furnished.ask("reader", "list", "--ended")[0]["ended_at"]
    assert furnished.type("reader", "end", JO).exit_code == 5


def test_a_trust_is_named_by_its_code_and_the_last_day_may_be_said(furnished: Typist) -> None:
    code = "16991"
    furnished.do("reader", "invite", JO, "--name", "Jo Tonkin", "--trust", code, "--until", "2026-01-31")
    (one,) = furnished.ask("reader", "list")
    assert (one["trust"], one["until"][:10]) == (code, "2026-01-31")
    assert furnished.type("reader", "invite", JO, "--name", "Jo Tonkin", "--trust", code).exit_code == 4


def test_what_cannot_be_meant_is_refused(furnished: Typist) -> None:
    asked = ("reader", "invite", JO, "--name", "Jo Tonkin")
    assert furnished.type(*asked).exit_code == 2
    assert furnished.type(*asked, "--trust", "16991", "--school", "900001").exit_code == 2
    assert furnished.type(*asked, "--trust", "nothing").exit_code == 6
    assert furnished.type(*asked, "--school", "999999").exit_code == 6
    assert furnished.type(*asked, "--trust", "16991", "--until", "2036-01-31").exit_code == 6
    assert "No invitation has ended." in furnished.do("reader", "list", "--ended")
