"""Somebody is invited to read about several schools: what they will see, and their letter, are shown before it goes."""

from datetime import date
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from web import access
from web.app_state import here
from web.forms import check, date_fields, form_errors
from web.forms.check import ToBeSeen
from web.forms.form_errors import Trouble
from workflow.acts.ahead.foreseen import Foreseen, Message
from workflow.calendar.local_time import day_told, local_day
from workflow.engine.catalogue import offers_of
from workflow.english import listed
from workflow.errors import BadInput, Problem, WorkflowError
from workflow.mail.access.write import Service, write_to_reader
from workflow.offer.installed.newest import house
from workflow.queries.lists.trusts import trusts_of
from workflow.store.tables.engagement import Engagement
from workflow.store.tables.school import School
from workflow.usecases import users
from workflow.usecases.accounts.readers import invitations, letter_words
from workflow.usecases.accounts.readers.invitations import INVITERS, Invitation, Invited

bp = Blueprint("reader_invitation", __name__, url_prefix="/advisor/readers/new")
_FORM, _PAGE = "reader", "/advisor/readers/new"
_READERS = ("Readers of several schools", "/advisor/readers")
#: So many schools are named of those that they see.
_NAMED = 10
TRUST, SCHOOLS = "trust", "schools"


@bp.get("")
@access.council(*INVITERS, sensitive=True)
def ask() -> ResponseReturnValue:
    return _form()


@bp.post("")
@access.council(*INVITERS, sensitive=True)
def invite() -> ResponseReturnValue:
    if change := check.to_change(_FORM, "main-content"):
        return _form(change)
    try:
        with here().store.writing() as db:
            done = _invited(db)
            check.ask(db, partial(_foreseen, db, done), _READERS[0], done.reader.name)
    except ToBeSeen as wait:
        return check.page(wait.sight, "Invite a reader", _PAGE, _PAGE, _READERS)
    except WorkflowError as error:
        return _form(form_errors.of(error, _FORM, at="main-content"))
    flash(f"A letter to {done.reader.name} is on its way. The link in it holds for three days.")
    return redirect(f"/advisor/readers/{done.reader.id}", 303)


def _invited(db: Session) -> Invited:
    """As far as this transaction. Raises BadInput with all that is wrong."""
    now, typed, mistyped = here().clock(), request.form, dict[str, str]()
    last = date_fields.a_day(typed, now, mistyped, "until", "the last day")
    wrong = [Problem(part, sentence) for part, sentence in mistyped.items()]
    whose = typed.get("scope")
    if whose not in (TRUST, SCHOOLS):
        wrong.append(Problem("scope", "Choose which schools they see"))
    try:
        done = invitations.invite(
            db,
            Invitation(
                typed.get("name", ""),
                typed.get("email", ""),
                typed.get("trust", "") if whose == TRUST else None,
                tuple(typed.get("schools", "").replace(",", "\n").split("\n")),
                last,
            ),
            lasts=here().policy.reader_lasts,
            by=users.actor_of(access.current_user()),
            now=now,
            links=here().link_maker,
        )
    except BadInput as error:
        found = [_placed(one) for one in error.problems if whose or one.where != "schools"]
        raise BadInput(str(error), (*found, *wrong)) from None
    if wrong:
        raise BadInput("Nobody is invited yet.", tuple(wrong))
    return done


def _placed(one: Problem) -> Problem:
    """A day has three fields."""
    return Problem("until-day", one.sentence) if one.where == "until" else one


def _foreseen(db: Session, done: Invited) -> Foreseen:
    reader, told = done.reader, letter_words.words_of(db, done.letter)
    provider, contact = house(offers_of(db), here().look.name, here().contacts.sender)
    service = Service(provider, here().links, contact, here().look)
    letter = write_to_reader(done.letter, told, "made-when-it-is-sent", service)
    more = len(done.schools) - _NAMED
    named = listed([*done.schools[:_NAMED], *([f"{more} more"] if more > 0 else [])])
    happens = [
        f"{reader.name} may read about {told['schools']} until {day_told(reader.until)}, and changes nothing there.",
        f"Of these schools take part today: {named}." if named else "None of these schools takes part today.",
    ]
    if reader.trust_code:
        happens.append("A school that joins the trust is shown to them, and one that leaves it is not, by itself.")
    message = Message("", letter.to_name, letter.to_email, letter.rendered.subject, letter.rendered.text)
    return Foreseen(tuple(happens), (message,))


def _form(wrong: Trouble | None = None) -> ResponseReturnValue:
    with here().store.reading() as db:
        trusts, known = trusts_of(db), _known(db)
    last = local_day(here().clock() + here().policy.reader_lasts)
    html = render_template(
        "advisor/reader_invite.html",
        trusts=trusts,
        known=known | _day(last),
        last=last,
        user=access.current_user(),
        wrong=wrong,
        entered=request.form if wrong else {},
    )
    return html, wrong.status if wrong else 200


def _known(db: Session) -> dict[str, str]:
    """What the school says that somebody came from."""
    about = select(School).join(Engagement, Engagement.school_urn == School.urn)
    school = db.scalar(about.where(Engagement.reference == request.args.get("about", "")))
    if school is None:
        return {}
    return {"schools": school.urn, "trust": school.trust_code, "scope": TRUST if school.trust_code else SCHOOLS}


def _day(last: date) -> dict[str, str]:
    return {"until-day": str(last.day), "until-month": str(last.month), "until-year": str(last.year)}
