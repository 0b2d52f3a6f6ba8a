"""An email as the offer's folder writes it, and the text and HTML it becomes.

Placeholders are put in after the Markdown is rendered, escaped for where they stand, so nothing a person typed can
become markup, a link or a header. Pure: the values come from `placeholders`, the sending is in `tasks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from markdown_it import MarkdownIt
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from workflow.domain.look import USUAL, Look
from workflow.offer.emails.blanks import Blanks, marked, names_in, only_placeholders
from workflow.offer.emails.markdown_to_html import styled
from workflow.offer.emails.markdown_to_text import Block, to_blocks
from workflow.offer.fields import Audience, Text
from workflow.offer.source.mistake import Mistake

#: More than all installed offers have together, so that none is compiled twice.
_KEPT = 1000
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": False})
#: Where a paragraph of somebody's own stands. Authors write no such placeholder, as nobody promises that there is one.
_OWN = "own_paragraph"
Worded = Annotated[Text, AfterValidator(only_placeholders)]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a person receives."""

    subject: str
    text: str
    html: str


class EmailTemplate(BaseModel):
    """One message: a subject, its audiences, and a Markdown body."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    subject: Worded
    """The subject, with placeholders."""
    to: tuple[Audience, ...] = Field(min_length=1)
    """Who it is for; everybody in these audiences gets one of their own."""
    body: Annotated[str, Field(min_length=1), AfterValidator(only_placeholders)]
    calendar: Literal["REQUEST", "CANCEL"] | None = None
    """It carries an invitation (`REQUEST`) or takes one back (`CANCEL`)."""
    reminder: bool = False
    """It waits for its reader's other reminders and goes out with them."""
    summary: Worded | None = None
    """The sentence that stands for a reminder beside others."""
    urgent: bool = False
    """A reminder that does not wait for working hours."""

    @model_validator(mode="after")
    def _can_be_gathered(self) -> "EmailTemplate":
        if self.reminder and self.summary is None:
            sentence = "A reminder has a summary, one sentence that stands for it beside other reminders."
            raise Mistake(sentence, "reminder")
        return self

    @property
    def placeholders(self) -> frozenset[str]:
        return names_in(self.subject) | names_in(self.body) | names_in(self.summary or "")

    def summarise(self, values: Mapping[str, str]) -> str:
        """Its one sentence, where it goes out beside others. Raises KeyError as `render` does."""
        return _sentence(self.summary or self.subject).fill(0, values)

    def render(self, values: Mapping[str, str], paragraph: str = "", look: Look = USUAL) -> Rendered:
        """`paragraph` is one more, in somebody's own words, before the letter closes.

        Raises KeyError with the name of a placeholder that has no value here.
        """
        body = _body(_with_room(self.body) if paragraph else self.body)
        values = {**values, _OWN: paragraph, "link_colour": look.link, "accent_colour": look.accent}
        return Rendered(subject=_sentence(self.subject).fill(0, values), text=body.text(values), html=body.html(values))


@dataclass(frozen=True, slots=True)
class _Body:
    """A body whose Markdown has been read: what is left to do for each letter."""

    blocks: tuple[Block, ...]
    words: Blanks
    markup: Blanks

    def text(self, values: Mapping[str, str]) -> str:
        text = ""
        for number, block in enumerate(self.blocks):
            text += (block.gap if text else "") + block.laid_out(self.words.fill(number, values))
        return text + "\n"

    def html(self, values: Mapping[str, str]) -> str:
        return self.markup.fill(0, values)


def _with_room(source: str) -> str:
    """The body with room for one paragraph: before it says where help is found, or else before its farewell."""
    parts = source.rstrip().split("\n\n")
    farewell = next((place for place, part in enumerate(parts) if "signature" in names_in(part)), len(parts))
    alone = farewell < len(parts) and parts[farewell].strip().startswith("{{")
    end = max(farewell - 1, 0) if alone else farewell
    here = next((place for place, part in enumerate(parts) if "help" in names_in(part)), end)
    return "\n\n".join([*parts[:here], f"{{{{ {_OWN} }}}}", *parts[here:]])


@lru_cache(maxsize=_KEPT)
def _body(source: str) -> _Body:
    """Read and compiled when the first such letter is written, and once for all those that follow."""
    tokens = _MARKDOWN.parse(marked(source))
    blocks = tuple(to_blocks(tokens))
    html = _MARKDOWN.renderer.render([*styled(tokens)], _MARKDOWN.options, {})
    return _Body(blocks, Blanks.in_words([block.text for block in blocks]), Blanks.in_html(html))


@lru_cache(maxsize=_KEPT)
def _sentence(source: str) -> Blanks:
    return Blanks.in_words([marked(source)])
