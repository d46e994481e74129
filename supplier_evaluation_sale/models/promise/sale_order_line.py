from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.supplier_evaluation.tools.groups import MANAGER_GROUP

from .sale_order import is_new_order

SALES_MANAGER_GROUP = "sales_team.group_sale_manager"


class SaleOrderLine(models.Model):
    """What was promised to the customer, which no later date of ours changes."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "supplier.guard.mixin"]

    date_customer_promised = fields.Datetime(
        string="Promised to Customer",
        copy=False,
        readonly=True,
        help="The delivery date of the order as it stood when it was confirmed, or "
        "else the one that was expected; of a line that was added later not before its "
        "lead time from then on. Moving the delivery date does not move it; only the "
        'action "Change Promise" does, when the customer asked for it.',
    )
    date_customer_promise_frozen = fields.Datetime(
        string="Promised to Customer On",
        copy=False,
        readonly=True,
        help="When the line was first confirmed, or added to a confirmed order.",
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "date_customer_promise_frozen",
            "date_customer_promised",
        }

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "sale")._freeze_customer_promise(
            is_added=not is_new_order(self.env)
        )
        return lines

    def write(self, vals):
        """Keep that another lead time moves the day."""
        before = self._customer_dates() if "customer_lead" in vals else {}
        result = super().write(vals)
        if before:
            self._register_moved(before)
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _customer_date(self):
        """Return by when the customer is to have it, as the order says now."""
        self.ensure_one()
        order = self.order_id
        if order.commitment_date or order.state == "sale":
            return order.commitment_date or self._expected_date()
        return order.date_order + timedelta(days=self.customer_lead or 0)

    def _customer_dates(self):
        """Return ``{line: day}`` of the lines that are promised."""
        return {
            line: line._customer_date() for line in self if line.date_customer_promised
        }

    def _freeze_customer_promise(self, is_added=None):
        """Freeze the promise of confirmed lines that have none yet.

        An order that is cancelled and confirmed again keeps its promise. What is added
        to an order that promises something already cannot be there before it was asked
        for: it has its own lead time from then on.

        :param bool is_added: whether they are added to what is promised already; as
            the order says if not given
        """
        now = fields.Datetime.now()
        new = self.sudo().filtered(
            lambda line: (
                not (line.display_type or line.is_downpayment)
                and not line.date_customer_promised
            )
        )
        promising = new.order_id.filtered(
            lambda order: (
                order.customer_promises_removed
                or any(order.order_line.mapped("date_customer_promised"))
            )
        )
        for line in new:
            day = line._customer_date()
            if line.order_id in promising if is_added is None else is_added:
                day = max(day, now + timedelta(days=line.customer_lead or 0))
            line._write_guarded(
                {"date_customer_promised": day, "date_customer_promise_frozen": now}
            )
        new.order_id._take_over_removed_promises(
            {line: line._customer_quantity() for line in new}
        )

    def _register_moved(self, before):
        """Write down what somebody moved on the order itself: it counts as ours.

        :param dict before: what :meth:`_customer_dates` told
        """
        moved = self.filtered(
            lambda line: line in before and before[line] != line._customer_date()
        )
        moved._append_customer_change(before, "us", self.env._("Changed on the order"))

    def _append_customer_change(self, before, reason, note, late=()):
        """Write a row of each line to the register.

        :param dict before: what :meth:`_customer_dates` told
        :param late: the lines of which it was known already how it was kept
        """
        return self.env["supplier.sale.promise.change"]._append(
            [
                {
                    "sale_line_id": line.id,
                    "reason": reason,
                    "note": note,
                    "date_from": before[line],
                    "date_to": line._customer_date(),
                    "promised_from": line.date_customer_promised,
                    "is_late": reason == "customer" and line in late,
                }
                for line in self
            ]
        )

    def _is_customer_promise_settled(self):
        """Whether it is known already how it was kept: the day is over, or all left."""
        self.ensure_one()
        day_of = self.company_id._supplier_day
        is_over = day_of(fields.Datetime.now()) > day_of(self.date_customer_promised)
        return is_over or self._is_customer_delivered()

    def _is_customer_delivered(self):
        """Whether all that is ordered left."""
        self.ensure_one()
        ordered = self.product_uom_qty
        delivered = self.product_uom_id.compare(self.qty_delivered, ordered) >= 0
        return ordered > 0 and delivered

    def _check_customer_second_person(self):
        """Afterwards only a manager says that a customer asked, of another's order.

        :raises UserError: the user is no manager, or this is their own order
        """
        user = self.env.user
        is_manager = user.has_group(SALES_MANAGER_GROUP) or user.has_group(
            MANAGER_GROUP
        )
        for line in self if not self.env.su else ():
            order = line.order_id
            if is_manager and user not in order._all_owners():
                continue
            raise UserError(
                self.env._(
                    "%(line)s was promised to the customer for %(day)s, and that day "
                    "is over or all of it was delivered. Only a manager who is not the "
                    "salesperson of %(order)s may say now that the customer asked for "
                    "another day. Ask one to use “Change Promise” on this order.",
                    line=line.product_id.display_name or line.name,
                    day=format_date(
                        self.env,
                        line.company_id._supplier_day(line.date_customer_promised),
                    ),
                    order=order.name,
                )
            )
