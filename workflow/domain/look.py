"""A council's own look: its name and two colours, for pages, emails and certificates. Pure.

White words stand on both colours, and words in the second stand on white and on pale grounds, so what WCAG 2.2 asks of
words (4.5 to 1) is asked of both before anybody sees them.
"""

import re
from dataclasses import dataclass

from workflow.sanitise import line

HEADER, ACCENT, LINK = "#12284c", "#0b6b6b", "#0a5c7a"
_WRITTEN = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_ENOUGH, _LONGEST = 4.5, 80
#: Below this a part of a colour is as bright as its number says.
_STRAIGHT = 0.04045
_WHITE, _STEPS = (255, 255, 255), 100
#: How much of the accent is in its pale ground, and how much of it is left where a button is pressed.
_PALE, _DARK = 0.08, 0.74
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """`name` is empty where the offers say whose service it is. Colours are written `#12284c`."""

    name: str = ""
    header: str = HEADER
    accent: str = ACCENT

    @property
    def link(self) -> str:
        """Links are blue as anywhere until a council has a colour of its own."""
        return LINK if self.accent == ACCENT else self.accent

    @property
    def usual(self) -> tuple[str, ...]:
        """What is still as it came."""
        said = {"name": not self.name, "header": self.header == HEADER, "accent": self.accent == ACCENT}
        return tuple(what for what, is_usual in said.items() if is_usual)

    @property
    def accent_dark(self) -> str:
        return _written(_mixed(_read(self.accent), (0, 0, 0), _DARK))

    @property
    def accent_pale(self) -> str:
        return _written(_pale(_read(self.accent)))


USUAL = Look()


def council(text: str) -> str:
    """A name that can be used, or none. Raises ValueError with a sentence."""
    try:
        return line(text, "It", _LONGEST) if text.strip() else ""
    except ValueError as error:
        raise ValueError(f"cannot be the council's name. {error}") from None


def colour(text: str) -> str:
    """One that can be used, in small letters. Raises ValueError with a sentence that says one that could."""
    written = text.strip().lower()
    if not _WRITTEN.fullmatch(written):
        raise ValueError(f"is “{text}”; write a colour as six digits or letters from a to f, such as {HEADER}.")
    found = _read(written)
    if _worst(found) < _ENOUGH:
        raise ValueError(
            f"is {written}, which is too light: white words on it and links on pale ground have a contrast of "
            f"{_worst(found):.1f}, and need {_ENOUGH}. {_written(_darkened(found))} would do."
        )
    return written


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 counts it, from 1 to 21."""
    return _contrast(_read(one), _read(other))


def _worst(found: Colour) -> float:
    return min(_contrast(found, _WHITE), _contrast(found, _pale(found)))


def _darkened(found: Colour) -> Colour:
    """The same colour with as little black in it as does; black itself always does."""
    steps = (_mixed(found, (0, 0, 0), left / _STEPS) for left in range(_STEPS, -1, -1))
    return next(one for one in steps if _worst(one) >= _ENOUGH)


def _pale(found: Colour) -> Colour:
    return _mixed(found, _WHITE, _PALE)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(found: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in found)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _STRAIGHT else ((part + 0.055) / 1.055) ** 2.4


def _read(written: str) -> Colour:
    red, green, blue = (int(written[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _written(found: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*found)
