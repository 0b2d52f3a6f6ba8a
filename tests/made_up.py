"""Made-up names and addresses, as people type, paste and import them: every script, quotation marks, invisible signs.

Those that are known one by one stand in lists, with what becomes of them; the rest is put together from parts, always
the same. Nobody here exists.
"""

from collections.abc import Iterable
from itertools import cycle, islice, product
from typing import NamedTuple

from tests.workflow.domain.name_corpus import KEPT, REFUSED, STRAIGHTENED

NAMES_WANTED, ADDRESSES_WANTED = 300, 200


class MadeUp(NamedTuple):
    """What is typed; how it is kept, or a part of the sentence that refuses it. A file may be read more kindly."""

    typed: str
    kept: str = ""
    shown: str = ""
    in_files: str = ""


#: What a file says plainly though it is not how a name is printed.
_IN_FILES = {"Rowe, Jo": "Jo Rowe", "Rowe, Jo Ann": "Jo Ann Rowe"}
_FIRST = ("Ada", "Zoë", "Łukasz", "Siân", "Ọlá", "D’Arcy", "Jo-Ann", "Ελένη", "Їжак", "Անի", "ანა", "שרה", "عمر")
_LAST = ("Pascoe", "O'Brien", "O’Brien", "Núñez", "Ó Ceallaigh", "van der Ĳssel", "Żółć", "Nance, MEd", "Rowe, Jr.")
_NO_LETTERS = (*"李김さअதግส😀𝐉/;<@|*", "\u200b", "\u202e", "\x07")


def names() -> tuple[MadeUp, ...]:
    """Three hundred."""
    known = (
        *(MadeUp(one, kept=one) for one in KEPT),
        *(MadeUp(typed, kept=kept) for typed, kept in STRAIGHTENED),
        *(MadeUp(typed, shown=shown, in_files=_IN_FILES.get(typed, "")) for typed, shown in REFUSED),
    )
    whole = [MadeUp(f"{first} {last}", kept=f"{first} {last}") for first, last in product(_FIRST, _LAST)]
    spoilt = (
        MadeUp(f"{first} {bad}{last}", shown=_name_of(bad))
        for bad, first, last in zip(cycle(_NO_LETTERS), cycle(_FIRST), cycle(_LAST), strict=False)
    )
    return _different((*known, *whole, *islice(spoilt, NAMES_WANTED)), NAMES_WANTED)


def _different(made_up: Iterable[MadeUp], wanted: int) -> tuple[MadeUp, ...]:
    return tuple(islice({one.typed: one for one in made_up}.values(), wanted))


def _name_of(bad: str) -> str:
    return f"“{bad}”" if bad.isprintable() else f"U+{ord(bad):04X}"


