from odoo import SUPERUSER_ID, api, models, tools
from odoo.osv import expression


class JournaledReading(models.AbstractModel):
    """Medical values whose reading by a person outside the patient's care is journaled.

    Every way to a stored value leads through `_fetch_query`: forms, lists, exports, prints, RPC.
    What is journaled has a prefetch group of its own, so that asking for a number or a name does
    not read the eyes along with it.
    """

    _name = "optics.journaled.reading"
    _description = "Journaled Reading"

    # Fields of the record that lead to the shops and people who treat the patient.
    _journal_shops = ("shop_id",)
    _journal_people = ("create_uid",)
    _journal_patient = "patient_id"
    # For a part of a document: the link to the document, whose reading it counts as.
    _journal_document = None

    # Fields that tell nothing of the eyes. Whatever is not named is journaled, new fields too.
    _administrative = frozenset()

    @api.model
    def _journaled_fields(self):
        """Names of the stored fields that tell of the patient's eyes."""
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and (field.column_type or field.type == "binary")
            and name not in self._administrative
            and name not in models.MAGIC_COLUMNS
        ]

    @api.model
    @tools.ormcache()
    def _journaled_names(self):
        return frozenset(self._journaled_fields())

    @api.model
    def _setup_complete(self):
        result = super()._setup_complete()
        if self._abstract:
            return result
        for name in self._journaled_fields():
            if self._fields[name].prefetch is True:
                self._fields[name].prefetch = "journaled"
        return result

    def _fetch_query(self, query, fields):
        if self.env.uid == SUPERUSER_ID or self._journaled_names().isdisjoint(
            field.name for field in fields
        ):
            return super()._fetch_query(query, fields)
        # What the check asks for comes with the same query.
        asked = dict.fromkeys(fields)
        for name in self._journal_leads():
            asked.setdefault(self._fields[name])
        fetched = super()._fetch_query(query, list(asked))
        fetched._journal_reading()
        return fetched

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, access_rights_uid=None):
        asked = _names_in_domain(domain) | {
            term.split()[0] for term in (order or "").split(",") if term.strip()
        }
        self._journal_question(domain, asked, "search")
        return super()._search(domain, offset, limit, order, access_rights_uid)

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        asked = {spec.split(":")[0] for spec in (*groupby, *aggregates)}
        self._journal_question(domain, asked, "group")
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    def _journal_question(self, domain, asked, way):
        """Note a question by values: who counts the people with -6.00 learns who has it.

        One line for the question, if its answer reaches outside the care of the user. What code
        asks with `sudo()` was not worded by a person.
        """
        names = self._journaled_names() & asked
        if not names or self.env.su:
            return
        beyond = expression.AND([domain, self._outside_care_domain()])
        if super()._search(beyond, limit=1):
            self.env["optics.access.log"]._note(
                [
                    {
                        "res_model": self._name,
                        "res_id": 0,
                        "document": ", ".join(sorted(names)),
                        "patient_id": False,
                        "way": way,
                    }
                ]
            )

    @api.model
    def _journal_leads(self):
        """Names of the fields that tell whose care a record is in."""
        if self._journal_document:
            return [self._journal_document]
        return [*self._journal_shops, *self._journal_people, self._journal_patient]

    def _journal_reading(self, way=None):
        """Note those of the records that the user reads from outside."""
        if self._journal_document:
            return self[self._journal_document]._journal_reading(way)
        outside = self.sudo()._outside_care()
        if not outside:
            return None
        told = {"way": way} if way else {}
        return self.env["optics.access.log"]._note(
            {
                "res_model": record._name,
                "res_id": record.id,
                "document": record._journal_number(),
                "patient_id": record[record._journal_patient].id,
                **told,
            }
            for record in outside
        )

    def _journal_number(self):
        """What to call the document in the journal: never by the name of a person."""
        return self[self._rec_name] or f"#{self.id}"

    def _outside_care(self):
        """The records whose shop is not the user's, and that are not the user's own work.

        A patient taken into care by another shop is still outside: such readings are journaled.
        """
        uid = self.env.uid
        shops = set(self.env.user.optics_shop_ids.ids)
        shop_fields, people_fields = self._journal_shops, self._journal_people
        return self.filtered(
            lambda record: (
                not (
                    any(record[name].id in shops for name in shop_fields)
                    or any(record[name].id == uid for name in people_fields)
                )
            )
        )

    @api.model
    def _outside_care_domain(self):
        if self._journal_document:
            document = self._fields[self._journal_document].comodel_name
            return [
                (f"{self._journal_document}.{name}", operator, value)
                for name, operator, value in self.env[document]._outside_care_domain()
            ]
        shops = self.env.user.sudo().optics_shop_ids.ids
        return [
            *((name, "not in", shops) for name in self._journal_shops),
            *((name, "!=", self.env.uid) for name in self._journal_people),
        ]


def _names_in_domain(domain):
    """Fields of the model itself that a domain compares."""
    return {
        leaf[0].split(".")[0]
        for leaf in domain
        if isinstance(leaf, list | tuple) and isinstance(leaf[0], str)
    }
