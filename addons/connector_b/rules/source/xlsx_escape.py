"""Excel's own escapes for characters that XML cannot hold: `_x000D_`."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(content: str) -> str:
    if "_x" not in content:
        return content
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), content)