_KEPT = (
    ("ada@example.org", "ada@example.org"),
    ("  Ada.Pascoe@Example.ORG ", "ada.pascoe@example.org"),
    ("ada+school@example.org", "ada+school@example.org"),
    ("o'brien@example.org", "o'brien@example.org"),
    ("o’brien@example.org", "o'brien@example.org"),
    ("o‘brien@example.org", "o'brien@example.org"),
    ("oʼbrien@example.org", "o'brien@example.org"),
    ("o´brien@example.org", "o'brien@example.org"),
    ("“ada@example.org”", "ada@example.org"),
    ('"ada@example.org"', "ada@example.org"),
    ("'ada@example.org'", "ada@example.org"),
    ("'ada@example.org", "ada@example.org"),
    ("<ada@example.org>", "ada@example.org"),
    ("Ada Pascoe <ada@example.org>", "ada@example.org"),
    ('"Pascoe, Ada" <ada@example.org>', "ada@example.org"),
    ("'Ada Pascoe' <ada@example.org>;", "ada@example.org"),
    ("Pascoe, Ada (Maths) <Ada@Example.org>", "ada@example.org"),
    ("ada@example.org<mailto:ada@example.org>", "ada@example.org"),
    ("Ada Pascoe <mailto:ada@example.org>", "ada@example.org"),
    ("mailto:ada@example.org", "ada@example.org"),
    ("MAILTO:Ada@example.org?subject=Hello", "ada@example.org"),
    ("ada@example.org.", "ada@example.org"),
    ("ada@example.org,", "ada@example.org"),
    ("ada@example.org;", "ada@example.org"),
    ("\u200bada@example.org\u200b", "ada@example.org"),
    ("\ufeffada@example.org", "ada@example.org"),
    ("\u202aada@example.org\u202c", "ada@example.org"),
    ("\u00a0ada@example.org\u00a0", "ada@example.org"),
    ("ada@example.org\r\n", "ada@example.org"),
    ("ada@bücher.example.org", "ada@bücher.example.org"),
    ("ada@xn--bcher-kva.example.org", "ada@bücher.example.org"),
    ("ada@straße.example.org", "ada@straße.example.org"),
    ("ada@школа.example.org", "ada@школа.example.org"),
    ("ada@学校.example.org", "ada@学校.example.org"),
    ("ada@Ysgol-Llŷn.example.org", "ada@ysgol-llŷn.example.org"),
    ("a@b.example.org", "a@b.example.org"),
    ("12345@example.org", "12345@example.org"),
    ("_ada@example.org", "_ada@example.org"),
    ("!#$%&*+-/?=^_`{|}~@example.org", "!#$%&*+-/?=^_`{|}~@example.org"),
    ("x" * 64 + "@example.org", "x" * 64 + "@example.org"),
)
_REFUSED = (
    ("", "no email address"),
    (" \u200b ", "no email address"),
    ("-", "“-”"),
    ("none", "“none”"),
    ("n/a", "“n/a”"),
    ("#N/A", "“#N/A”"),
    ("#REF!", "“#REF!”"),
    ("TRUE", "“TRUE”"),
    ("0", "“0”"),
    ("46273", "“46273”"),
    ("ada", "“ada”"),
    ("@", "“@”"),
    ("ada@", "“ada@”"),
    ("@example.org", "“@example.org”"),
    ("ada at example.org", "“ada at example.org”"),
    ("ada(at)example.org", "“ada(at)example.org”"),
    ("ada@example", "no whole domain"),
    ("ada@localhost", "“.localhost”"),
    ("ada@school.local", "“.local”"),
    ("ada@trevanick.internal", "“.internal”"),
    ("ada@example,org", "“,” behind the @"),
    ("ada@example..org", "“..” behind the @"),
    ("ada..pascoe@example.org", "“..” before the @"),
    (".ada@example.org", "full stop at the edge"),
    ("ada.@example.org", "full stop at the edge"),
    ("ada@exam_ple.org", "“_” behind the @"),
    ("ada@-.org", "“ada@-.org”"),
    ("ada@[127.0.0.1]", "“[” behind the @"),
    ("ada pascoe@example.org", "a space"),
    ("ada@exam ple.org", "a space"),
    ("ada\u00a0p@example.org", "U+00A0"),
    ("ada\u200bp@example.org", "U+200B"),
    ("ada@exam\u00adple.org", "U+00AD"),
    ("ada\x00@example.org", "U+0000"),
    ("ada\u202e@example.org", "U+202E"),
    ("ada\tp@example.org", "U+0009"),
    ("a@b@example.org", "“@” before the @"),
    ("ada@example.org; bryn@example.org", "2 addresses"),
    ("ada@example.org, bryn@example.org", "2 addresses"),
    ("ada@example.org / bryn@example.org", "2 addresses"),
    ("ada@example.org bryn@example.org", "2 addresses"),
    ("ada@example.org\nBcc: bryn@example.org", "2 addresses"),
    ("Ada <ada@example.org>, Bryn <bryn@example.org>", "2 addresses"),
    ("Ada <ada@example.org> <bryn@example.org>", "2 addresses"),
    ("ada＠example.org", "“＠”"),
    ("ada﹫example.org", "“﹫”"),
    ("ada–p@example.org", "“–” (en dash)"),
    ("ada‑p@example.org", "“‑” (non-breaking hyphen)"),
    ("аda@example.org", "“а” (cyrillic small letter a)"),
    ("ada@exаmple.org", "“а” (cyrillic small letter a)"),
    ("ada@εxample.org", "“ε” (greek small letter epsilon)"),
    ("ａda@example.org", "“ａ” (fullwidth latin small letter a)"),
    ("=?utf-8?q?Ada?=@example.org", "“=?”"),
    ("x" * 65 + "@example.org", "65 characters"),
    ("ada@" + "x" * 64 + ".org", "is not an email address"),
    ("ada@😀.example.org", "“😀” (grinning face) behind the @"),
    ("a" * 5000, "…"),
)
_WHOLE = (
    "j.rowe@example.org",
    "jo_rowe+1@example.org",
    "d'arcy@żółć.example.org",
    "jo@ґанок.example.org",
    "j@שלום.example.org",
)
_PASTED = ("{}", "<{}>", "Jo Rowe <{}>", "“Jo” <{}>", "mailto:{}", "{};", "“{}”", "\u2060{}", "{} ", "{}.")
_BEFORE = ("jo.{}rowe", "{}rowe", "jo{}", "j{}r")
_BEYOND_A_TO_Z = "éëñøßłıŷçåœđŋþðƒğőşźαωяжאعकก李ひ가😀“‰№…"


def addresses() -> tuple[MadeUp, ...]:
    """Two hundred."""
    known = (
        *(MadeUp(typed, kept=kept) for typed, kept in _KEPT),
        *(MadeUp(typed, shown=shown) for typed, shown in _REFUSED),
    )
    whole = [MadeUp(pasted.format(one), kept=one) for one, pasted in product(_WHOLE, _PASTED)]
    spoilt = (
        MadeUp(f"{before.format(bad)}@example.org", shown=f"“{bad}”")
        for bad, before in product(_BEYOND_A_TO_Z, _BEFORE)
        if not (bad == "“" and before.startswith("{"))
    )
    return _different((*known, *whole, *spoilt), ADDRESSES_WANTED)
