"""A file that somebody sent in, answered to be saved: as bytes of no kind, never shown by a browser (decision 19)."""

import re
from urllib.parse import quote

from flask import Response

_NO_KIND = "application/octet-stream"


def saved(name: str, content: bytes) -> Response:
    """`name` is the one that its sender gave it."""
    return Response(content, mimetype=_NO_KIND, headers={"Content-Disposition": disposition(name)})


def disposition(name: str) -> str:
    """A Content-Disposition header: always a download, never shown in the page (RFC 6266, RFC 8187)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
