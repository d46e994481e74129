from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.wording import label_of


class SupplierArchiveMixin(models.AbstractModel):
    """What happened once: it is archived when it is over, and not deleted.

    Archived, it leaves lists and choices. Figures read the database, where it stays:
    what was scored of it is the same as before.
    """

    _name = "supplier.archive.mixin"
    _description = "Record That Is Archived Instead of Deleted"
    # In which states of the field ``state`` it is over; None: it has no states.
    _archived_in = None

    active = fields.Boolean(
        default=True,
        copy=False,
        help="Archived, it is in no list, and counts as before.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Nothing begins archived: nobody would see to it."""
        records = super().create(vals_list)
        records.filtered(lambda record: not record.active)._check_over()
        return records

    def write(self, vals):
        """What is reopened comes back: archived, it would wait where nobody looks."""
        if not vals.get("active", True):
            self.filtered("active")._check_over()
        result = super().write(vals)
        if self._archived_in is not None and "state" in vals:
            again = self.filtered(
                lambda record: (
                    not record.active and record.state not in self._archived_in
                )
            )
            if again:
                super(SupplierArchiveMixin, again).write({"active": True})
        return result

    def _check_over(self):
        """Refuse to archive what somebody still has to do with.

        :raises UserError: naming the first one and its state
        """
        if self._archived_in is None:
            return
        for record in self:
            if record.state not in self._archived_in:
                raise UserError(
                    self.env._(
                        "%(record)s is in the state “%(state)s”, so it is not over: "
                        "finish or cancel it before you archive it.",
                        record=record.display_name,
                        state=label_of(record, "state"),
                    )
                )

    def _has_history(self):
        """Return whether something happened to it already; to be extended."""
        self.ensure_one()
        return False

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_history(self):
        if self.env.su:
            return
        for record in self:
            if record._has_history():
                raise UserError(
                    self.env._(
                        "%(record)s has a history, which stays: it is not deleted. "
                        "Finish or cancel it, and archive it then.",
                        record=record.display_name,
                    )
                )
