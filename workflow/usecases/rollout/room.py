"""What an engagement has that another version of its offer has no place for. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from workflow.english import listed
from workflow.offer.definition import Offer
from workflow.offer.versions.names import Renamed
from workflow.store.cases import Case


def lacks(
    case: Case, former: Offer, offer: Offer, renamed: Renamed, sent: Mapping[int, Iterable[str]]
) -> Iterator[str]:
    """A sentence for each. `sent` are the criteria for which each person has sent evidence."""
    name = "-".join(offer.key)
    if renamed.stage(case.stage) not in offer.stage:
        title = former.stage[case.stage].title
        yield f"{name} has no stage “{title}” ({case.stage}). Say which stage takes its place."
    kinds = dict.fromkeys(one.kind for one in case.facts.appointments)
    for kind in (one for one in kinds if renamed.meeting(one) not in offer.appointment):
        title = former.appointment[kind].title
        yield f"{name} has no meeting “{title}” ({kind}), and one is recorded here. Say which meeting takes its place."
    for person in case.facts.participants:
        phase = offer.phase.get(person.phase)
        if phase is None:
            yield f"{name} has no phase {person.phase}, and {case.names[person.id]} takes part in it."
            continue
        known = {one.code for one in phase.criteria}
        if unknown := [code for code in sent.get(person.id, ()) if code not in known]:
            yield (
                f"{case.names[person.id]} has sent evidence for {listed(unknown)}, "
                f"which {name} does not ask for in the phase “{phase.title}”."
            )
