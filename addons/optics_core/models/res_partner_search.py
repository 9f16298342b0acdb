from odoo import api, fields, models
from odoo.osv import expression

from ..rules import person, phone_number
from .res_partner import PATIENT_GROUPS


class ResPartner(models.Model):
    """The patient found: by a telephone number typed in any way, or by pieces of the name."""

    _inherit = "res.partner"

    phone_digits = fields.Char(
        string="Searchable Phone",
        compute="_compute_phone_digits",
        store=True,
        index="trigram",
        unaccent=False,
        help="Every number of the person as digits, country code first.",
    )
    name_searched = fields.Char(
        string="Searchable Name",
        compute="_compute_name_searched",
        store=True,
        index="trigram",
        unaccent=False,
        help="The name in lower case, with е for ё.",
    )
    patient_search = fields.Char(
        string="Name or Phone",
        compute="_compute_patient_search",
        search="_search_patient_search",
    )
    duplicate_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Perhaps the Same Person",
        compute="_compute_duplicate_ids",
        groups=PATIENT_GROUPS,
    )

    def init(self):
        super().init()
        # Names by their beginning, in order: the trigrams of a frequent one are too many.
        self.env.cr.execute(
            """
            CREATE INDEX IF NOT EXISTS res_partner_name_searched_beginning
            ON res_partner (name_searched text_pattern_ops)
            """
        )

    @api.depends("phone", "mobile")
    def _compute_phone_digits(self):
        for partner in self:
            numbers = phone_number.numbers(partner.phone, partner.mobile)
            partner.phone_digits = " ".join(numbers) or False

    @api.depends("complete_name")
    def _compute_name_searched(self):
        for partner in self:
            partner.name_searched = person.comparable(partner.complete_name) or False

    def _compute_patient_search(self):
        self.patient_search = False

    @api.model
    def _search_patient_search(self, operator, value):
        if operator in expression.NEGATIVE_TERM_OPERATORS or not value:
            raise NotImplementedError
        return self._optics_found_by(value)

    @api.model
    def _optics_found_by(self, typed):
        """Domain of the people meant by what was typed: a number, or words of a name.

        Each alternative can use its own index, so that 100,000 people are not read through.
        """
        numbers = phone_number.looked_for(typed)
        if numbers:
            return expression.OR([("phone_digits", "like", number)] for number in numbers)
        words = person.comparable(typed).split()
        return expression.AND([("name_searched", "like", word)] for word in words)

    @api.model
    def _name_search(self, name, domain=None, operator="ilike", limit=None, order=None):
        if name and operator == "ilike":
            found = expression.AND([self._optics_found_by(name), domain or []])
            if limit:
                # A list for a person to choose from.
                query = self._optics_surnames_first(name, found, limit, order)
                is_anybody = bool(query)
            else:
                # Part of another query: only one row of it is asked for here.
                query = self._search(found, order=order)
                is_anybody = bool(self._search(found, limit=1))
            # Nobody of this name: e-mail, reference and tax number are looked through.
            if is_anybody:
                return query
        return super()._name_search(name, domain, operator, limit, order)

    @api.model
    def _optics_surnames_first(self, typed, found, limit, order):
        """Of those found whose surname is what was typed, then where it begins so, then others.

        The alphabet alone puts Иванова Мария Петровна before Петров; with some dozens of such
        patronymics Петров never comes on the list, and somebody else is picked for him.
        """
        if phone_number.looked_for(typed):
            return self._search(found, limit=limit, order=order)
        words = person.comparable(typed).split()
        # Of one word the whole surname comes first anyway: a space sorts before any letter.
        whole = [f"{word} " for word in words] if len(words) > 1 else []
        ids = []
        for beginning in (*whole, *words):
            ids += self._optics_beginning(beginning, found, ids, limit - len(ids))
            if len(ids) == limit:
                break
        else:
            others = expression.AND([found, [("id", "not in", ids)]])
            ids += self._search(others, limit=limit - len(ids), order=order)
        return self.browse(ids)._as_query()

    @api.model
    def _optics_beginning(self, beginning, found, known, limit):
        """Read off the index of `init` in its own order, which ends with the last one wanted."""
        begins = [("name_searched", "=like", f"{beginning}%"), ("id", "not in", known)]
        query = self._search(expression.AND([found, begins]), limit=limit)
        query.order = f'"{self._table}"."name_searched" USING ~<~'
        return query

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        """The search of Odoo's own views, by index instead of through every row."""
        if (
            isinstance(value, str)
            and operator in ("like", "ilike", "=")
            and (numbers := phone_number.looked_for(value))
        ):
            return expression.OR([("phone_digits", "like", number)] for number in numbers)
        return super()._search_phone_mobile_search(operator, value)

    @api.depends("name", "phone", "mobile", "birthdate_date", "is_company")
    def _compute_duplicate_ids(self):
        for partner in self:
            partner.duplicate_ids = partner._optics_find_duplicates()

    def _optics_find_duplicates(self):
        """People with the same number and surname, or of the same name and birth date."""
        self.ensure_one()
        surname = person.surname(self.name)
        if not surname or self.is_company:
            return self.browse()
        numbers = phone_number.numbers(self.phone, self.mobile)
        alike = [
            [("phone_digits", "like", number), ("name_searched", "=like", f"{surname}%")]
            for number in numbers
            if len(number) > phone_number.SEARCHABLE
        ]
        if self.birthdate_date:
            alike.append(
                [
                    ("name_searched", "=", person.comparable(self.name)),
                    ("birthdate_date", "=", self.birthdate_date),
                ]
            )
        if not alike:
            return self.browse()
        others = [("id", "not in", self._origin.ids), ("is_company", "=", False)]
        return self.search(expression.AND([others, expression.OR(alike)]), limit=5)

    @api.model
    def name_create(self, name):
        """A patient in one line: what follows the name and looks like a number is the phone."""
        if not self.env.context.get("default_is_optics_patient"):
            return super().name_create(name)
        words, number = phone_number.split_off(name)
        if not words:
            return super().name_create(name)
        partner = self.create({"name": words, "phone": number})
        return partner.id, partner.display_name

    @api.depends_context("show_patient", "uid")
    def _compute_display_name(self):
        """Namesakes in a drop-down differ by year of birth and telephone."""
        super()._compute_display_name()
        if not self.env.context.get("show_patient"):
            return
        if not self.user_has_groups(PATIENT_GROUPS):
            return
        for partner in self:
            year = partner.birthdate_date and str(partner.birthdate_date.year)
            number = partner.phone or partner.mobile
            partner.display_name = ", ".join(filter(None, [partner.display_name, year, number]))
