"""The handbook of an offer's folder as Markdown, from the code that reads the folder: it stands in `docs/`."""

from workflow.calendar.calendar_file import CalendarFile
from workflow.offer.emails.email_template import EmailTemplate
from workflow.offer.reference import chapters
from workflow.offer.reference.key_rows import key_rows
from workflow.offer.reference.markdown import section, table
from workflow.offer.reference.page_schema import page_schema, schema_of
from workflow.offer.reference.tables import TITLES, sections

_BEGINNING = """# What may stand in an offer's folder

<!-- Written by “recognition offer reference”. Change the code that it is written from, not this file. -->

An offer is a folder of data. Nobody needs to know how to program to write one: `recognition offer new` asks ten
questions and writes a sound folder to begin with. Or copy a folder that is there, and give it another `code` or
`version`. Change it, and ask `recognition offer check FOLDER` until it calls the offer sound. It says every mistake in
a sentence, with its place and what would be right."""
_FILES = (
    ("`offer.toml`", "The page: the whole journey, with its terms, meetings, people and times. It must be there."),
    ("`calendar.toml`", "The days on which this offer counts. It must be there."),
    ("`emails/NAME.md`", "One email in each file; the page calls it by its name, without `.md`."),
    ("`certificate.typ`", "How a certificate looks, if there are any. The page says what the file is called."),
)
_EDITORS = """The page is TOML. An editor that knows JSON Schema, such as Visual Studio Code with the extension Even
Better TOML, completes keys, shows what each means and marks mistakes while you write. Write the schema beside the page,
and name it in the page's first line:

```
recognition offer schema > FOLDER/offer.schema.json
```

```toml
#:schema ./offer.schema.json
```

The editor knows shapes and words. Whether a name is there, and whether the journey leads to an end, only
`recognition offer check` knows."""
_SEEN = """`recognition offer diagram CODE` draws the journey as a picture. `recognition offer export CODE --as bpmn`
writes it as BPMN 2.0, which modellers of business processes open: stages are tasks, what moves the journey on is a flow
with its conditions in words, and what time does sits on the edges. With `--as scxml` it is written for programs that
run state machines."""
_PAGE = """`[name]` is a table that stands once, `[[name]]` one that stands as often as there are such things. A name is
of small letters, figures, `_` and `-`, and begins with a letter."""
_EMAIL = """An email begins with what is said about it between two lines of `+++`, and goes on in Markdown. It ends with
`{{ signature }}`.

```
+++
subject = "Your order {{ reference }}"
to = ["school_lead"]
+++
Dear {{ name }},

Thank you for choosing our {{ offer }}.

Kind regards,

{{ signature }}
```"""


def handbook() -> str:
    parts = (
        _BEGINNING,
        section(2, "The files", table(("file", "what it is"), _FILES)),
        section(2, "While you write", _EDITORS),
        section(2, "See the journey", _SEEN),
        section(2, "The page, `offer.toml`", _PAGE, *sections(page_schema())),
        chapters.guards(),
        *chapters.other_words(),
        section(2, "Emails", _EMAIL, table(TITLES, key_rows(schema_of(EmailTemplate))), chapters.placeholders()),
        section(2, "The calendar, `calendar.toml`", *sections(schema_of(CalendarFile))),
        chapters.certificate(),
    )
    return "\n\n".join(parts) + "\n"
