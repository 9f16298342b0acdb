"""Which frame a row speaks of: model, colour, size and measurements."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from odoo import api, models

from odoo.addons.optics_core.rules import frame_size

from ..rules.problem import Code
from .product_dictionary import folded

_SUNGLASSES = ("солнц", "солнеч", "sun")
_FRAMES = ("оправ", "frame", "медиц", "корриг", "optical", "rx")
_DIGIT = re.compile(r"\d")
# Of the size that is printed inside the temple, and what suppliers measure besides.
SEPARATE = (("dbl", "frame_bridge"), ("temple", "frame_temple"))
MEASURED = (("b", "frame_height"), ("ed", "frame_diagonal"))


@dataclass(slots=True)
class FrameMeant:
    model: str = ""
    brand: str = ""
    kind: str | None = None
    # As the attribute value is called: "C01 чёрный".
    colour: str = ""
    colour_code: str = ""
    colour_name: str = ""
    # "52□18-140", or a size in letters.
    size: str = ""
    # Short name → Decimal
    measures: dict = field(default_factory=dict)
    problem: object = None

    @property
    def model_key(self):
        return folded(self.model)

    @property
    def unit(self):
        return f"frame {self.model_key}" if self.model else None

    @property
    def words(self):
        parts = (self.brand, self.model, self.colour, self.size)
        return " ".join(part for part in parts if part)

    def is_colour(self, name):
        """Whether an attribute value means this colour: suppliers give code, name or both."""
        if not self.colour:
            return not name
        name = folded(name or "")
        known = {folded(each) for each in (self.colour, self.colour_code, self.colour_name) if each}
        return name in known or bool(
            self.colour_code and name.startswith(f"{folded(self.colour_code)} ")
        )

    def is_size(self, name):
        if not self.size:
            return not name
        return size_key(self.size) == size_key(name or "")


def size_key(name):
    """ "52-18-140" and "52□18-140" are one size."""
    parsed = frame_size.parse(name)
    return frame_size.label(parsed) if parsed else folded(name)


class ImportTargetFrame(models.AbstractModel):
    _inherit = "connector.import.target.frame"

    @api.model
    def _frame_meant(self, ctx, record):
        values = record.values
        meant = FrameMeant(
            model=" ".join((values.get("frame_model") or "").split()),
            brand=values.get("brand") or "",
            colour_code=values.get("frame_colour") or "",
            colour_name=values.get("frame_colour_name") or "",
        )
        meant.colour = " ".join(
            dict.fromkeys(each for each in (meant.colour_code, meant.colour_name) if each)
        )
        meant.problem = self._read_size(values, meant) or self._read_kind(values, meant)
        return meant

    @api.model
    def _read_kind(self, values, meant):
        said = folded(values.get("optics_kind") or "")
        if any(word in said for word in _SUNGLASSES):
            meant.kind = "sunglasses"
        elif not said or any(word in said for word in _FRAMES):
            meant.kind = "frame"
        else:
            return self._problem(Code.OPTICS_KIND_UNKNOWN, "optics_kind", values["optics_kind"])
        return None

    @api.model
    def _read_size(self, values, meant):
        """ "52-18-140" in one cell, or each number in its own."""
        text = " ".join((values.get("frame_size") or "").split())
        size = frame_size.parse(text)
        if size is None and text:
            size = self._lens_width(text)
            if size is None and _DIGIT.search(text):
                return self._problem(Code.NOT_A_FRAME_SIZE, "frame_size", text)
        size = size or frame_size.FrameSize()
        for part, target in SEPARATE:
            if values.get(target) is not None:
                size = replace(size, **{part: values[target]})
        meant.size = frame_size.label(size) or text
        meant.measures = {
            part: number for part in ("a", "dbl", "temple") if (number := getattr(size, part))
        }
        meant.measures.update(
            {part: values[target] for part, target in MEASURED if values.get(target) is not None}
        )
        for part, number in meant.measures.items():
            low, high = frame_size.LIMITS[part]
            if not low <= number <= high:
                return self._problem(Code.NOT_A_FRAME_SIZE, "frame_size", text or number)
        return None

    @api.model
    def _lens_width(self, text):
        """A number alone is the width of the lens."""
        try:
            width = Decimal(text.replace(",", "."))
        except InvalidOperation:
            return None
        low, high = frame_size.LIMITS["a"]
        return frame_size.FrameSize(a=width) if low <= width <= high else None
