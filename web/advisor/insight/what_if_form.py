"""What somebody asked to be different, read from the form; every mistake is told at once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from web.forms import date_fields, form_fields
from web.forms.form_fields import Form, Wrong
from workflow.calendar.local_time import local_day
from workflow.english import day_in_words
from workflow.simulation.asked.question import MOST_ORDERS, Question, last_day
from workflow.simulation.scenario import Absence, DateRange

_MONTH = timedelta(days=31)


def months(now: datetime) -> dict[str, str]:
    """The months of a rehearsal, this one the first: `March 2027` by `2027-03`."""
    found, day, last = {}, local_day(now).replace(day=1), last_day(local_day(now))
    while day <= last:
        found[f"{day:%Y-%m}"] = f"{day:%B %Y}"
        day = (day + _MONTH).replace(day=1)
    return found


def read(form: Form, people: Mapping[str, str], offers: Mapping[str, str], now: datetime) -> Question:
    """`people` are names by the number of an account, and `offers` titles by their codes. Raises BadInput."""
    wrong: Wrong = {}
    known = months(now)
    question = Question(
        absences=_absences(form, people, now, wrong),
        no_visits=_of_month(form, "no_visits", known, wrong),
        orders=_orders(form, wrong),
        orders_in=next(iter(_of_month(form, "orders_in", known, wrong)), None),
        code=form.get("offer") or (next(iter(offers)) if len(offers) == 1 else None),
    )
    if question.orders and question.code not in offers:
        wrong["offer"] = "Choose which offer they are for"
    if bool(question.orders) != bool(question.orders_in) and not wrong:
        name, ask = ("orders_in", "Choose the month in which they come in") if question.orders else ("orders", _NUMBER)
        wrong[name] = ask
    if question.is_empty and not wrong:
        wrong["who"] = "Choose at least one thing that is different: somebody away, no visits, or more orders"
    form_fields.agree(wrong)
    return question


_NUMBER = f"Enter how many orders, between 1 and {MOST_ORDERS}"


def _absences(form: Form, people: Mapping[str, str], now: datetime, wrong: Wrong) -> tuple[Absence, ...]:
    who = form.get("who", "")
    if not who and date_fields.is_empty(form, "1") and date_fields.is_empty(form, "2"):
        return ()
    if who not in people:
        wrong["who"] = "Choose who is away"
    first = date_fields.a_day(form, now, wrong, "date1", "the first day")
    last = date_fields.a_day(form, now, wrong, "date2", "the last day")
    if wrong or first is None or last is None:
        return ()
    return (Absence(int(who), DateRange(first, last)),) if _is_ahead(first, last, now, wrong) else ()


def _is_ahead(first: date, last: date, now: datetime, wrong: Wrong) -> bool:
    today = local_day(now)
    if last < first:
        wrong["date2-day"] = "The last day must be the same as the first day or after it"
    elif last < today or first > last_day(today):
        wrong["date1-day"] = f"These days must lie between today and {day_in_words(last_day(today))}"
    return not wrong


def _of_month(form: Form, name: str, known: Mapping[str, str], wrong: Wrong) -> tuple[DateRange, ...]:
    asked = form.get(name, "")
    if not asked:
        return ()
    if asked not in known:
        wrong[name] = "Choose one of the months"
        return ()
    first = date.fromisoformat(f"{asked}-01")
    return (DateRange(first, (first + _MONTH).replace(day=1) - timedelta(days=1)),)


def _orders(form: Form, wrong: Wrong) -> int:
    typed = form.get("orders", "").strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_ORDERS))):
        wrong["orders"] = _NUMBER
        return 0
    if not 1 <= int(typed) <= MOST_ORDERS:
        wrong["orders"] = _NUMBER
    return int(typed)
