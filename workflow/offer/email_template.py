"""An email as the offer's folder writes it, and the text and HTML it becomes.

Placeholders are put in after the Markdown is rendered, escaped for where they stand, so nothing a person typed can
become markup, a link or a header. Pure: the values come from `placeholders`, the sending is in `tasks`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field, model_validator

from workflow.offer.fields import Audience, Text
from workflow.offer.markdown_to_text import to_text

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}", re.ASCII)
_MARK = re.compile(r"zq([a-z0]+?)qz", re.ASCII)
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": False})


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a person receives."""

    subject: str
    text: str
    html: str


class EmailTemplate(BaseModel):
    """One message: a subject, its audiences, and a Markdown body.

    `calendar` says that the email carries an invitation, or takes one back. A `reminder` waits for its reader's other
    reminders and goes out with them, each as its `summary`; one that is `urgent` does not wait for working hours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    subject: Text
    to: tuple[Audience, ...] = Field(min_length=1)
    body: str = Field(min_length=1)
    calendar: Literal["REQUEST", "CANCEL"] | None = None
    reminder: bool = False
    summary: Text | None = None
    urgent: bool = False

    @model_validator(mode="after")
    def _can_be_gathered(self) -> "EmailTemplate":
        if self.reminder and self.summary is None:
            raise ValueError("A reminder has a summary, one sentence that stands for it beside other reminders.")
        return self

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(PLACEHOLDER.findall(self.subject + self.body + (self.summary or "")))

    def summarise(self, values: Mapping[str, str]) -> str:
        """Its one sentence, where it goes out beside others. Raises KeyError as `render` does."""
        return PLACEHOLDER.sub(lambda found: values[found[1]], self.summary or self.subject)

    def render(self, values: Mapping[str, str]) -> Rendered:
        """Raises KeyError with the name of a placeholder that has no value here."""
        tokens = _MARKDOWN.parse(PLACEHOLDER.sub(_mark, self.body))
        html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
        return Rendered(
            subject=PLACEHOLDER.sub(lambda found: values[found[1]], self.subject),
            text=to_text(tokens, lambda text: _MARK.sub(lambda found: values[_name(found)], text)),
            html=_MARK.sub(lambda found: escape(values[_name(found)]).replace("\n", "<br>"), html),
        )


def _mark(found: re.Match[str]) -> str:
    """A placeholder as plain letters, which Markdown leaves alone wherever they stand, in a link's address too."""
    return f"zq{found[1].replace('_', '0')}qz"


def _name(found: re.Match[str]) -> str:
    return found[1].replace("0", "_")
