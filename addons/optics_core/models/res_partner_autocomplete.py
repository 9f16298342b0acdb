from odoo import api, models


class ResPartner(models.Model):
    """What is typed into a card stays here.

    Odoo installs `partner_autocomplete` by itself. It puts a widget on the name in every form of
    a contact, which sends each letter typed to two services abroad in search of companies: the
    names of patients are nobody's to look up.
    """

    _inherit = "res.partner"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for node in arch.xpath("//field[@widget='field_partner_autocomplete']"):
                del node.attrib["widget"]
                if "line_breaks" in node.get("options", ""):
                    node.set("widget", "text")
        return arch, view
