from odoo import Command, fields, models


class SupplierFormerUserMixin(models.AbstractModel):
    """A record that keeps whose it was: they do not decide on what is their own.

    Who gives an order to somebody else has bought it all the same. The chatter does not
    tell that for certain: a client can say that nothing is tracked.
    """

    _name = "supplier.former.user.mixin"
    _description = "Record That Keeps Whose It Was"

    supplier_former_user_ids = fields.Many2many(
        "res.users",
        string="Was Assigned To",
        copy=False,
        groups=fields.NO_ACCESS,
    )

    def write(self, vals):
        if "user_id" in vals:
            self._keep_former_user(vals["user_id"])
        return super().write(vals)

    def _keep_former_user(self, user_id):
        """Note whose the records are that are given to another user, or to nobody."""
        given = self.sudo().filtered(lambda record: record.user_id.id != user_id)
        for user, records in given.grouped("user_id").items():
            if user:
                records.write({"supplier_former_user_ids": [Command.link(user.id)]})

    def _all_owners(self):
        """Return who entered the records, whose they are and whose they were.

        :rtype: res.users
        """
        records = self.sudo()
        return records.create_uid | records.user_id | records.supplier_former_user_ids
