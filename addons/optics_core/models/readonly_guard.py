from odoo import _, api, models
from odoo.exceptions import AccessError


class ReadonlyGuard(models.AbstractModel):
    """What is readonly in the model is readonly for everybody, also past the screen.

    Odoo's own `readonly` binds forms only: by RPC a master could write "passed" into the
    quality of a job. Steps of the addon write such fields as superuser.
    """

    _name = "optics.readonly.guard"
    _description = "Guard of Readonly Fields"

    # Numbers, which `create` of the model itself hands out.
    _given_on_create = ("name",)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._refuse_readonly(vals.keys() - set(self._given_on_create))
            self = self._without_readonly_defaults()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._refuse_readonly(vals.keys())
        return super().write(vals)

    @api.model
    def _is_guarded(self, name):
        field = self._fields.get(name)
        return bool(field and field.store and field.readonly and name not in models.MAGIC_COLUMNS)

    @api.model
    def _refuse_readonly(self, names):
        for name in sorted(names):
            if self._is_guarded(name):
                raise AccessError(
                    _(
                        "%(field)s is not written by hand.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    @api.model
    def _without_readonly_defaults(self):
        """Defaults handed over in the context are values typed by somebody, too."""
        prefix = "default_"
        # Only a context put in place of the old one can lack a key.
        kept = {
            key: value
            for key, value in self.env.context.items()
            if not (key.startswith(prefix) and self._is_guarded(key[len(prefix) :]))
        }
        return self.with_context(kept)  # pylint: disable=context-overridden
