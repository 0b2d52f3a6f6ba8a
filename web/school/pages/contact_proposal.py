"""A school proposes who speaks for it: the form on its page."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import drafts, form_errors, repeated
from web.school.pages import people_page
from web.school.pages.frame import PAGES, READER, address_of
from workflow.domain.contacts.kinds import CONTACTS
from workflow.domain.email_address import email_address
from workflow.domain.person_name import person_name
from workflow.errors import BadInput, NotFound, Problem, WorkflowError
from workflow.store import lookups
from workflow.usecases.contacts import proposals

bp = Blueprint("contact_proposal", __name__, url_prefix="/school")
_FORM = "propose-contact"
_ASKED = (
    ("contact_name", person_name, "Enter the name of whoever it is from now on"),
    ("contact_email", email_address, "Enter their email address, such as jo@example.org"),
    ("asked_by", person_name, "Enter your own name"),
)


@bp.post(f"/<token:token>/{_FORM}")
@access.school_session
def propose(token: str) -> ResponseReturnValue:
    try:
        kind, name, email, asked_by = _typed()
        words = f"Thank you. {name} has a letter and says yes or no. You can ask your advisor if it takes long."
        with here().store.writing() as db:
            if repeated.is_first(db, READER, access.school_reference(), words):
                number = lookups.engagement_id(db, access.school_reference())
                drafts.sent(db, READER, number, PAGES["people"], _FORM)
                proposals.propose(
                    db,
                    number,
                    kind,
                    name=name,
                    email=email,
                    asked_by=asked_by,
                    links=here().link_maker,
                    actor=READER,
                    now=here().clock(),
                )
    except NotFound:
        raise
    except WorkflowError as error:
        return people_page.render(token, form_errors.of(error, _FORM, at=_FORM))
    flash(words)
    return redirect(address_of(token, "people"), 303)


def _typed() -> tuple[str, str, str, str]:
    """Raises BadInput with everything that is wrong."""
    kind = request.form.get("kind", "")
    wrong = [] if kind in CONTACTS else [Problem("kind", "Choose which contact it is")]
    values = []
    for field, read, ask in _ASKED:
        typed = request.form.get(field, "").strip()
        try:
            values.append(read(typed))
        except ValueError as error:
            wrong.append(Problem(field, str(error) if typed else ask))
    if wrong:
        raise BadInput("Something is missing.", tuple(wrong))
    name, email, asked_by = values
    return kind, name, email, asked_by
