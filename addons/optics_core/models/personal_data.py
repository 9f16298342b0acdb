from dataclasses import dataclass

from odoo import _lt, api, models


@dataclass(frozen=True)
class Holding:
    """A table of ours that tells of a person: how to get there, and what an erasure does to it.

    "delete" removes the rows. "blank" empties the values of eyes and every free text except
    `keep`; numbers, days, states and amounts stay, attached to a card that names nobody.
    """

    model: str
    path: str
    erasure: str
    keep: frozenset = frozenset()
    why_kept: str = ""


# The order is the order of deletion: what refers comes before what it refers to.
HOLDINGS = (
    Holding("optics.family.relation", "partner_id", "delete"),
    Holding("optics.family.relation", "relative_id", "delete"),
    Holding(
        "optics.consent",
        "partner_id",
        "blank",
        why_kept=_lt("Proof that the data was processed lawfully; names nobody."),
    ),
    Holding(
        "optics.care",
        "patient_id",
        "blank",
        why_kept=_lt("Who opened which card and when; names no patient."),
    ),
    Holding("optics.prescription.reading", "prescription_id.patient_id", "delete"),
    Holding("optics.value.exception", "prescription_id.patient_id", "delete"),
    Holding(
        "optics.prescription",
        "patient_id",
        "blank",
        keep=frozenset({"name", "prescriber", "prescriber_name"}),
        why_kept=_lt("Number, day and prescriber: orders refer to them."),
    ),
    Holding("optics.notification", "partner_id", "delete"),
    Holding(
        "optics.quality.check",
        "order_id.patient_id",
        "blank",
        why_kept=_lt("Day, verdict and master, for the statistics of remakes."),
    ),
    Holding(
        "optics.transition.log",
        "order_id.patient_id",
        "blank",
        keep=frozenset({"action"}),
        why_kept=_lt("Who moved the order and when."),
    ),
    Holding(
        "optics.transit.line",
        "order_id.patient_id",
        "blank",
        why_kept=_lt("Which order travelled when."),
    ),
    Holding(
        "optics.manufacturing.order",
        "patient_id",
        "blank",
        keep=frozenset({"name", "tray_number"}),
        why_kept=_lt("Accounting and warranty: goods, days and amounts."),
    ),
    Holding("optics.customer.frame", "patient_id", "delete"),
)

# Links to people whose rows an erasure leaves as they are, each with its reason.
KEPT_AS_THEY_ARE = {
    ("optics.access.log", "patient_id"): "the journal is final; it holds numbers only",
    ("optics.person.request", "patient_id"): "the request itself, without a name",
    ("optics.consent", "given_by_id"): "another person's consent, by its own link",
    ("optics.transit", "courier_id"): "a courier is no patient",
    ("optics.lens", "supplier_id"): "a supplier is no patient",
}

# Conversations and settings of Odoo, which are looked after one by one.
_NO_PAPERS = ("optics.", "mail.", "sms.", "bus.", "discuss.", "res.", "base.")


class PersonalData(models.AbstractModel):
    """Where data of a person lies: one table that export, erasure and tests read."""

    _name = "optics.personal.data"
    _description = "Personal Data"

    @api.model
    def _held(self, holding, partner):
        """Rows of the person, whoever asks: also archived ones and those of other shops."""
        return (
            self.env[holding.model]
            .sudo()
            .with_context(active_test=False)
            .search([(holding.path, "=", partner.id)], order="id")
        )

    @api.model
    def _documents_elsewhere(self, partner):
        """Rows of other addons that link to the person, by model: invoices, deliveries."""
        documents = {}
        for name, model in self.env.items():
            if model._abstract or model._transient or not model._auto:
                continue
            if name.startswith(_NO_PAPERS):
                continue
            links = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one" and field.comodel_name == "res.partner" and field.store
            ]
            if links:
                domain = ["|"] * (len(links) - 1)
                domain += [(link, "=", partner.id) for link in links]
                found = model.sudo().with_context(active_test=False).search(domain)
                if found:
                    documents[name] = found
        return documents
