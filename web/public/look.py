"""The council's own colours as a style sheet, after the one that says where they stand."""

from flask import Blueprint, Response, request

from web import access
from web.app_state import here

bp = Blueprint("look", __name__)
#: Its address changes with what is in it, so a browser need not ask again.
_KEPT = 86_400


@bp.get("/look.css")
@access.public
def serve() -> Response:
    look = here().look
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
