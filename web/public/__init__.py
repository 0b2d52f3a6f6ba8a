"""Pages for everybody: the start, checking a certificate, what is owed to everybody, and the design's files.

And the calendars that people read elsewhere, for whoever has the address.
"""

from web.public import calendar_feed, files, guidance, health, legal, look, phase_guide, start, take_on, verify

BLUEPRINTS = (
    start.bp,
    verify.bp,
    guidance.bp,
    legal.bp,
    health.bp,
    files.bp,
    look.bp,
    calendar_feed.bp,
    phase_guide.bp,
    take_on.bp,
)
