"""Pages for everybody: the start, checking a certificate, whether the service is well, and the design's files."""

from web.public import files, health, start, verify

BLUEPRINTS = (start.bp, verify.bp, health.bp, files.bp)
