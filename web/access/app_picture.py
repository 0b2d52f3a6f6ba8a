"""The picture that an authenticator app scans."""

import segno
from markupsafe import Markup


def picture_of(address: str) -> Markup:
    """As SVG that stands in the page itself. Nothing of the address can be markup: it is drawn, not written."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=5, border=4, light="#fff", omitsize=True, svgclass="app-scan", lineclass=None, svgversion=None
    )
    return Markup(drawn)  # noqa: S704 (made by the library from squares alone)
