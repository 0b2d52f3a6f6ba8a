"""The journey of an offer as a picture: SVG for pages and papers, Mermaid for Markdown, DOT for Graphviz. Pure."""

from collections.abc import Callable, Iterator
from html import escape
from textwrap import wrap

from workflow.english import begun, count_of, listed
from workflow.offer.definition import Offer, Stage
from workflow.offer.triggers import Transition

#: As many letters of the smaller kind as have room beside each other.
_LONGEST = 96
_WIDTH, _BOX_WIDTH, _BOX_HEIGHT, _STEP = 760, 340, 44, 92
_LEFT, _TOP, _LINE = 24, 72, 18
_RIGHT = _LEFT + _BOX_WIDTH
_MIDDLE = _LEFT + _BOX_WIDTH // 2
_INK, _FAINT, _EDGE, _FILL, _LAST = "#0b0c0c", "#505a5f", "#1d70b8", "#eef5fb", "#e3f1e7"
_STYLE = (
    f"text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:15px;fill:{_INK}}}"
    f".head{{font-size:18px;font-weight:600}}.stage{{font-weight:600}}.verb{{font-size:13px;fill:{_FAINT}}}"
    f".way{{stroke:{_EDGE};stroke-width:1.5;fill:none}}"
)
_OPENED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    'role="img" aria-labelledby="journey-title journey-text">'
)
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    f'<path d="M0 0 8 4 0 8z" fill="{_EDGE}"/></marker></defs>'
)


def svg(offer: Offer) -> str:
    """Stages from the top down, what moves one to the next beside the arrows, what keeps it there beside the boxes."""
    footer = wrap(_footer(offer), _LONGEST)
    foot = _TOP + _STEP * len(offer.stages)
    height = foot + _LINE * max(len(footer), 1)
    title = escape(offer.offer.title)
    return "\n".join(
        (
            _OPENED.format(width=_WIDTH, height=height),
            f'<title id="journey-title">{title}: the journey</title>',
            f'<desc id="journey-text">{escape(_in_words(offer))}</desc>',
            f"<style>{_STYLE}</style>",
            _TIP,
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<text x="{_LEFT}" y="36" class="head">{title}</text>',
            *(line for stage in offer.stages for line in _drawn(offer, stage)),
            *(
                f'<text x="{_LEFT}" y="{foot + _LINE * number}" class="verb">{escape(line)}</text>'
                for number, line in enumerate(footer)
            ),
            "</svg>\n",
        )
    )


def mermaid(offer: Offer) -> str:
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [f'    state "{_plain(stage.title)}" as {stage.name}' for stage in offer.stages]
    lines.append(f"    [*] --> {offer.offer.start}")
    lines += [f"    {stage} --> {to}: {_plain(one.title)}" for stage, to, one in _moves(offer)]
    lines += [f"    {stage.name} --> [*]" for stage in offer.stages if stage.final]
    return "\n".join([*lines, ""])


def dot(offer: Offer) -> str:
    lines = ["digraph journey {", "    rankdir=TB; node [shape=box, style=rounded];"]
    lines += [f'    {stage.name} [label="{_plain(stage.title)}"];' for stage in offer.stages]
    lines += [f'    {stage} -> {to} [label="{_plain(one.title)}"];' for stage, to, one in _moves(offer)]
    return "\n".join([*lines, "}", ""])


#: Every way of drawing, by name.
FORMATS: dict[str, Callable[[Offer], str]] = {"svg": svg, "mermaid": mermaid, "dot": dot}


def _across(offer: Offer) -> list[Transition]:
    """What may be said at several stages and leads to none."""
    return [one for one in offer.transitions if one.to is None and len(one.from_) > 1]


def _moves(offer: Offer) -> Iterator[tuple[str, str, Transition]]:
    for one in offer.transitions:
        if one not in _across(offer):
            yield from ((stage, one.to or stage, one) for stage in one.from_)


def _drawn(offer: Offer, stage: Stage) -> Iterator[str]:
    number = offer.stage_number[stage.name]
    top = _TOP + _STEP * number
    yield (
        f'<rect x="{_LEFT}" y="{top}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" rx="6" '
        f'fill="{_LAST if stage.final else _FILL}" stroke="{_EDGE}"/>'
    )
    yield f'<text x="{_LEFT + 16}" y="{top + 28}" class="stage">{number + 1}. {escape(stage.title)}</text>'
    ways = [(offer.stage_number[to], one) for start, to, one in _moves(offer) if start == stage.name]
    yield from _onward(top, [one for to, one in ways if to == number + 1])
    stays = [one.title for to, one in ways if to == number]
    for line, title in enumerate(stays):
        yield f'<text x="{_RIGHT + 20}" y="{top + 18 + line * _LINE}" class="verb">↺ {escape(title)}</text>'
    for to, one in ways:
        if to not in (number, number + 1):
            yield from _jump(top, _TOP + _STEP * to, one, _LINE * len(stays))


def _onward(top: int, ways: list[Transition]) -> Iterator[str]:
    """The arrow to the next stage, with the trigger that moves it there."""
    if not ways:
        return
    start, end = top + _BOX_HEIGHT, top + _STEP
    titles = listed([one.title + (" (by itself)" if one.automatic else "") for one in ways], "or")
    yield f'<path class="way" d="M{_MIDDLE} {start}V{end - 2}" marker-end="url(#tip)"/>'
    yield f'<text x="{_MIDDLE + 12}" y="{start + 29}" class="verb">{escape(titles)}</text>'


def _jump(top: int, target: int, one: Transition, below: int) -> Iterator[str]:
    """A way that leaves the column: out to the right, along, and back in at the stage it leads to."""
    out, back = top + _BOX_HEIGHT - 8, target + _BOX_HEIGHT // 2
    yield f'<path class="way" d="M{_RIGHT} {out}H{_RIGHT + 12}V{back}H{_RIGHT + 2}" marker-end="url(#tip)"/>'
    yield f'<text x="{_RIGHT + 20}" y="{out + below + 4}" class="verb">{escape(one.title)}</text>'


def _footer(offer: Offer) -> str:
    across = [begun(one.title) for one in _across(offer)]
    return f"At any stage: {listed(across, 'or')}." if across else ""


def _in_words(offer: Offer) -> str:
    return f"{count_of(len(offer.stages), 'stage')}: {listed([stage.title for stage in offer.stages], 'then')}."


def _plain(text: str) -> str:
    """Neither Mermaid nor DOT lets a quotation mark or a colon stand in a label."""
    return text.replace('"', "'").replace(":", ",").replace("\\", "/")
