"""Proves an offer sound before it is used: every fault with the shortest path that shows it, in English.

The loader has made sure that every name is known. What is checked here is what only the whole page shows. Pure, but
for `on_disk`, which tells the line of each fault.
"""

from collections.abc import Callable, Iterator

from workflow.offer.check import automatic, certificates, emails, guards, lifecycles, policy, stages, timers
from workflow.offer.check.clock import endings, letters, promises
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import Paths, paths_of
from workflow.offer.check.rules import amounts, out_of_place, rounds
from workflow.offer.check.terms import certificates as certificate_terms
from workflow.offer.check.terms import columns, meetings, money, phases, readers
from workflow.offer.check.verbs import doubles, judging, loops, standings
from workflow.offer.definition import Offer

__all__ = ["Finding", "check", "findings"]

#: What is told first is what the rest may follow from. These know the ways to each stage.
_ON_THE_WAY: tuple[Callable[[Offer, Paths], Iterator[Finding]], ...] = (
    stages.unreachable,
    stages.stuck,
    stages.nobody,
    loops.unowed,
    certificates.certificates,
    guards.never,
    money.refunds,
)
_ANYWHERE: tuple[Callable[[Offer], Iterator[Finding]], ...] = (
    automatic.automatic,
    automatic.circles,
    loops.never_asking,
    standings.after_the_end,
    standings.idle,
    standings.unending,
    standings.clocks,
    standings.called_off,
    doubles.same_words,
    doubles.never_taken,
    doubles.asked_twice,
    doubles.sent_twice,
    certificates.judgements,
    judging.not_the_council,
    judging.own_school,
    judging.one_person,
    judging.approvals,
    judging.two_outcomes,
    timers.timers,
    timers.loops,
    timers.too_late,
    endings.endings,
    endings.unanswered,
    endings.at_the_end,
    letters.higher,
    letters.of_meetings,
    promises.cannot_keep,
    promises.no_day,
    promises.never_its_turn,
    promises.after_the_end,
    promises.again_at_a_meeting,
    certificates.unearned,
    certificate_terms.earned,
    amounts.nought,
    amounts.other_price,
    out_of_place.of_nobody,
    out_of_place.of_itself,
    out_of_place.of_later,
    out_of_place.of_the_unjudged,
    out_of_place.unwritten,
    rounds.signed_once,
    rounds.no_rounds,
    rounds.renews_nothing,
    lifecycles.small,
    policy.policy,
    money.joining,
    phases.phases,
    columns.columns,
    meetings.meetings,
    meetings.days,
    readers.of_the_policy,
    readers.once_each,
    emails.readers,
    emails.calendars,
    emails.uninvited,
)


def check(offer: Offer) -> list[str]:
    """Every fault as a sentence; nothing when the page is sound."""
    return [one.sentence for one in findings(offer)]


def findings(offer: Offer) -> list[Finding]:
    """Every fault, with what on the page it is about."""
    paths = paths_of(offer)
    return [
        *(one for find in _ON_THE_WAY for one in find(offer, paths)),
        *(one for find in _ANYWHERE for one in find(offer)),
        *emails.emails(offer, paths),
    ]
