"""The parts of the handbook that are about words: guards, effects, audiences, spans, emails, certificates."""

from collections.abc import Iterator

from workflow.domain.guards import GUARDS
from workflow.domain.lifecycles import LIFECYCLES
from workflow.english import in_words, listed
from workflow.offer.emails.placeholders import BY_AUDIENCE
from workflow.offer.reference.markdown import section, table, words
from workflow.offer.words import vocabulary
from workflow.offer.words.conditions import asked_by
from workflow.offer.words.placeholder_words import PLACEHOLDERS, SITUATIONS

_GUARDS = """A guard is a small table that names one guard with its subject, and perhaps options, such as
`{ register_taken = "training" }` or `{ staff_trained = "training", at_least = 3 }`. What it asks must be true; where it
is not, people read why, and who can put it right."""
_SPANS = """A span is a number and a unit, such as `5 school days`. From 1 to 999."""
_SMALL = """The statuses and verbs of small journeys are fixed. Which verb leads where, who may say it and what it owes
stands in `[[move]]`."""
_PLACEHOLDERS = """A placeholder is written `{{ name }}`. What it stands for is put there for each reader. An email may
only use what has a value for everybody it is written to, whenever it is sent; `recognition offer check` says where that
is not so."""


def guards() -> str:
    rows = (
        (f"`{name}`", vocabulary.TAKES[one.takes], asked_by(name), _whoever(one.who)) for name, one in GUARDS.items()
    )
    options = words(vocabulary.OPTIONS.items(), ("option", "meaning"))
    titles = ("guard", "it takes", "it asks", "who can put it right")
    return section(2, "Guards", _GUARDS, table(titles, rows), options)


def _whoever(who: str) -> str:
    return who if who.startswith("another") else f"the {who}"


def other_words() -> Iterator[str]:
    yield section(2, "Spans", _SPANS, words(vocabulary.UNITS.items(), ("unit", "what is counted")))
    yield section(2, "Effects", "An effect is one kind and one name.", words(vocabulary.EFFECTS.items()))
    yield section(2, "Audiences", "Who emails are written to.", words(vocabulary.AUDIENCES.items()))
    yield section(2, "Who may say something", "", words(vocabulary.ROLES.items()))
    yield section(2, "Standings", "Where an engagement stands besides its stage.", words(vocabulary.STANDINGS.items()))
    yield section(2, "Judgements", "What a visit may end with.", words(vocabulary.OUTCOMES.items()))
    yield section(2, "What becomes of timers", "", words(vocabulary.TIMERS.items()))
    rows = (
        (f"one {noun}", _quoted(one.statuses), _quoted(one.verbs), f"`{one.start}`") for noun, one in LIFECYCLES.items()
    )
    yield section(2, "Small journeys", _SMALL, table(("whose", "statuses", "verbs", "begins at"), rows))


def placeholders() -> str:
    """By when they have a value, and by who reads them."""
    rows = [
        (f"`{name}`", when, PLACEHOLDERS[name])
        for when, names in (*SITUATIONS.items(), *_by_reader())
        for name in PLACEHOLDERS
        if name in names
    ]
    return section(3, "Placeholders", _PLACEHOLDERS, table(("placeholder", "when", "what it stands for"), rows))


def _by_reader() -> Iterator[tuple[str, frozenset[str]]]:
    """Audiences that may be told the same are told of together."""
    for names in dict.fromkeys(BY_AUDIENCE.values()):
        readers = [in_words(one) for one, own in BY_AUDIENCE.items() if own == names]
        yield f"To {listed(readers)}", names


def certificate() -> str:
    told = """A Typst file beside the page, named in `[certificate]`. Every fact reaches it as text in `sys.inputs`."""
    facts = words(vocabulary.CERTIFICATE_FACTS.items(), ("fact", "what it is"))
    return section(2, "The certificate", told, facts)


def _quoted(known: tuple[str, ...]) -> str:
    return ", ".join(f"`{one}`" for one in known)
