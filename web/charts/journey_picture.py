"""An offer's journey as a picture that a page may hold without asking for another file."""

from base64 import b64encode

from workflow.offer import diagram
from workflow.offer.definition import Offer


def picture_of(offer: Offer) -> str:
    """As the address of an image. In a page of its own the picture's style is its own, whatever the page lets in."""
    return f"data:image/svg+xml;base64,{b64encode(diagram.svg(offer).encode()).decode()}"
