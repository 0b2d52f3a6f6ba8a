"""Proves an offer sound before it is used: every fault with the shortest path that shows it, in English.

The loader has made sure that every name is known. What is checked here is what only the whole page shows. Pure, but
for `on_disk`, which tells the line of each fault.
"""

from workflow.offer.check import automatic, certificates, emails, guards, lifecycles, policy, stages, timers
from workflow.offer.check.finding import Finding
from workflow.offer.check.paths import paths_of
from workflow.offer.definition import Offer

__all__ = ["Finding", "check", "findings"]


def check(offer: Offer) -> list[str]:
    """Every fault as a sentence; nothing when the page is sound."""
    return [one.sentence for one in findings(offer)]


def findings(offer: Offer) -> list[Finding]:
    """Every fault, with what on the page it is about."""
    paths = paths_of(offer)
    return [
        *stages.unreachable(offer, paths),
        *stages.stuck(offer, paths),
        *stages.nobody(offer, paths),
        *automatic.automatic(offer),
        *automatic.circles(offer),
        *certificates.judgements(offer),
        *timers.timers(offer),
        *timers.loops(offer),
        *timers.too_late(offer),
        *certificates.certificates(offer, paths),
        *certificates.unearned(offer),
        *guards.never(offer, paths),
        *lifecycles.small(offer),
        *policy.policy(offer),
        *emails.readers(offer),
        *emails.calendars(offer),
        *emails.uninvited(offer),
        *emails.emails(offer, paths),
    ]
