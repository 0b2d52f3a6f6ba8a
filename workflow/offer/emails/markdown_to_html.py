"""Markdown as the HTML of an email, which Outlook draws with the engine of a word processor.

That engine knows tables and what is said in each element's own `style`, and no style sheets, no rounded corners and no
borders of paragraphs. So a quotation is a table with a coloured edge, and a link that is a paragraph by itself, the one
thing that a letter asks for, is a table that looks like a button. Placeholders are filled in afterwards.
"""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from workflow.offer.emails.blanks import marked

_ARIAL = "font-family:Arial,Helvetica,sans-serif"
_FONT = f"{_ARIAL};font-size:16px;line-height:24px;color:#0b0c0c"
_STYLES = {
    "paragraph_open": f"margin:0 0 16px;{_FONT}",
    "heading_open": f"margin:0 0 12px;{_ARIAL};font-size:20px;line-height:26px;color:#0b0c0c",
    "bullet_list_open": f"margin:0 0 16px;padding:0 0 0 24px;{_FONT}",
    "ordered_list_open": f"margin:0 0 16px;padding:0 0 0 24px;{_FONT}",
    "list_item_open": f"margin:0 0 6px;{_FONT}",
}
#: Filled in for each letter, as the council has its own.
_LINK_COLOUR, _ACCENT = marked("{{ link_colour }}"), marked("{{ accent_colour }}")
_LINK = f"color:{_LINK_COLOUR};text-decoration:underline"
_TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_INSTEAD = {
    "blockquote_open": f'{_TABLE} width="100%" style="margin:0 0 16px"><tr>'
    f'<td width="4" bgcolor="{_ACCENT}" style="width:4px;font-size:0">&nbsp;</td>'
    '<td bgcolor="#f3f5f8" style="padding:14px 16px 0">\n',
    "blockquote_close": "</td></tr></table>\n",
}
_BUTTON = (
    f'{_TABLE} style="margin:4px 0 20px"><tr><td bgcolor="{_ACCENT}" style="padding:11px 18px">',
    "</td></tr></table>\n",
)
_BUTTON_LINK = f"{_ARIAL};font-size:16px;line-height:22px;font-weight:bold;color:#ffffff;text-decoration:none"
_LINK_ALONE = ["link_open", "text", "link_close"]


def styled(tokens: Sequence[Token]) -> Iterator[Token]:
    """The same words with all that they need to look like the council's own. The tokens given stay as they are."""
    asked = False
    for place, token in enumerate(tokens):
        if token.type == "paragraph_open" and not token.hidden and _is_link_alone(tokens[place + 1]):
            asked = True
            yield _markup(_BUTTON[0])
        elif token.type == "paragraph_close" and asked:
            asked = False
            yield _markup(_BUTTON[1])
        elif token.type in _INSTEAD:
            yield _markup(_INSTEAD[token.type])
        elif token.type == "inline":
            yield token.copy(children=[*_links(token.children or [], _BUTTON_LINK if asked else _LINK)])
        else:
            yield _in_style(token, _STYLES.get(token.type, ""))


def _is_link_alone(inline: Token) -> bool:
    return [one.type for one in inline.children or []] == _LINK_ALONE


def _links(children: Sequence[Token], style: str) -> Iterator[Token]:
    for child in children:
        yield _in_style(child, style if child.type == "link_open" else "")


def _in_style(token: Token, style: str) -> Token:
    return token.copy(attrs={**token.attrs, "style": style}) if style else token


def _markup(html: str) -> Token:
    return Token("html_block", "", 0, content=html)
