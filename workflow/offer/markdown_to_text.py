"""Markdown as the plain text of an email: what somebody reads who sees no HTML."""

import textwrap
from collections.abc import Callable

from markdown_it.token import Token

_WIDTH = 76
_QUOTED = "    "


def to_text(tokens: list[Token], fill_in: Callable[[str], str]) -> str:
    """Placeholders filled in, paragraphs wrapped, lists kept, quotes indented, links as `words: address`."""
    text, mark, gap = "", "", ""
    for token in tokens:
        match token.type:
            case "list_item_open":
                mark = f"{token.info}. " if token.info else "- "
            case "blockquote_open":
                mark = _QUOTED
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                mark, gap = "", "\n\n"
            case "inline":
                text += (gap if text else "") + _block(fill_in(_inline(token.children or [])), mark)
                gap = "\n" if mark.strip() else "\n\n"
            case "code_block" | "fence":
                text += (gap if text else "") + fill_in(token.content.rstrip("\n"))
                gap = "\n\n"
    return text + "\n"


def _block(text: str, first: str) -> str:
    rest = " " * len(first)
    return "\n".join(
        textwrap.fill(
            line, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )
        for line in text.split("\n")
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
