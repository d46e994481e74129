from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.supplier_evaluation.tools.actions import open_dialog

# What says by when a customer is to have the goods.
WHEN = {"commitment_date", "date_order"}
# An object cannot travel over RPC: no client says that a change is told already.
_TOLD = object()
_NEW = object()


def is_new_order(env):
    """Whether an order is being made, and its lines with it."""
    return env.context.get("supplier_promise_new") is _NEW


class SaleOrder(models.Model):
    """By when the customer was to have it, as it was said when he ordered."""

    # Who deletes an order leaves a note in the chain of seals.
    _name = "sale.order"
    _inherit = [
        "sale.order",
        "supplier.guard.mixin",
        "supplier.former.user.mixin",
    ]

    supplier_former_user_ids = fields.Many2many(
        relation="supplier_sale_order_former_user_rel"
    )
    customer_promise_change_ids = fields.One2many(
        "supplier.sale.promise.change",
        "sale_id",
        string="Promise Changes",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Tell lines of an order that is made confirmed from those added later."""
        new = self.with_context(supplier_promise_new=_NEW)
        return super(SaleOrder, new).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Freeze what is promised, whatever method confirms; keep what moves it."""
        if "company_id" in vals:
            self._check_customer_promise_company(vals["company_id"])
        is_told = self.env.context.get("supplier_promise_told") is _TOLD
        moves = bool(WHEN & vals.keys()) and not is_told
        before = self.order_line._customer_dates() if moves else {}
        result = super().write(vals)
        if moves:
            self.order_line._register_moved(before)
        if vals.get("state") == "sale":
            self.order_line._freeze_customer_promise()
        return result

    def action_change_customer_promise(self):
        """Ask by when the customer gets it now, and who asked for that.

        :raises UserError: the order is not confirmed
        """
        self.ensure_one()
        self.check_access("write")
        self._check_customer_promise_movable()
        return open_dialog(
            "supplier.sale.promise.wizard",
            self.env._("Change Promise"),
            {"order_id": self.id, "date_to": self.commitment_date},
        )

    def _change_customer_promise(self, date, reason, note):
        """Move the delivery date, for the customer or for us.

        What is settled keeps its promise, unless all of the order is.

        :param datetime date: the new one, naive UTC
        :param str reason: ``customer`` moves the promise, too; ``us`` leaves it where
            it is, and what is later counts as late
        :param str note: why, for whoever asks later
        :return: the rows of the register
        :raises UserError: the order is not confirmed, nothing would change, or it is
            too late for this user to say that the customer asked
        """
        self.ensure_one()
        self.check_access("write")
        self._check_customer_promise_movable()
        lines = self.order_line.filtered("date_customer_promised")
        late = lines.filtered(lambda line: line._is_customer_promise_settled())
        if lines - late:
            lines, late = lines - late, late.browse()
        if reason == "customer":
            late._check_customer_second_person()
        before = lines._customer_dates()
        if self.commitment_date != date:
            self.with_context(supplier_promise_told=_TOLD).commitment_date = date
        changed = lines.filtered(
            lambda line: (
                before[line] != line._customer_date()
                or (reason == "customer" and line.date_customer_promised != date)
            )
        )
        if not changed:
            raise UserError(
                self.env._(
                    "Nothing changes: the lines of %(order)s have this date already. "
                    "Enter another one.",
                    order=self.name,
                )
            )
        changes = changed._append_customer_change(before, reason, note, late)
        if reason == "customer":
            changed.sudo()._write_guarded({"date_customer_promised": date})
            self._move_removed_promises(date, bool(late))
        return changes

    def _check_customer_promise_movable(self):
        """Only what is promised is moved.

        :raises UserError: the order is not confirmed, or has no line
        """
        self.ensure_one()
        if self.state == "cancel":
            raise UserError(
                self.env._(
                    "%s is cancelled: it promises nothing to the customer, so there "
                    "is nothing to move.",
                    self.name,
                )
            )
        if self.state != "sale" or not any(
            self.order_line.mapped("date_customer_promised")
        ):
            raise UserError(
                self.env._(
                    "%s promises nothing yet: it is not confirmed. Change its delivery "
                    "date instead.",
                    self.name,
                )
            )

    def _check_customer_promise_company(self, company_id):
        """What was promised stays with the company that promised it.

        The rows of the register, which are sealed, name the company.

        :raises UserError: naming the order
        """
        for order in self.sudo():
            promised = order.order_line.filtered("date_customer_promised")
            moves = order.company_id.id != company_id
            if moves and (promised or order.customer_promises_removed):
                raise UserError(
                    self.env._(
                        "%(order)s is promised to its customer by %(company)s, and "
                        "stays there. Cancel it, and make a new order in the other "
                        "company.",
                        order=order.name,
                        company=order.company_id.name,
                    )
                )
