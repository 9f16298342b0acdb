"""Which directories may be watched: said by who runs the server, never by who uses it.

odoo.conf:

    [connector_b]
    watched_folders = /srv/price-lists, /mnt/exchange
"""

from pathlib import Path

from odoo.tools import config


def allowed_roots():
    listed = config.misc.get("connector_b", {}).get("watched_folders", "")
    return [Path(each.strip()).resolve() for each in listed.split(",") if each.strip()]


def is_allowed(folder):
    """Whether it lies in an allowed one, wherever links on the way lead."""
    real = Path(folder).resolve()
    return any(real.is_relative_to(root) for root in allowed_roots())
