"""What a school may look at beside where it is: the messages that were sent to it, and its staff's certificates."""

import io
from zipfile import ZIP_STORED, ZipFile

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import access
from web.app_state import here
from web.forms import drafts, form_errors, repeated
from web.forms.form_errors import Trouble
from web.school.pages.frame import READER, address_of, begun, draft_name, engagement_of, frame
from web.wire.row_number import row_number
from workflow.engine.catalogue import offer_of
from workflow.errors import NotFound, WorkflowError
from workflow.queries.notes.case_notes import for_school
from workflow.queries.places.messages import sent_letters
from workflow.queries.schools import certificates as school_certificates
from workflow.usecases.notes import questions

bp = Blueprint("school_record", __name__, url_prefix="/school/<token:token>")
_PAGE, _FORM = "messages", "question"
_SENT = "Your question is sent. You hear from us by email, and the answer stands here."


@bp.get("/messages")
@access.school_session
def messages(token: str) -> ResponseReturnValue:
    return _messages(token)


@bp.post(f"/{_FORM}")
@access.school_session
def ask(token: str) -> ResponseReturnValue:
    try:
        with here().store.writing() as db:
            engagement = engagement_of(db)
            if repeated.is_first(db, READER, engagement.reference, _SENT):
                questions.ask(db, engagement.id, request.form.get("text", ""), here().clock())
                drafts.sent(db, READER, engagement.id, draft_name(_PAGE), _FORM)
    except WorkflowError as error:
        return _messages(token, form_errors.of(error, _FORM, at="main-content"))
    flash(_SENT)
    return redirect(address_of(token, _PAGE), 303)


def _messages(token: str, wrong: Trouble | None = None) -> ResponseReturnValue:
    before = row_number(request.args.get("before", ""))
    with here().store.reading() as db:
        engagement = engagement_of(db)
        page = sent_letters(db, engagement.id, to="school_lead", before=before)
        html = render_template(
            "school/messages.html",
            page=page,
            notes=for_school(db, engagement.id, limit=_NOTES),
            drafts=begun(db, engagement, token, _PAGE),
            entered=request.form if wrong else {},
            **frame(db, engagement, token, wrong),
        )
    return html, wrong.status if wrong else 200


@bp.get("/certificates")
@access.school_session
def certificates(token: str) -> ResponseReturnValue:
    with here().store.reading() as db:
        engagement = engagement_of(db)
        if offer_of(db, engagement).certificate is None:
            raise NotFound("This journey ends without certificates.")
        held = school_certificates.of_school(db, engagement.id)
        return render_template("school/certificates.html", held=held, **frame(db, engagement, token))


@bp.get("/certificates/<serial:serial>")
@access.school_session
def certificate(token: str, serial: str) -> Response:  # noqa: ARG001 (the address has it)
    with here().store.reading() as db:
        (found,) = school_certificates.files_of(db, engagement_of(db).id, serial)
    return _saved(found.pdf, f"certificate-{found.serial}.pdf", "application/pdf")


@bp.get("/certificates.zip")
@access.school_session
def all_certificates(token: str) -> Response:  # noqa: ARG001 (likewise)
    """They are packed already, so that to pack them again would take time and save nothing."""
    with here().store.reading() as db:
        engagement = engagement_of(db)
        found = school_certificates.files_of(db, engagement.id)
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for one in found:
            archive.writestr(f"certificate-{one.serial}.pdf", one.pdf)
    return _saved(packed.getvalue(), f"certificates-{engagement.reference}.zip", "application/zip")


#: The newest notes and questions that a school is shown.
_NOTES = 20


def _saved(content: bytes, name: str, kind: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
