from markupsafe import Markup
from reportlab.graphics.barcode.code128 import Code128

from odoo import _, api, models
from odoo.tools import format_date

from ..rules import blank, notation

# Bars are drawn in whole modules; a quiet zone of ten belongs to the symbol.
QUIET_ZONE = 10
# The label in tenths of a millimetre; a module is three dots of a printer of 203 dpi.
LABEL_WIDTH, LABEL_HEIGHT = 560, 380
MODULE = 3.75
# Roughly what a bold letter takes of its size: longer texts are pressed together.
LETTER = 0.68


class ManufacturingOrder(models.Model):
    """What is printed of a job: the ticket for the bench and the label for the tray."""

    _inherit = "optics.manufacturing.order"

    def _barcode_svg(self, height=40):
        """The number as Code 128 on a box of its own, to be stretched to any size."""
        bars, modules = self._barcode_bars()
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" '
            'preserveAspectRatio="none" width="100%%" height="100%%">%s</svg>'
        ) % (modules, height, self._bar_rects(bars, 0, 0, 1, height))

    def _label_svg(self):
        """The whole label as one drawing in tenths of a millimetre.

        A drawing keeps its proportions whatever scale a build of wkhtmltopdf prints in, and
        lines instead of pixels let a label printer draw every bar as wide as the next.
        """
        self.ensure_one()
        bars, modules = self._barcode_bars()
        left = (LABEL_WIDTH - modules * MODULE) / 2
        promised = format_date(self.env, self.promised_date) if self.promised_date else ""
        texts = [
            (self.name, LABEL_WIDTH / 2, 182, 46, "middle"),
            (self.customer_short_name or "", 8, 234, 44, "start"),
            (_("by %(day)s", day=promised), 8, 290, 44, "start"),
            (self.shop_id.name, 8, 336, 32, "start"),
        ]
        if self.tray_number:
            tray = _("tray %(number)s", number=self.tray_number)
            texts.append((tray, LABEL_WIDTH - 8, 290, 38, "end"))
        drawn = Markup("").join(_svg_text(*text) for text in texts)
        if self.priority == "1":
            drawn += Markup('<rect x="0" y="346" width="%s" height="34"/>') % LABEL_WIDTH
            drawn += _svg_text(_("URGENT"), LABEL_WIDTH / 2, 374, 32, "middle", "white")
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="100%%" '
            'style="display: block;">%s%s</svg>'
        ) % (
            LABEL_WIDTH,
            LABEL_HEIGHT,
            self._bar_rects(bars, left, 4, MODULE, 128),
            drawn,
        )

    def _barcode_bars(self):
        """`[(offset, width)]` of the bars in modules, and the width of the symbol."""
        self.ensure_one()
        code = Code128(self.name)
        code.validate()
        code.encode()
        code.decompose()
        position, bars = QUIET_ZONE, []
        for run in code.decomposed:
            # Reportlab's notation: a…d are spaces and A…D bars of one to four modules.
            width = ord(run.lower()) - ord("a") + 1
            if run.isupper():
                bars.append((position, width))
            position += width
        return bars, position + QUIET_ZONE

    @api.model
    def _bar_rects(self, bars, left, top, module, height):
        return Markup("").join(
            Markup('<rect x="%s" y="%s" width="%s" height="%s"/>')
            % (left + offset * module, top, width * module, height)
            for offset, width in bars
        )

    def _ticket_eyes(self):
        """A row an eye, right first: what the master sets and cuts, as opticians write it."""
        rows = []
        for eye in self._ordered_eyes():
            values = self._eye_values(eye)
            lens, row = self[f"{eye}_lens_id"], self[f"{eye}_range_id"]
            product = self[f"{eye}_product_id"]
            rows.append(
                {
                    "eye": eye.upper(),
                    "sph": notation.dioptre(values["sph"]),
                    "cyl": notation.dioptre(values["cyl"]),
                    "axis": notation.axis(values["axis"]),
                    "add": notation.dioptre(values["add"]),
                    "prism": self._prism_text(eye, values),
                    "pd": notation.millimetres(values["pd"]),
                    "height": notation.millimetres(values["height"]),
                    "decentration": self._decentration_text(values["pd"]),
                    "lens": lens.name or "",
                    "coatings": ", ".join(lens.coating_ids.mapped("name")),
                    "blank": notation.millimetres(self._blank_diameter(eye)),
                    "minimum": notation.millimetres(self._minimum_blank(eye)),
                    "source": product.default_code or row.source and self._source_name(row),
                }
            )
        return rows

    def _source_name(self, row):
        return dict(row._fields["source"]._description_selection(self.env))[row.source]

    def _prism_text(self, eye, values):
        parts = [
            f"{values[f'prism_{name}']:.2f} {self._base_name(f'{eye}_base_{name}').lower()}"
            for name in ("h", "v")
            if values[f"prism_{name}"]
        ]
        return ", ".join(parts)

    def _decentration_text(self, pd):
        """How far the centre is moved from the middle of the lens, and where to."""
        size = self._frame_measures()
        if pd is None or size.get("a") is None or size.get("dbl") is None:
            return ""
        moved = blank.decentration(size["a"], size["dbl"], pd)
        if not moved:
            return "0"
        amount = notation.millimetres(abs(moved))
        if moved > 0:
            return _("%(mm)s inwards", mm=amount)
        return _("%(mm)s outwards", mm=amount)

    def _ticket_frame(self):
        return {name: notation.millimetres(value) for name, value in self._frame_measures().items()}

    def _ticket_pair(self):
        return {
            name: notation.millimetres(value) if value is not None else ""
            for name, value in self._pair_values().items()
            if not isinstance(value, int)
        } | {name: "" if self[name] is None else f"{self[name]}°" for name in ("tilt", "wrap")}


def _svg_text(text, x, y, size, anchor, colour="black"):
    """One line; one that would leave the label is pressed to its width."""
    room = LABEL_WIDTH - 16
    fit = Markup("")
    if len(text) * size * LETTER > room:
        fit = Markup(' textLength="%s" lengthAdjust="spacingAndGlyphs"') % room
    return Markup(
        '<text x="%s" y="%s" font-family="DejaVu Sans, Arial, sans-serif" '
        'font-weight="bold" font-size="%s" text-anchor="%s" fill="%s"%s>%s</text>'
    ) % (x, y, size, anchor, colour, fit, text)
