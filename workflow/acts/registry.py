"""Every act there is, by its name. Nothing is listed here but the files in which acts are declared."""

from collections.abc import Mapping
from types import MappingProxyType

from workflow.acts import (
    action_plans,
    appointments,
    certificates,
    contacts,
    evidence,
    handover,
    journey,
    message,
    participants,
    phases,
)
from workflow.acts.act import About, Act
from workflow.acts.rollout import versions

_FILES = (
    journey,
    handover,
    contacts,
    participants,
    phases,
    appointments,
    evidence,
    action_plans,
    certificates,
    message,
    versions,
)
ACTS: Mapping[str, Act] = MappingProxyType({act.name: act for file in _FILES for act in file.ACTS})


def on_page(role: str, address: str, *about: About) -> Act | None:
    """The act whose form on the pages of this role has this address, if there is one."""
    there = (act for act in ACTS.values() if role in act.pages and act.about in about and not act.own_page)
    return next((act for act in there if act.address == address), None)
