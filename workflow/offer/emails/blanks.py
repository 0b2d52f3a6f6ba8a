"""How a placeholder is written, `{{ name }}`, and how values come to stand there: by Jinja, in its sandbox.

An author writes placeholders and nothing else of Jinja. A template is made from pieces and never from text that is
read again, so neither what Markdown makes of an author's words nor what a person typed can become more than words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from workflow.domain.look import LINK
from workflow.offer.emails.titles import FORMS, TITLES, form_of, with_article

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}", re.ASCII)
_MARK = re.compile(r"zq([a-z0]+?)qz", re.ASCII)
_OPENS = re.compile(r"\{[{%#].*")
_SHOWN = 60


class LinkedLines(str):
    """Lines that each lead somewhere: in words its address stands below each, and in HTML the line is the link."""

    __slots__ = ("markup",)
    markup: Markup

    def __new__(cls, lines: Iterable[tuple[str, str]], colour: str = LINK) -> "LinkedLines":
        known = [*lines]
        made = super().__new__(cls, "\n\n".join(f"• {words}\n{address}" for words, address in known))
        link = Markup('• <a href="{}" style="color:{}">{}</a>')
        made.markup = Markup("<br>").join(link.format(address, colour, words) for words, address in known)
        return made


def _as_html(value: object) -> Markup:
    """Escaped as text and as an attribute alike; lines stay lines."""
    if isinstance(value, LinkedLines):
        return value.markup
    return Markup(escape(str(value)).replace("\n", "<br>"))  # noqa: S704 (escaped just now)


_WORDS = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_HTML = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_as_html)
for _environment in (_WORDS, _HTML):
    _environment.globals.clear()
    _environment.filters.update(FORMS)


def names_in(text: str) -> frozenset[str]:
    """The placeholders of a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def line_of(name: str, text: str) -> int | None:
    """The line on which a placeholder stands first."""
    found = next((one for one in _PLACEHOLDER.finditer(text) if one[1] == name), None)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def only_placeholders(text: str) -> str:
    """The text itself. Raises ValueError if it has more of Jinja in it than placeholders."""
    other = _OPENS.search(_PLACEHOLDER.sub(lambda found: "\n" * found[0].count("\n"), text))
    if other is not None:
        line = other.string.count("\n", 0, other.start()) + 1
        raise ValueError(
            f"Line {line} has “{other[0][:_SHOWN]}” in it. "
            "Between braces stands one placeholder in small letters, such as {{ name }}, and nothing else."
        )
    strange = sorted(name for name in names_in(text) if not _stands_for_a_value(name))
    if strange:
        raise ValueError(f"“{strange[0]}” has a meaning of its own between braces, so it can be no placeholder.")
    return text


@lru_cache
def _stands_for_a_value(name: str) -> bool:
    """Jinja keeps a few words for itself, such as `true` and `not`."""
    try:
        return meta.find_undeclared_variables(_WORDS.parse(f"{{{{ {name} }}}}")) == {name}
    except TemplateSyntaxError:
        return False


def marked(text: str) -> str:
    """Each placeholder as plain letters, which Markdown leaves alone wherever they stand, in a link's address too."""
    return _PLACEHOLDER.sub(lambda found: f"zq{found[1].replace('_', '0')}qz", text)


class Blanks:
    """Texts whose placeholders are `marked`, compiled once, and filled in one by one by their number."""

    def __init__(self, environment: ImmutableSandboxedEnvironment, texts: Sequence[str]) -> None:
        page = nodes.Template([_block(number, text) for number, text in enumerate(texts)], lineno=1)
        page.set_environment(environment)
        self._template = environment.from_string(page)
        self._texts = texts

    @classmethod
    def in_words(cls, texts: Sequence[str]) -> "Blanks":
        return cls(_WORDS, texts)

    @classmethod
    def in_html(cls, text: str) -> "Blanks":
        """Values are escaped; the text is HTML already."""
        return cls(_HTML, [text])

    def fill(self, number: int, values: Mapping[str, str]) -> str:
        """Raises KeyError with the name of a placeholder that has no value."""
        context = self._template.new_context(dict(values), shared=True)
        try:
            return "".join(self._template.blocks[_called(number)](context))
        except UndefinedError:
            raise KeyError(min({_name(one) for one in _MARK.findall(self._texts[number])} - values.keys())) from None


def _block(number: int, text: str) -> nodes.Block:
    return nodes.Block(_called(number), [nodes.Output(list(_pieces(text)), lineno=1)], False, False, lineno=1)  # noqa: FBT003 (Jinja's order)


def _called(number: int) -> str:
    return f"text_{number}"


def _pieces(text: str) -> Iterator[nodes.Expr]:
    """Words and names in turn, as the pattern splits them."""
    *pieces, last = _MARK.split(text)
    before = ""
    for words, mark in zip(pieces[::2], pieces[1::2], strict=True):
        name, before = _name(mark), before + words
        yield from _words_before(words, name)
        yield _blank(name, form_of(before) if name in TITLES else "")
        before += "x"
    yield nodes.TemplateData(last, lineno=1)


def _words_before(words: str, name: str) -> Iterator[nodes.Expr]:
    """An “a” before a title is an “an” where the title asks for that."""
    first, article, rest = with_article(words) if name in TITLES else (words, "", "")
    yield nodes.TemplateData(first, lineno=1)
    if article:
        yield _blank(name, article)
        yield nodes.TemplateData(rest, lineno=1)


def _blank(name: str, form: str) -> nodes.Expr:
    """What is filled in; a title by its place in the sentence."""
    value = nodes.Name(name, "load", lineno=1)
    return nodes.Filter(value, form, [], [], None, None, lineno=1) if form else value


def _name(mark: str) -> str:
    return mark.replace("0", "_")
