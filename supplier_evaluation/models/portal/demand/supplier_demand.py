from odoo import api, fields, models

from ....tools.wording import listed


class SupplierDemand(models.Model):
    """Suppliers hear of demand by mail: each once on a day, however many rows."""

    _inherit = "supplier.demand"

    date_told = fields.Date(
        string="Mail Sent On",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Day on which a mail was sent that stands for all demand of the supplier.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_told"}

    def action_share(self):
        """Say in the end who cannot see it; see the method of the room below."""
        fresh = self.filtered(lambda demand: not demand.is_shared)
        super().action_share()
        unreached = fresh._tell_suppliers()
        return self._no_login_notice(unreached) if unreached else None

    def _no_login_notice(self, suppliers):
        """Return the action that names suppliers without a login, and goes on."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Shared. But nobody can see it there of: %s. Grant their contacts "
                    "access to the portal.",
                    listed(self.env, suppliers.mapped("display_name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_withdraw(self):
        """Tell the suppliers, too; see the method of the room below."""
        shown = self.filtered("is_shared")
        result = super().action_withdraw()
        shown._tell_suppliers()
        return result

    def _note_told(self):
        changed = super()._note_told()
        changed._tell_suppliers()
        return changed

    def _tell_suppliers(self):
        """Put one mail for each supplier into the queue, unless it got one today.

        Nobody is told of months that are over: the portal does not show them.

        :return: the suppliers without a login for it
        """
        now, unreached = fields.Datetime.now(), self.env["res.partner"].sudo()
        for company, own in self.sudo().grouped("company_id").items():
            today = company._supplier_day(now)
            month = today.replace(day=1)
            coming = own.filtered(lambda demand, month=month: demand.month >= month)
            unreached |= coming._tell_once(company, today)
        return unreached

    def _tell_once(self, company, today):
        """Write to suppliers of one company; see :meth:`_tell_suppliers`."""
        portal, none = self.env["supplier.portal"], self.browse()
        firsts = none.union(*(own[:1] for own in self.grouped("partner_id").values()))
        pairs = portal._readers_of(firsts)
        reached = none.union(*(demand for demand, _user in pairs))
        told = self._told_on(company, reached.partner_id, today)
        portal._write_to(
            [pair for pair in pairs if pair[0].partner_id not in told], "demand"
        )
        reached._write_guarded({"date_told": today})
        return self.partner_id - reached.partner_id

    def _told_on(self, company, suppliers, day):
        """Return which suppliers got a mail on a day of the company."""
        rows = self.sudo().with_context(active_test=False)
        return rows.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", suppliers.ids),
                ("date_told", "=", day),
            ]
        ).partner_id
