"""The offers that are installed, looked at: the journey, letters and their words, the certificate, days, and a walk."""

from web.admin.offers import certificate, days, email_words, emails, offer_list, offer_page, page_words, walk

BLUEPRINTS = (offer_list.bp, offer_page.bp, emails.bp, certificate.bp, days.bp, walk.bp, email_words.bp, page_words.bp)
