"""The room of which browser somebody sits at, and from where, in words that are coarse on purpose."""

import re
from ipaddress import ip_address

from django.utils.translation import gettext as _

# The first that fits: every browser also says the names of the older ones.
BROWSERS = (
    ("Edge", "Edg"),
    ("Samsung Internet", "SamsungBrowser"),
    ("Opera", "OPR"),
    ("Firefox", "Firefox|FxiOS"),
    ("Chrome", "Chrome|CriOS"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X"),
    ("ChromeOS", "CrOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """ "Firefox on Windows": enough to know one's own by."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")


def place_of(address: str) -> str:
    """The network that an address is in, not the address: no log of where a person sat."""
    try:
        found = ip_address(address)
    except ValueError:
        return _("an unknown place")
    if found.is_loopback:
        return _("this computer")
    parts = str(found).split("." if found.version == 4 else ":")[:2]
    return _("an address that begins with %s") % (".:"[found.version == 6].join(parts))


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, sign in known if re.search(sign, user_agent)), "")
