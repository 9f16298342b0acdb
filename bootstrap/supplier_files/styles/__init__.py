"""Suppliers, each with habits of its own."""

from __future__ import annotations

from bootstrap.supplier_files.styles import kontakt, linza, optmarket
from bootstrap.supplier_files.styles.style import Style

STYLES: dict[str, Style] = {
    style.name: style for style in (optmarket.STYLE, linza.STYLE, kontakt.STYLE)
}
