"""The addons of this tree, as their manifests tell."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

MANIFEST = "__manifest__.py"


def addons_in(folder: Path) -> list[Path]:
    return sorted(manifest.parent for manifest in folder.glob(f"*/{MANIFEST}"))


def foreign_depends(addons: Sequence[Path]) -> list[str]:
    """Addons that ours stand on and that are not ours."""
    ours = {addon.name for addon in addons}
    return sorted({name for addon in addons for name in _depends(addon)} - ours) or ["base"]


def _depends(addon: Path) -> list[str]:
    manifest = ast.literal_eval((addon / MANIFEST).read_text(encoding="utf-8"))
    return list(manifest.get("depends", []))
