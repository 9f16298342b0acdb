from odoo import api, fields, models

# What the relative is to the person -> what the person is to the relative.
INVERSE = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "other": "other",
}


class FamilyRelation(models.Model):
    """Who is family to whom, told from one side; its mirror tells the same from the other.

    Two rows instead of one: either person's card is a plain list that can be edited.
    """

    _name = "optics.family.relation"
    _description = "Family Relation"
    _order = "partner_id, id"
    _rec_name = "relative_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
    )
    relative_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        index=True,
        domain="[('is_company', '=', False)]",
        ondelete="cascade",
    )
    kind = fields.Selection(
        selection=[
            ("spouse", "Spouse"),
            ("parent", "Parent"),
            ("child", "Child"),
            ("sibling", "Brother or sister"),
            ("other", "Other relative"),
        ],
        required=True,
        help="What the relative is to the person.",
    )
    phone = fields.Char(related="relative_id.phone")
    mirror_id = fields.Many2one(
        comodel_name="optics.family.relation", ondelete="cascade", copy=False
    )

    _sql_constraints = [
        (
            "once",
            "unique (partner_id, relative_id)",
            "Family: these two people are entered as relatives already. Change the line that is "
            "there.",
        ),
        (
            "two_people",
            "check (partner_id <> relative_id)",
            "Relative: a person cannot be their own relative. Choose somebody else.",
        ),
    ]

    @api.model_create_multi
    def create(self, vals_list):
        relations = super().create([{**vals, "mirror_id": False} for vals in vals_list])
        mirrors = super().create([relation._mirrored() for relation in relations])
        for relation, mirror in zip(relations, mirrors, strict=True):
            super(FamilyRelation, relation).write({"mirror_id": mirror.id})
        return relations

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name != "mirror_id"}
        result = super().write(vals)
        for relation in self:
            super(FamilyRelation, relation.mirror_id).write(relation._mirrored())
        return result

    def unlink(self):
        return super(FamilyRelation, self | self.mirror_id).unlink()

    def _mirrored(self):
        self.ensure_one()
        return {
            "partner_id": self.relative_id.id,
            "relative_id": self.partner_id.id,
            "kind": INVERSE[self.kind],
            "mirror_id": self.id,
        }
