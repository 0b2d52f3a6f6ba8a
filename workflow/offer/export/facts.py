"""What the transitions of a page ask, each distinct condition once, under a name that a program may use. Pure."""

import re
from collections.abc import Iterable

from workflow.domain.guards import Rule
from workflow.offer.definition import Offer
from workflow.offer.triggers import Transition
from workflow.offer.words.conditions import in_words

_NO_LETTER = re.compile(r"[^A-Za-z0-9_]")


def identifier(text: str) -> str:
    """Letters, figures and underscores, which every language takes for a name."""
    return _NO_LETTER.sub("_", text)


class Facts:
    """`said` are the conditions in words, by name."""

    def __init__(self, offer: Offer) -> None:
        self._titles = {one.name: one.title for one in offer.appointments}
        self._offer = offer
        self._names: dict[str, str] = {}
        self.said: dict[str, str] = {}
        for rule in (rule for one in offer.transitions for rule in one.guards):
            words = in_words(rule, self._titles)
            if words not in self._names:
                name = self._free(rule)
                self._names[words] = name
                self.said[name] = words

    def _free(self, rule: Rule) -> str:
        """The guard and its subject; numbered where two differ in their amounts alone."""
        name = identifier("_".join(filter(None, (rule.guard, rule.subject, rule.of))))
        if rule.of == rule.subject:
            name = name.removesuffix(f"_{rule.of}") if rule.of else name
        number = sum(known == name or known.startswith(f"{name}__") for known in self.said)
        return f"{name}__{number + 1}" if number else name

    def name(self, rule: Rule) -> str:
        """Raises KeyError for what no transition asks."""
        return self._names[in_words(rule, self._titles)]

    def asked_from(self, stage: str) -> list[str]:
        """What is asked at a stage from there on, but for what counts in every round."""
        later = {one.name for one in self._offer.stages[self._offer.stage_number[stage] :]}
        asking = (one for one in self._offer.transitions if later & {*one.from_})
        return list(dict.fromkeys(self.name(rule) for one in asking for rule in one.guards if not rule.ever))

    def conditions(self, one: Transition, others: Iterable[str] = ()) -> str:
        """All that it asks, as an expression; `others` are expressions that stand before."""
        own = (self.name(rule) for rule in one.guards)
        return " && ".join([*others, *dict.fromkeys(own)])
