"""Which products the rows mean: by barcode, by the supplier's code, by internal reference."""

from dataclasses import dataclass, field

from odoo import api, models

from ..rules.barcode import spellings

KEYS = ("barcode", "supplier_code", "default_code")


@dataclass
class Findings:
    """Who answers to which value, archived products included."""

    # key → value → {product id: active}
    by_key: dict[str, dict[str, dict[int, bool]]] = field(
        default_factory=lambda: {key: {} for key in KEYS}
    )
    # barcode → id of the product whose box carries it
    boxes: dict[str, int] = field(default_factory=dict)
    # barcode → id of the other company whose product has it
    elsewhere: dict[str, int] = field(default_factory=dict)

    def products(self, key, value):
        """Ids; an archived product counts only where no live one answers."""
        answers = self.by_key[key].get(value)
        if not answers:
            return ()
        return [each for each, active in answers.items() if active] or list(answers)

    def all_ids(self):
        ids = set(self.boxes.values())
        for by_value in self.by_key.values():
            for answers in by_value.values():
                ids.update(answers)
        return ids


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _find(self, ctx, records):
        """All values of all rows in one statement."""
        values = {
            key: list({value for record in records if (value := record.values.get(key))})
            for key in KEYS
            # A barcode that is no key must still not be somebody else's.
            if key in ctx.keys or key == "barcode"
        }
        partner = ctx.partner.id if ctx.partner else None
        # As a product may have it → as rows have it.
        asked = {}
        for value in values.get("barcode", ()):
            for spelling in spellings(value):
                asked.setdefault(spelling, []).append(value)
        ctx.env.cr.execute(
            """
            WITH seen AS NOT MATERIALIZED (
                SELECT p.id, p.product_tmpl_id, p.barcode, p.default_code,
                       p.active AND t.active AS active
                  FROM product_product p
                  JOIN product_template t ON t.id = p.product_tmpl_id
                 WHERE t.company_id IS NULL OR t.company_id = %(company)s
            )
            SELECT 'barcode', barcode, id, active FROM seen WHERE barcode = ANY(%(barcode)s)
            UNION ALL
            SELECT 'default_code', default_code, id, active
              FROM seen WHERE default_code = ANY(%(default_code)s)
            UNION ALL
            SELECT 'supplier_code', line.product_code, seen.id, seen.active
              FROM product_supplierinfo line
              JOIN seen ON seen.product_tmpl_id = line.product_tmpl_id
                       AND (line.product_id IS NULL OR line.product_id = seen.id)
             WHERE line.partner_id = %(partner)s AND line.product_code = ANY(%(supplier_code)s)
               AND (line.company_id IS NULL OR line.company_id = %(company)s)
            UNION ALL
            SELECT 'box', box.barcode, seen.id, seen.active
              FROM product_packaging box
              JOIN seen ON seen.id = box.product_id
             WHERE box.barcode = ANY(%(barcode)s)
               AND (box.company_id IS NULL OR box.company_id = %(company)s)
            UNION ALL
            SELECT 'elsewhere', p.barcode, t.company_id, p.active
              FROM product_product p
              JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE p.barcode = ANY(%(barcode)s) AND p.active AND t.company_id <> %(company)s
            """,
            {
                "company": ctx.company.id,
                "partner": partner,
                "barcode": list(asked),
                "default_code": values.get("default_code", []),
                "supplier_code": values.get("supplier_code", []) if partner else [],
            },
        )
        findings, otherwise = Findings(), Findings()
        for key, stored, product_id, active in ctx.env.cr.fetchall():
            if key in ("default_code", "supplier_code"):
                findings.by_key[key].setdefault(stored, {})[product_id] = active
                continue
            for value in asked[stored]:
                answers = findings if value == stored else otherwise
                if key == "box":
                    answers.boxes[value] = product_id
                elif key == "elsewhere":
                    answers.elsewhere[value] = product_id
                else:
                    answers.by_key["barcode"].setdefault(value, {})[product_id] = active
        # The very same digits go before those with a zero more or less.
        findings.by_key["barcode"] = {**otherwise.by_key["barcode"], **findings.by_key["barcode"]}
        findings.boxes = {**otherwise.boxes, **findings.boxes}
        return findings
