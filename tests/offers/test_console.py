"""From the order to the end of each offer that is not shipped with nothing but the console; and the same for many."""

from config.settings import DEMO
from tests.offers.conftest import Installation
from tests.web.cli.conftest import PASSWORD, Typist

LEAD, ADVISOR, ASSESSOR = "lead@example.org", "advisor@example.org", "assessor@example.org"
ORDERS = {
    "library": "Shelf order,Shelf package,DfE number,Price paid,Ordered on,Head librarian,Librarian's email\n"
    "S-1,School library mark,900001,120.00,01/10/2025,Ada Pascoe,ada@example.org\n"
    "S-2,School library mark,900002,120.00,01/10/2025,Bryn Rowe,bryn@example.org\n",
    "pledge": "Pledge number,Pledge,DfE no,Pledge price,Pledged on,Pledged by,Pledger's email\n"
    "P-1,Quiet corridors pledge,900001,10.00,01/10/2025,Ada Pascoe,ada@example.org\n"
    "P-2,Quiet corridors pledge,900002,10.00,01/10/2025,Bryn Rowe,bryn@example.org\n",
}


def ordered(typist: Typist, code: str) -> list[str]:
    """With everybody at the council. Returns the references."""
    for email, role in ((ADVISOR, "advisor"), (ASSESSOR, "assessor")):
        typist.do("user", "add", email, "--role", role, "--name", role, "--password-stdin", given=f"{PASSWORD}\n")
    typist.do("import", "schools", str(DEMO / "schools.csv"))
    orders = typist.home / "orders.csv"
    orders.write_text(ORDERS[code], encoding="utf-8")
    typist.do("import", "purchases", str(orders), "--offer", code)
    return sorted(one["ref"] for one in typist.ask("engagement", "list"))


def stage(typist: Typist, ref: str) -> str:
    return str(typist.ask("engagement", "show", ref)["stage"])


def test_a_library_holds_its_mark_and_is_visited_again(typist_of: Installation) -> None:
    typist = typist_of()
    ref, other = ordered(typist, "library")
    for one, name in ((ref, "ada"), (other, "bryn")):
        typist.do("participant", "nominate", one, f"{name.capitalize()} Pascoe", f"{name}@example.org", "--as", ADVISOR)
    for number in (1, 2):
        typist.do("participant", "complete", ref, "ada@example.org", "--as", ADVISOR)
        typist.later(days=1)
        when = f"{typist.now:%Y-%m-%dT%H:%M}"
        told = typist.do("bulk", "book", "shelf_walk", when, ref, other, "--anyway", "--yes", "--as", ADVISOR)
        assert told.count("The library visit on") == (2 if number == 1 else 1), told
        typist.later(hours=4).do("appointment", "hold", ref, "shelf_walk", "--as", ASSESSOR)
        typist.do("fire", ref, "library_good", "--as", ASSESSOR)
        typist.do("participant", "confirm", ref, "ada@example.org", "--as", "system")
        assert "By itself: Mark given." in typist.do("fire", ref, "sign_the_mark", "--as", LEAD)
        assert stage(typist, ref) == "mark_held"
        typist.do("tick")
        typist.do("fire", ref, "come_again", "--as", LEAD)
    assert "shelf_visit" in stage(typist, ref)


def test_a_school_pledges_and_is_written_into_the_list(typist_of: Installation) -> None:
    typist = typist_of()
    ref, other = ordered(typist, "pledge")
    refused = typist.type("bulk", "book", "shelf_walk", "2025-12-01T13:30", ref, other, "--as", ADVISOR)
    assert refused.exit_code == 3
    assert "appointment" in refused.stdout
    assert "handed over to Morgan Tremayne" in typist.do(
        "bulk", "hand-over", ref, other, "--to", LEAD, "--note", "Ring first.", "--yes", "--as", LEAD
    )
    assert "Written into the list" in typist.do("fire", ref, "write_into_the_list", "--as", ADVISOR)
    assert stage(typist, ref) == "listed"
