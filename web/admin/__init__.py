"""Pages of those who look after accounts, after what is kept about people, and after offers."""

from web.admin import account, data_requests, evidence_reads, invitation, offers, people, privacy

BLUEPRINTS = (
    people.bp,
    invitation.bp,
    account.bp,
    privacy.bp,
    evidence_reads.bp,
    data_requests.bp,
    *offers.BLUEPRINTS,
)
