"""What a PDF says that may be one of our certificates. `facts_and_text` is only for the guarded child."""

import json
from typing import Any

from workflow.documents import pdf

_ATTACHMENT = "recognition.json"


def facts_and_text(_name: str, content: bytes) -> dict[str, Any]:
    """The facts attached to it, and what stands on its pages. Raises ValueError with a sentence."""
    try:
        attached, text = pdf.attachment_and_text(pdf.opened(content), _ATTACHMENT)
    except pdf.BrokenPdf:
        raise ValueError("The file cannot be read as a PDF.") from None
    if attached is None:
        raise ValueError("The file is not one of our certificates: it does not carry the facts we attach to each.")
    facts = json.loads(attached)
    if not isinstance(facts, dict):
        raise ValueError("The file is not one of our certificates: what is attached to it are no facts.")
    return {"facts": {str(key): str(value) for key, value in facts.items()}, "text": " ".join(text.split())}
