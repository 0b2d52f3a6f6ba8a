"""Pages of those who look after accounts."""

from web.admin import account, invitation, people

BLUEPRINTS = (people.bp, invitation.bp, account.bp)
