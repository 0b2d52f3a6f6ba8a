"""The phases of education that the register of establishments (GIAS) knows, by its own codes."""

from types import MappingProxyType

SCHOOL_PHASES = MappingProxyType(
    {
        "0": "Not applicable",
        "1": "Nursery",
        "2": "Primary",
        "3": "Middle deemed primary",
        "4": "Secondary",
        "5": "Middle deemed secondary",
        "6": "16 plus",
        "7": "All-through",
    }
)
