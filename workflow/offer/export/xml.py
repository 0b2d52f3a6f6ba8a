"""XML as it is written here: indented, with its namespaces declared, and words of ours as attributes of our own."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, indent, tostring

#: The namespace of what is ours and not the notation's.
OURS = "urn:recognition:offer"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_ours(attributes: Mapping[str, str], **words: str) -> dict[str, str]:
    """The attributes, and ours behind them."""
    return {**attributes, **{f"offer:{name}": text for name, text in words.items() if text}}


def written(root: Element, namespaces: Mapping[str, str]) -> str:
    """Prefixes stand in the tags as they are; their namespaces are declared at the root."""
    for prefix, uri in namespaces.items():
        root.set(f"xmlns:{prefix}", uri)
    indent(root)
    text = tostring(root, encoding="unicode", short_empty_elements=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _NOT_XML.sub("", text) + "\n"
