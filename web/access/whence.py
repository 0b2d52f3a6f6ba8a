"""From where a request comes, in words that its owner recognises, and no finer than that."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from werkzeug.wrappers import Request

from workflow.usecases.accounts.sessions import Place

#: In this order: most browsers say that they are others, too.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)
_PREFIX = {4: 24, 6: 48}


def place_of(request: Request) -> Place:
    return Place(_device(request.user_agent.string), _network(request.remote_addr))


def _device(said: str) -> str:
    """`Firefox on Windows`."""
    browser = next((name for sign, name in _BROWSERS if sign in said), "A browser")
    system = next((name for sign, name in _SYSTEMS if sign in said), "a device that does not say")
    return f"{browser} on {system}"


def _network(address: str | None) -> str:
    """The part of an address that a whole household or office shares."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    if known.is_loopback:
        return "this machine"
    return _shared(known)


def _shared(known: IPv4Address | IPv6Address) -> str:
    return str(ip_network(f"{known}/{_PREFIX[known.version]}", strict=False))
