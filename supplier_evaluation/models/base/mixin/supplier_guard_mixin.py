import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, ormcache

from ....tools.wording import listed

# An object cannot travel over RPC: no client can put this key into its context.
_KEY = object()
# In one order, so that two who want several rows do not wait for each other.
TAKE_TURNS = """
    UPDATE %(table)s SET create_date = create_date
     WHERE id IN (SELECT id FROM %(table)s WHERE id IN %(ids)s ORDER BY id FOR UPDATE)
"""


class SupplierGuardMixin(models.AbstractModel):
    """Fields that only the methods of this add-on write, and the company of a record.

    ``readonly`` is a matter of the form; a promise, a waiver or a score is what a
    supplier is judged by, so the server refuses every other way to it. Nor does
    anybody put a record into a company of others, or give it to somebody outside.
    """

    _name = "supplier.guard.mixin"
    _description = "Record With Guarded Fields"

    @api.model
    def _guarded_fields(self):
        """Return the names of the guarded fields; to be extended.

        Whose record of ours it is follows its supplier: portal and figures go by it.
        Odoo itself writes that of its partners, when a contact joins a company.
        """
        if self._name.startswith("supplier."):
            return {"commercial_partner_id"} & self._fields.keys()
        return set()

    @ormcache()
    def _derived_fields(self):
        """Return what is stored and follows from others: nobody writes that.

        Odoo would store what a client sends instead, until the next computation.

        :rtype: frozenset[str]
        """
        return frozenset(
            name
            for name, field in self._fields.items()
            if self._name.startswith("supplier.")
            and field.store
            and field.compute
            and field.readonly
            and not field.inverse
        )

    @api.model
    def default_get(self, fields):
        """Take no default of a guarded field from the context or the user."""
        defaults = super().default_get(fields)
        for name in self._guarded_fields() & defaults.keys():
            own = self._fields[name].default
            if own:
                defaults[name] = own(self)
            else:
                del defaults[name]
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        guarded = self._guarded_fields()
        for vals in vals_list:
            self._check_guard({name for name in guarded & vals.keys() if vals[name]})
        records = super().create(vals_list)
        records._check_company_of_user()
        # The context may name somebody, too.
        defaults = {
            key.removeprefix("default_")
            for key in self.env.context
            if key.startswith("default_")
        }
        records._check_people_of_ours(defaults.union(*vals_list))
        return records

    def write(self, vals):
        guarded = self._guarded_fields()
        if not self.env.su:
            guarded = guarded | self._derived_fields()
        self._check_guard(guarded & vals.keys())
        result = super().write(vals)
        self._check_company_of_user()
        self._check_people_of_ours(vals.keys())
        return result

    # After all others, which say more of their records. Any client can say that the
    # add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_when_nothing_points(self):
        """Refuse to delete what can be archived while others point to it.

        The database would refuse it in words that name neither.

        :raises UserError: naming the record, and the first one that points to it
        """
        ours = self._name.startswith("supplier.") and "active" in self._fields
        if self.env.su or not ours:
            return
        for name, field in self._pointing_here():
            others = self.env[name].sudo().with_context(active_test=False)
            domain = [(field, "in", self.ids)]
            if name == self._name:
                domain.append(("id", "not in", self.ids))
            if others := others.search(domain, limit=1):
                raise UserError(
                    self.env._(
                        "%(record)s is not deleted: %(other)s (%(kind)s) has it. "
                        "Archive it instead, then nobody chooses it any more.",
                        record=others[0][field].display_name,
                        other=others[0].display_name,
                        kind=self.env["ir.model"]._get(name).name,
                    )
                )

    @ormcache()
    def _pointing_here(self):
        """Return which fields keep the database from deleting records of this model.

        :rtype: tuple[tuple[str, str]]
        """
        return tuple(
            (name, field.name)
            for name, model in sorted(self.env.registry.items())
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == self._name
            and field.store
            and field.ondelete == "restrict"
        )

    def _check_company_of_user(self):
        """Refuse to put records into a company where the user does not act.

        Odoo asks its record rules before a record is written, and not again for the
        company that it has then, be it by what it belongs to. Orders, vendors and
        whatever else is of Odoo keep to its rules.

        :raises AccessError: naming the company
        """
        is_ours = self._name.startswith("supplier.") and "company_id" in self._fields
        if self.env.su or not is_ours:
            return
        if others := self.sudo().company_id - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "You do not act in %(company)s, so you put nothing there: ask "
                    "somebody who does.",
                    company=others[0].name,
                )
            )

    @ormcache()
    def _fields_of_our_people(self):
        """Return the fields that offer no logins from outside, as their domain says.

        :rtype: frozenset[str]
        """
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type in ("many2one", "many2many")
            and field.comodel_name == "res.users"
            and re.search(r"\bshare\W+=\W+False\b", str(field.domain))
        )

    def _check_people_of_ours(self, names):
        """Refuse to name a supplier's login where somebody of us is asked for.

        The form does not offer one, and whoever owns a record gets its mails.

        :param names: of the fields that were written
        :raises ValidationError: naming the person and the field
        """
        if self.env.su or not self._name.startswith("supplier."):
            return
        for name in sorted(self._fields_of_our_people() & set(names)):
            if outside := self.sudo()[name].filtered("share"):
                raise ValidationError(
                    self.env._(
                        "%(person)s logs in from outside: choose one of our people "
                        "for “%(field)s”.",
                        person=outside[0].name,
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _check_guard(self, names):
        if not names or self._is_unguarded():
            return
        labels = [self._fields[name]._description_string(self.env) for name in names]
        raise AccessError(
            self.env._(
                "%(fields)s cannot be written directly. Use the action for it, "
                "which asks for a reason where one is needed.",
                fields=listed(self.env, sorted(labels)),
            )
        )

    def _is_unguarded(self):
        """Tell whether a method of this add-on is writing."""
        return self.env.context.get("supplier_guard_key") is _KEY

    def _unguarded(self):
        """Return the records with the right to write guarded fields."""
        return self.with_context(supplier_guard_key=_KEY)

    def _write_guarded(self, vals):
        """Write guarded fields, for the methods that may."""
        return self._unguarded().write(vals)

    def _take_turns(self):
        """Let whoever decides by the same records at the same time begin anew.

        A lock alone would leave the second one with what was read before the first one
        wrote. The rows are written, so that the database refuses the second, and Odoo
        does its work again. What is not saved yet is nobody else's.
        """
        if ids := self._origin._ids:
            table = SQL.identifier(self._table)
            self.env.cr.execute(SQL(TAKE_TURNS, table=table, ids=ids))
