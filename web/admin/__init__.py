"""Pages of those who look after accounts, and after what is kept about people."""

from web.admin import account, data_requests, evidence_reads, invitation, people, privacy

BLUEPRINTS = (people.bp, invitation.bp, account.bp, privacy.bp, evidence_reads.bp, data_requests.bp)
