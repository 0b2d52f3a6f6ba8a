"""One engagement as a page of text, in the order an advisor asks: where is it, what next, who, when, what happened."""

from collections.abc import Sequence
from datetime import datetime

from web.cli.output import print_table, say
from web.formatting import ASKED, certificate_words
from workflow.calendar.local_time import day_told, in_figures
from workflow.domain.contacts.kinds import SCHOOL_LEAD
from workflow.engine import Available
from workflow.english import day_in_words, within
from workflow.queries.engagement_view import CaseView
from workflow.store.tables.certificate import Certificate


def say_case(view: CaseView) -> None:
    one = view.engagement
    say(f"{one.reference}  {view.school.name}, {view.school.town}")
    say(f"{view.offer.offer.title} ({one.offer_code}-{one.offer_version})")
    standing, advisor = one.standing.replace("_", " "), view.advisor.name if view.advisor else "nobody yet"
    say(f"At “{view.stage_title}” since {_day(view, one.stage_since)}; {standing}; version {one.version}.")
    say(f"School lead: {one.lead_name} <{one.lead_email}>.  Advisor: {advisor}.")
    for contact in view.contacts:
        if contact.until is None and contact.kind != SCHOOL_LEAD:
            say(f"{contact.title}: {contact.name} <{contact.email}>.")
    if view.promise:
        late = " This is late." if view.promise.late else ""
        say(f"Next: the {view.promise.owner} is to {view.promise.to} by {view.promise.day}.{late}")
    if view.promise and view.promise.anew:
        say(view.promise.anew.sentence)
    if view.forecast:
        say(view.forecast.sentence)
    if view.way.sentence:
        say(view.way.sentence)
    _say_triggers(view.triggers)
    _say_way(view)
    _say_people(view)
    _say_meetings(view)
    _say_what_is_owed(view)
    _say_certificates(view)
    _say_history(view)


def _say_triggers(triggers: tuple[Available, ...]) -> None:
    _heading("What can be done")
    for one in triggers:
        if one.open:
            say(f"  {one.trigger}: {one.transition.title}")
    for one in triggers:
        for number, refusal in enumerate(one.refusals):
            say(f"  {one.trigger if not number else ' ' * len(one.trigger)}: not now. {refusal.sentence}")


def _say_way(view: CaseView) -> None:
    rows = [(day_in_words(line.day), ASKED[line.who], line.what) for line in view.way.lines]
    _section(f"The nearest way to {view.way.goal}", ("At the earliest", "Who", "What"), rows)


def _say_people(view: CaseView) -> None:
    rows = [
        (
            person.name,
            person.email,
            person.phase,
            person.status.replace("_", " "),
            person.certificate_name + ("" if person.name_confirmed else " (not confirmed)"),
        )
        for person in view.participants
    ]
    _section("Participants", ("Name", "Email", "Phase", "Status", "Name on the certificate"), rows)


def _say_meetings(view: CaseView) -> None:
    rows = [
        (
            view.offer.appointment[meeting.kind].title,
            _moment(view, meeting.starts_at),
            meeting.status.replace("_", " "),
            meeting.outputs,
        )
        for meeting in view.appointments
    ]
    _section("Appointments", ("What", "When", "Status", "Agreed"), rows)


def _say_what_is_owed(view: CaseView) -> None:
    rows = [(one.id, one.kind, one.name, one.recipient, one.status, one.trouble) for one in view.owed]
    _section("Owed and not yet delivered", ("Id", "Kind", "What", "To", "Status", "Trouble"), rows)
    coming = [("stopped" if one.stopped else _moment(view, one.at), one.does, one.why) for one in view.coming]
    _section("What will happen by itself if nothing changes", ("When", "What", "Why that day"), coming)


def _say_certificates(view: CaseView) -> None:
    rows = [
        (held.serial, held.name, held.phase_title, _standing(view, held), f"{held.issued_on:%d/%m/%Y}")
        for held in view.certificates
    ]
    _section("Certificates", ("Number", "Name", "Phase", "Status", "Issued"), rows)


def _standing(view: CaseView, held: Certificate) -> str:
    renewed = view.renewals.get(held.serial)
    return within(certificate_words(held.status, renewed)) if renewed else held.status


def _say_history(view: CaseView) -> None:
    rows = [
        (
            line.seq,
            _moment(view, line.at),
            ": ".join(filter(None, (line.title, line.about))),
            line.who,
            " ".join(filter(None, (line.note, _waived(line.waived)))),
        )
        for line in view.history
    ]
    _section("History", ("", "When", "What", "Who", "Note"), rows)
    sent = [(_moment(view, one.sent_at), one.to_email, one.subject) for one in view.messages]
    _section("Messages", ("When", "To", "Subject"), sent)


def _waived(guards: tuple[str, ...]) -> str:
    return f"(waived: {', '.join(guards)})" if guards else ""


def _heading(title: str) -> None:
    say()
    say(title)


def _section(title: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        _heading(title)
        print_table(columns, rows)


def _day(view: CaseView, moment: datetime) -> str:
    return day_told(moment, view.offer.calendar.zone)


def _moment(view: CaseView, moment: datetime) -> str:
    return in_figures(moment, view.offer.calendar.zone)
