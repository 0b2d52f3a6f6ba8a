"""The page around the words of an email: the council's name and colours, in tables that Outlook draws too."""

from html import escape

from workflow.mail.letters import Letter

_PLAIN = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_TABLE = f'{_PLAIN} width="100%"'
#: Outlook on Windows knows no greatest width, so it is told one for itself.
_FOR_OUTLOOK = (
    f'<!--[if mso]>{_PLAIN} width="600"><tr><td><![endif]-->',
    "<!--[if mso]></td></tr></table><![endif]-->",
)
_FONT = "font-family:Arial,Helvetica,sans-serif"


def page(letter: Letter) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(letter.rendered.subject)}</title></head>\n"
        '<body style="margin:0;padding:0;background-color:#f3f5f8">\n'
        f'{_TABLE} bgcolor="#f3f5f8"><tr><td align="center" style="padding:16px 8px">\n'
        f'{_FOR_OUTLOOK[0]}\n{_TABLE} bgcolor="#ffffff" style="max-width:600px">\n'
        f"{_head(letter.look.name or letter.sender_name, letter.look.header)}"
        f'<tr><td align="left" style="padding:24px 24px 8px;{_FONT};font-size:16px;line-height:24px;color:#0b0c0c">\n'
        f"{letter.rendered.html}</td></tr>\n</table>\n{_FOR_OUTLOOK[1]}\n</td></tr></table>\n</body>\n</html>\n"
    )


def _head(provider: str, colour: str) -> str:
    """The council's name and the service's, over a line of gold."""
    return (
        f'<tr><td align="left" bgcolor="{colour}" style="padding:14px 24px;{_FONT};color:#ffffff">'
        f'<span style="font-size:16px;line-height:22px;color:#ffffff">{escape(provider)}</span><br>'
        '<strong style="font-size:22px;line-height:28px;color:#ffffff">Recognition</strong></td></tr>\n'
        '<tr><td height="6" bgcolor="#f2b632" style="height:6px;font-size:0;line-height:6px">&nbsp;</td></tr>\n'
    )
