"""An address that letters can be sent to: one reading for every door it comes in by. Pure; no network is asked.

What is plainly a habit of typing or pasting is straightened: curly apostrophes, `mailto:`, `Name <address>`, a full
stop behind. Everything else that no mail server could write to is refused in a sentence that shows the sign. Before the
@ only plain letters will do, since few servers know others; a domain has a spelling of its own in them.
"""

import re
import unicodedata

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from workflow.sanitise import sign

_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʹ′´＇"), "'")
_MAILTO = re.compile(r"mailto:([^?]*)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_BEHIND_A_NAME = re.compile(r"([^<>]*)<([^<>]+)>", re.DOTALL)
_ONE = re.compile(r"[^\s;,/|<>()\[\]]+@[^\s;,/|<>()\[\]]+")
#: What people and programs put round an address, and leave behind it.
_ROUND, _BEHIND = "'\"“”„«»", ".,;:" + "'\"“”„«»"
#: Unquoted letters, digits and signs before the @ (RFC 5322, 3.2.3).
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~")
#: Domains that reach nobody outside one building (RFC 6761, RFC 6762).
_INSIDE = (".local", ".localhost", ".invalid", ".onion", ".arpa", ".internal", ".lan")
#: Letters of these scripts look like one another: no honest part of a domain mixes them.
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK"))
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
_BEFORE_LIMIT, _SHOWN = 64, 80


def email_address(text: str) -> str:
    """The address as it is kept, in lower case. Raises ValueError with a sentence that shows what is wrong."""
    typed = _straightened(text)
    _agree_one(typed)
    _agree_signs(typed)
    _agree_reach(typed)
    found = _validated(typed)
    _agree_scripts(found.domain)
    return found.normalized.lower()


def as_kept(text: str) -> str:
    """How an address is looked up: as it would be kept now, or, where it would not be, by what can be seen of it."""
    try:
        return email_address(text)
    except ValueError:
        return "".join(filter(str.isprintable, text)).strip().lower()


def wire_address(address: str) -> str:
    """The address as servers write it, its domain in plain letters. Raises ValueError where it has no such spelling."""
    if address.isascii():
        return address
    name, _, domain = address.rpartition("@")
    return f"{name}@{_validated(f'x@{domain}').ascii_domain}"


def name_beside(text: str) -> str:
    """The name in `Name <address>`; nothing where there is none."""
    found = _BEHIND_A_NAME.fullmatch(_bare(text).rstrip(_BEHIND))
    return "" if found is None or "@" in found[1] else found[1].strip().strip(_ROUND).strip()


def _straightened(text: str) -> str:
    """Without what is round an address and belongs to none."""
    kept = _unwrapped(text)
    found = _BEHIND_A_NAME.fullmatch(kept)
    if found is None or ("@" in found[1] and _unwrapped(found[1]) != _unwrapped(found[2])):
        return kept
    return _unwrapped(found[2])


def _unwrapped(text: str) -> str:
    kept = _bare(text).translate(_APOSTROPHES).lstrip(_ROUND).rstrip(_BEHIND)
    found = _MAILTO.fullmatch(kept)
    return _bare(found[1] if found else kept)


def _bare(text: str) -> str:
    """Without what cannot be seen at its ends, which comes along when people copy."""
    seen = [at for at, one in enumerate(text) if unicodedata.category(one) not in _UNSEEN]
    return text[seen[0] : seen[-1] + 1] if seen else ""


def _agree_one(typed: str) -> None:
    if not typed:
        raise ValueError("There is no email address.")
    found = dict.fromkeys(one.lower() for one in _ONE.findall(typed))
    if len(found) > 1:
        raise ValueError(f"{_shown(typed)} is {len(found)} addresses. Keep the one to write to.")


def _agree_signs(typed: str) -> None:
    name, at, domain = typed.rpartition("@")
    if not at or not name or not domain:
        odd = next((one for one in typed if unicodedata.name(one, "").endswith("COMMERCIAL AT") and one != "@"), "")
        told = f": {sign(odd)} in it is not the sign @" if odd else ""
        raise ValueError(f"{_shown(typed)} is not an email address{told}.")
    hidden = next((one for one in typed if not one.isprintable() or one.isspace()), "")
    if hidden:
        what = "a space" if hidden == " " else f"a sign that cannot be seen ({sign(hidden)})"
        raise ValueError(f"{_shown(typed)} has {what} in it. Type the address again.")
    odd = next((one for one in name if one not in _PLAIN), "")
    if odd:
        raise ValueError(
            f"{_shown(typed)} has {_told(odd)} before the @, where mail servers know only a to z, 0 to 9 and a few "
            "signs, so nothing would arrive there. Ask for the address as it is."
        )
    if "=?" in name:
        raise ValueError(f"{_shown(typed)} has “=?” in it, which a mail header may not carry.")
    odd = next((one for one in domain if not (one.isalnum() or unicodedata.category(one)[0] == "M" or one in ".-")), "")
    if odd:
        raise ValueError(f"{_shown(typed)} has {_told(odd)} behind the @, where a domain has none.")


def _validated(typed: str) -> ValidatedEmail:
    try:
        return validate_email(
            typed, check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise ValueError(f"{_shown(typed)} is not an email address{_why(typed)}.") from None


def _agree_reach(typed: str) -> None:
    inside = next((one for one in _INSIDE if typed.lower().replace("@", "@.").endswith(one)), "")
    if inside:
        raise ValueError(f"{_shown(typed)} ends in “{inside}”, which nobody outside can write to.")


def _why(typed: str) -> str:
    name, _, domain = typed.rpartition("@")
    for part, where in ((name, "before"), (domain, "behind")):
        if ".." in part:
            return f": it has “..” {where} the @"
        if part.startswith(".") or part.endswith("."):
            return f": it has a full stop at the edge of what is {where} the @"
    if len(name) > _BEFORE_LIMIT:
        return f": {len(name)} characters stand before the @, and at most {_BEFORE_LIMIT} may"
    if "." not in domain:
        return f": “{domain[:_SHOWN]}” is no whole domain, such as example.org"
    return ""


def _agree_scripts(domain: str) -> None:
    for part in domain.split("."):
        scripts = {unicodedata.name(one, "").partition(" ")[0]: one for one in part}
        if len(alike := _ALIKE & scripts.keys()) > 1:
            odd = scripts[min(alike - {"LATIN"})]
            raise ValueError(
                f"“{domain[:_SHOWN]}” mixes letters that look alike: {_told(odd)}. Type the address again."
            )


def _told(one: str) -> str:
    """A sign, with its name where it could be taken for another."""
    named = unicodedata.name(one, "").lower()
    return sign(one) if one.isascii() or not named or not sign(one).startswith("“") else f"{sign(one)} ({named})"


def _shown(typed: str) -> str:
    """The beginning of it, without what cannot be seen."""
    seen = "".join(one if one.isprintable() else "�" for one in typed)
    return f"“{seen if len(seen) <= _SHOWN else seen[:_SHOWN] + '…'}”"
