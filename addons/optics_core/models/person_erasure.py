from odoo import _, api, fields, models
from odoo.osv import expression
from odoo.tools import SQL

from .personal_data import HOLDINGS

_TEXTS = ("char", "text", "html", "json")
# Of the card itself: what does not tell who the person is.
_CARD_KEEPS = {"name", "complete_name", "lang", "tz", "type"}
_CARD_LINKS = {
    "category_id",
    "country_id",
    "guardian_id",
    "industry_id",
    "parent_id",
    "state_id",
    "title",
    "user_id",
}


class PersonErasure(models.AbstractModel):
    """Takes a person out of the data, for good.

    It writes with SQL: signed prescriptions, consents and journals refuse every change, rightly,
    to people at work. Here two people and the law have decided. Nothing of the person is read,
    so nothing goes to the journal of readings.
    """

    _name = "optics.person.erasure"
    _description = "Erasure of a Person"

    @api.model
    def _erase(self, partner):
        """Erase, and return what was done: tuples of model, what was done, how many, why kept."""
        partner = partner.sudo().with_context(
            tracking_disable=True, mail_notrack=True, active_test=False
        )
        self.env.flush_all()
        identity = self._identity(partner)
        elsewhere = self.env["optics.personal.data"]._documents_elsewhere(partner)
        partner.consent_ids._withdraw(_("Erasure"))
        partner.optics_care_ids.action_end()
        self.env.flush_all()

        done = [*self._erase_attachments(partner)]
        done += self._erase_letters(partner, identity)
        done += self._erase_conversations(partner)
        done += self._erase_mentions(partner, identity, elsewhere)
        done += self._erase_holdings(partner)
        done += self._erase_card(partner, identity)
        self._erase_typed(identity)
        for model, documents in elsewhere.items():
            why = _("Kept by law as it is, printed copies included: accounting and stock.")
            done.append((model, "kept", len(documents), why))
        self.env.invalidate_all(flush=False)
        return [line for line in done if line[2]]

    @api.model
    def _identity(self, partner):
        """The strings that name the person, the longest first."""
        numbers = (partner.phone_digits or "").split()
        strings = {
            partner.name,
            partner.phone,
            partner.mobile,
            partner.email,
            partner.email_normalized,
            partner.phone_sanitized,
            *numbers,
            *(f"+{number}" for number in numbers),
        }
        return sorted(filter(None, strings), key=len, reverse=True)

    @api.model
    def _rows(self, partner):
        """Ids of the rows of ours about the person, by model, the card included."""
        rows = {partner._name: partner.ids}
        for holding in HOLDINGS:
            held = self.env["optics.personal.data"]._held(holding, partner)
            rows[holding.model] = [*rows.get(holding.model, []), *held.ids]
        return rows

    @api.model
    def _erase_attachments(self, partner):
        attachments = self.env["ir.attachment"].sudo()
        for model, ids in self._rows(partner).items():
            attachments |= attachments.search(
                [("id", "!=", 0), ("res_model", "=", model), ("res_id", "in", ids)]
            )
        count = len(attachments)
        attachments.unlink()
        return [("ir.attachment", "deleted", count, "")]

    @api.model
    def _erase_letters(self, partner, identity):
        """SMS and e-mail to the person, sent ones too, and the lists of those not written to."""
        sms = self.env["sms.sms"].sudo().search([("partner_id", "=", partner.id)])
        mails = self._mails(partner, identity)
        done = [
            ("sms.sms", "deleted", len(sms), ""),
            ("mail.mail", "deleted", len(mails), ""),
        ]
        sms.unlink()
        # A letter that hangs on no paper; those on papers are looked at one by one below.
        messages = mails.mail_message_id.filtered(lambda message: not message.model)
        mails.unlink()
        messages.exists().unlink()
        self.env["mail.notification"].sudo().search([("res_partner_id", "=", partner.id)]).unlink()
        # Of a family on one telephone the others stay on the list, if they have a card.
        shared = self.env["res.partner"].sudo().with_context(active_test=False)
        own = self._cards(partner).ids
        for blacklist, column, link in (
            ("phone.blacklist", "number", "phone_sanitized"),
            ("mail.blacklist", "email", "email_normalized"),
        ):
            entries = self.env[blacklist].sudo().with_context(active_test=False)
            entries = entries.search([(column, "in", identity)])
            entries -= entries.filtered(
                lambda entry, column=column, link=link: shared.search_count(
                    [(link, "=", entry[column]), ("id", "not in", own)], limit=1
                )
            )
            entries.message_ids.unlink()
            entries.unlink()
        return done

    @api.model
    def _mails(self, partner, identity):
        addresses = [string for string in identity if "@" in string]
        to_person = [[("recipient_ids", "in", partner.ids)]]
        to_person += [[("email_to", "ilike", address)] for address in addresses]
        return self.env["mail.mail"].sudo().search(expression.OR(to_person))

    @api.model
    def _erase_conversations(self, partner):
        """Chatter, tracked changes, activities and followers of the card and of the papers."""
        count = 0
        Message = self.env["mail.message"].sudo()
        for model, ids in self._rows(partner).items():
            if not ids:
                continue
            messages = Message.search([("model", "=", model), ("res_id", "in", ids)])
            count += len(messages)
            messages.unlink()
            self.env["mail.activity"].sudo().search(
                [("res_model", "=", model), ("res_id", "in", ids)]
            ).unlink()
            self.env["mail.followers"].sudo().search(
                [("res_model", "=", model), ("res_id", "in", ids)]
            ).unlink()
        self.env["mail.followers"].sudo().search([("partner_id", "=", partner.id)]).unlink()
        return [("mail.message", "deleted", count, "")]

    @api.model
    def _erase_mentions(self, partner, identity, elsewhere):
        """The name inside messages on papers that stay: invoices, deliveries."""
        self.env.flush_all()
        nameless = self._nameless(partner)
        scope = SQL("author_id = %s", partner.id)
        for model, documents in elsewhere.items():
            scope = SQL("%s OR (model = %s AND res_id IN %s)", scope, model, tuple(documents.ids))
        self.env.cr.execute(SQL("SELECT id FROM mail_message WHERE %s", scope))
        messages = tuple(row[0] for row in self.env.cr.fetchall())
        if messages:
            for column in ("body", "subject", "record_name", "email_from", "reply_to"):
                self._replace("mail_message", column, identity, nameless, messages)
            self.env.cr.execute(
                SQL("SELECT id FROM mail_tracking_value WHERE mail_message_id IN %s", messages)
            )
            values = tuple(row[0] for row in self.env.cr.fetchall())
            if values:
                for column in (
                    "old_value_char",
                    "new_value_char",
                    "old_value_text",
                    "new_value_text",
                ):
                    self._replace("mail_tracking_value", column, identity, nameless, values)
        # A customer changed on some paper, by the link itself.
        for side in ("old", "new"):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE mail_tracking_value SET %(text)s = %(nameless)s
                    FROM ir_model_fields field
                    WHERE field.id = field_id AND field.relation = 'res.partner'
                      AND %(link)s = %(partner)s
                    """,
                    text=SQL.identifier(f"{side}_value_char"),
                    link=SQL.identifier(f"{side}_value_integer"),
                    nameless=nameless,
                    partner=partner.id,
                )
            )
        return [("mail.message", "blanked", len(messages), _("On papers kept by law."))]

    def _replace(self, table, column, identity, nameless, ids):
        for string in identity:
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = replace(%(column)s, %(string)s, %(new)s) "
                    "WHERE id IN %(ids)s AND position(%(string)s in %(column)s) > 0",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    string=string,
                    new=nameless,
                    ids=ids,
                )
            )

    @api.model
    def _erase_holdings(self, partner):
        done = []
        for holding in HOLDINGS:
            rows = self.env["optics.personal.data"]._held(holding, partner)
            if not rows:
                continue
            if holding.erasure == "delete":
                self._delete(rows)
                done.append((holding.model, "deleted", len(rows), ""))
            else:
                self._blank(rows, holding.keep)
                done.append((holding.model, "blanked", len(rows), str(holding.why_kept)))
        return done

    def _delete(self, rows):
        self.env.cr.execute(
            SQL("DELETE FROM %s WHERE id IN %s", SQL.identifier(rows._table), rows._ids)
        )
        rows.invalidate_model(flush=False)

    def _blank(self, rows, keep):
        """Empty the values of eyes and the free texts; a column that must be filled gets a dash."""
        sets = []
        for name in self._wiped(rows, keep):
            column = SQL.identifier(name)
            if not rows._fields[name].required:
                sets.append(SQL("%s = NULL", column))
            elif rows._fields[name].type in _TEXTS:
                sets.append(SQL("%s = '—'", column))
        if "state" in rows._fields and rows._name == "optics.prescription":
            # Without values it is no prescription that anybody may work from.
            sets.append(SQL("state = 'cancelled'"))
        if sets:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE id IN %s",
                    SQL.identifier(rows._table),
                    SQL(", ").join(sets),
                    rows._ids,
                )
            )
        rows.invalidate_model(flush=False)

    @api.model
    def _wiped(self, rows, keep):
        journaled = getattr(rows, "_journaled_names", frozenset)()
        return [
            name
            for name, field in rows._fields.items()
            if field.store
            and field.column_type
            and name not in keep
            and name not in models.MAGIC_COLUMNS
            and (field.type in _TEXTS or name in journaled)
        ]

    @api.model
    def _nameless(self, partner):
        return _("Erased person %(number)s", number=partner.id)

    @api.model
    def _erase_card(self, partner, identity):
        self.env["ir.property"].sudo().search(
            [("res_id", "=", f"res.partner,{partner.id}"), ("type", "in", ("char", "text"))]
        ).unlink()
        for account in partner.bank_ids:
            account.write(
                {
                    "acc_number": f"erased-{account.id}",
                    "acc_holder_name": False,
                    "active": False,
                }
            )
        partner.ward_ids.write({"guardian_id": False})
        for user in partner.user_ids:
            user.write({"login": f"erased-{user.id}", "active": False, "signature": False})
        cards = self._cards(partner)
        for card in cards:
            card.write(self._blank_card(card))
        # Odoo looks for logins of an archived card: those are archived already.
        partner.with_context(active_test=True).write(
            {"optics_erased_at": fields.Datetime.now(), "active": False}
        )
        self.env.flush_all()
        # The changes just made must not leave a trace of what was there before; Odoo also writes
        # to the address of a login that its login has changed.
        self._erase_conversations(partner)
        self._mails(partner, identity).unlink()
        return [("res.partner", "blanked", len(cards), _("A card without a name."))]

    @api.model
    def _cards(self, partner):
        """The card and the addresses entered under it; a relative has a card of their own."""
        return partner | partner.child_ids.filtered(lambda child: child.type != "contact")

    @api.model
    def _blank_card(self, card):
        values = {
            name: False
            for name, field in card._fields.items()
            if field.store
            and not field.company_dependent
            and not (field.compute and not field.inverse and field.readonly)
            and not field.related
            and not field.required
            and name not in _CARD_KEEPS
            and name not in models.MAGIC_COLUMNS
            and (field.type in ("char", "text", "html", "date", "binary") or name in _CARD_LINKS)
        }
        values.pop("optics_erased_at", None)
        values["name"] = self._nameless(card)
        return values

    @api.model
    def _erase_typed(self, identity):
        """What people typed into windows of ours in the last days."""
        for name, model in self.env.items():
            if not (name.startswith("optics.") and model._transient):
                continue
            texts = [
                field.name
                for field in model._fields.values()
                if field.store and field.column_type and field.type in _TEXTS
            ]
            for text in texts:
                for string in identity:
                    self.env.cr.execute(
                        SQL(
                            "DELETE FROM %s WHERE position(%s in %s::text) > 0",
                            SQL.identifier(model._table),
                            string,
                            SQL.identifier(text),
                        )
                    )
