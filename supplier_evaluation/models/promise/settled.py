from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.groups import MANAGER_GROUP

# The amount is computed, but Odoo stops nobody who writes it.
WHAT_WAS_ORDERED = {"is_downpayment", "order_id", "price_subtotal", "product_id"}


class PurchaseOrderLine(models.Model):
    """What a promise turned out to be: afterwards nobody takes it back alone."""

    _inherit = "purchase.order.line"

    def write(self, vals):
        """Keep what was ordered, and where, of lines whose promise is settled."""
        wanted = WHAT_WAS_ORDERED & vals.keys()
        if wanted and not self.env.su:
            self.filtered(
                lambda line: any(
                    (line[name].id if name.endswith("_id") else line[name])
                    != (vals[name] or False)
                    for name in wanted
                )
            )._check_stays()
        return super().write(vals)

    def _set_supplier_exclusion(self, exclusion, reason, evidence=None):
        """Leave lines out; how the buyer's own suppliers did, another one judges.

        :raises UserError: the promise of a line is settled, and the user is no manager,
            or this is their own order
        """
        self._filter_settled()._check_second_person(
            self.env._("Ask one, who may leave the line out now, or count it again.")
        )
        return super()._set_supplier_exclusion(exclusion, reason, evidence)

    # ------------------------------------------------------------
    # Settled
    # ------------------------------------------------------------

    def _filter_settled(self):
        """Return the lines of which it is known already how the promise was kept."""
        now = fields.Datetime.now()
        return self.filtered(
            lambda line: line.date_promised and line._is_promise_settled(now)
        )

    def _is_promise_settled(self, now):
        """Whether it is known already how the promise was kept.

        The promised day is over, or all of it has come, whatever went back since.
        """
        self.ensure_one()
        if self._is_promise_over(now):
            return True
        if self.product_qty <= 0:
            return False
        unit, own = self.product_uom_id, self.product_id.uom_id
        return (
            unit.compare(self.qty_received, self.product_qty) >= 0
            or own.compare(self._get_quantity_come(), self._get_ordered_quantity()) >= 0
        )

    def _is_called_off(self):
        """Whether the line was cancelled by the promised day, and nothing came.

        Such a line says nothing about the supplier. Of one that was cancelled before
        that was written down it is not known when: it is taken as cancelled in time.
        """
        self.ensure_one()
        cancelled = self.date_promise_cancelled
        if not cancelled and self._is_ordered() and self.state == "purchase":
            return False
        if cancelled and self._is_promise_over(cancelled):
            return False
        return self._nothing_came()

    def _nothing_came(self):
        self.ensure_one()
        return "done" not in self.sudo().move_ids.mapped("state")

    # ------------------------------------------------------------
    # Second person
    # ------------------------------------------------------------

    def _check_second_person(self, mend):
        """Afterwards only a manager takes a thing back, and not on an own order.

        :param str mend: what to do instead, as a sentence
        :raises UserError: the user is no manager, or this is their own order
        """
        if self.env.su:
            return
        is_manager = self.env.user.has_group(MANAGER_GROUP)
        for line in self:
            order = line.order_id
            if is_manager and self.env.user not in order._all_owners():
                continue
            raise UserError(
                self.env._(
                    "%(line)s was promised for %(day)s, and that day is over or all "
                    "of it has come. Only somebody else than the buyer of %(order)s, "
                    "who is a manager of Supplier Evaluation, may change now what it "
                    "says about the supplier. %(mend)s",
                    line=line.product_id.display_name,
                    day=format_date(
                        self.env, line.company_id._supplier_day(line.date_promised)
                    ),
                    order=order.display_name,
                    mend=mend,
                )
            )

    def _check_stays(self):
        """What was ordered and from whom is what the supplier is judged by.

        :raises UserError: the promise of a line is settled, and the user is no manager,
            or this is their own order
        """
        self._filter_settled()._check_second_person(
            self.env._(
                "Leave what was ordered, from whom and in which currency as it is, and "
                "order anew what you need."
            )
        )

    def _check_deletion(self):
        """A line that was late, or came, does not vanish with what tells about it.

        :raises UserError: the promise of a line is settled, and the user is no manager,
            or this is their own order
        """
        if self.env.su:
            return
        lines = self._filter_settled().filtered(lambda line: not line._is_called_off())
        lines._check_second_person(self.env._("Leave the order cancelled instead."))
