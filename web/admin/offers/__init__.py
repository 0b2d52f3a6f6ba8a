"""The offers that are installed, looked at: the journey, the letters, the certificate, the days, and a walk."""

from web.admin.offers import certificate, days, emails, offer_list, offer_page, walk

BLUEPRINTS = (offer_list.bp, offer_page.bp, emails.bp, certificate.bp, days.bp, walk.bp)
