"""Two colours as a style sheet, after the one that says where they stand."""

from flask import Blueprint, Response, request

from web import access
from web.app_state import here
from workflow.domain.look import Look, colour
from workflow.errors import BadInput

bp = Blueprint("look", __name__)
#: What is in it follows from its address, so a browser need not ask again.
_KEPT = 86_400


@bp.get("/look.css")
@access.public
def serve() -> Response:
    """Of the colours in the address, which the pages of an offer say; where it says none, of the council's."""
    look = Look(header=_asked("header", here().look.header), accent=_asked("accent", here().look.accent))
    colours = {
        "--app-navy": look.header,
        "--app-teal": look.accent,
        "--app-teal-dark": look.accent_dark,
        "--app-teal-pale": look.accent_pale,
        "--govuk-link-colour": look.link,
    }
    rules = "".join(f"  {name}: {colour};\n" for name, colour in colours.items())
    response = Response(f":root {{\n{rules}}}\n", mimetype="text/css")
    response.headers["Cache-Control"] = f"public, max-age={_KEPT}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _asked(what: str, otherwise: str) -> str:
    """Raises BadInput for a colour that no page of ours asks for, as words on it could not be read."""
    try:
        return colour(f"#{request.args[what]}") if what in request.args else otherwise
    except ValueError as error:
        raise BadInput(f"The colour “{what}” {error}") from None
