"""Markdown as the plain text of an email: what somebody reads who sees no HTML."""

import textwrap
from collections.abc import Callable

from markdown_it.token import Token

_WIDTH = 76


def to_text(tokens: list[Token], fill_in: Callable[[str], str]) -> str:
    """Placeholders filled in, paragraphs wrapped, lists with a dash, quotes indented, links as `words: address`."""
    blocks: list[str] = []
    listed, quoted = 0, 0
    for token in tokens:
        listed += {"bullet_list_open": 1, "bullet_list_close": -1}.get(token.type, 0)
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline":
            blocks.append(_block(fill_in(_inline(token.children or [])), "- " if listed else "    " if quoted else ""))
    return _joined(blocks)


def _block(text: str, first: str) -> str:
    rest = " " * len(first)
    return "\n".join(
        textwrap.fill(
            line, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        for line in text.split("\n")
    )


def _joined(blocks: list[str]) -> str:
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        gap = "\n" if before.startswith("- ") and block.startswith("- ") else "\n\n"
        text += (gap if before else "") + block
    return text + "\n"


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
