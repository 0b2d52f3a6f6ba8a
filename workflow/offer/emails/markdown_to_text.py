"""Markdown as the plain text of an email: what somebody reads who sees no HTML."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

_WIDTH = 76
_QUOTED = "    "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a line of a list, a quotation or code. `first` is what its first line begins with; code is `kept` as
    it is. `gap` stands between it and whatever comes before.
    """

    text: str
    gap: str
    first: str = ""
    kept: bool = False

    def laid_out(self, filled: str) -> str:
        """Its lines, once its placeholders are filled in."""
        return filled if self.kept else "\n".join(_wrapped(line, self.first) for line in filled.split("\n"))


def to_blocks(tokens: list[Token]) -> Iterator[Block]:
    """Paragraphs, lists, quotations indented, links as `words: address`."""
    mark, gap = "", ""
    for token in tokens:
        match token.type:
            case "list_item_open":
                mark = f"{token.info}. " if token.info else "- "
            case "blockquote_open":
                mark = _QUOTED
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                mark, gap = "", "\n\n"
            case "inline":
                yield Block(_inline(token.children or []), gap, mark)
                gap = "\n" if mark.strip() else "\n\n"
            case "code_block" | "fence":
                yield Block(token.content.rstrip("\n"), gap, kept=True)
                gap = "\n\n"


def _wrapped(line: str, first: str) -> str:
    return textwrap.fill(
        line,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _inline(children: list[Token]) -> str:
    text, address = "", ""
    for child in children:
        match child.type:
            case "link_open":
                address = str(child.attrGet("href"))
            case "link_close":
                text += f": {address}"
            case "softbreak":
                text += " "
            case "hardbreak":
                text += "\n"
            case _:
                text += child.content
    return text
