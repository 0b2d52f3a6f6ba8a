"""A form as somebody fills it in who has no reason to do anything but what it asks for."""

from collections.abc import Mapping
from typing import TypedDict

from playwright.sync_api import Locator

_WORDS = "We talked about it, and this is what we do from now on."
_CONTROLS = """(form) => [...form.elements]
  .filter((one) => one.name && !['hidden', 'submit', 'button', 'file'].includes(one.type) && one.checkVisibility())
  .map((one) => ({
    id: one.id, name: one.name, type: one.type, value: one.value, checked: Boolean(one.checked),
    optional: [...one.labels].some((label) => label.innerText.includes('(optional)')),
    choices: [...(one.options ?? [])].map((choice) => choice.value).filter(Boolean),
  }))"""


class _Control(TypedDict):
    id: str
    name: str
    type: str
    value: str
    checked: bool
    optional: bool
    choices: list[str]


def fill(form: Locator, known: Mapping[str, str]) -> None:
    """What is open and empty and has to be filled in: from what is known by its name, the first choice, or in words.
    Where something is known, nothing else is filled in."""
    controls: list[_Control] = form.evaluate(_CONTROLS)
    decided = {one["name"] for one in controls if one["checked"]}
    for one in controls:
        field = form.locator(f"[id='{one['id']}']")
        if one["type"] == "radio":
            if one["name"] not in decided:
                field.check()
                decided.add(one["name"])
        elif one["type"] != "checkbox" and not one["value"] and not one["optional"]:
            if known and one["name"] not in known:
                continue
            if one["choices"]:
                field.select_option(known.get(one["name"], one["choices"][0]))
            else:
                field.fill(known.get(one["name"], _WORDS))
