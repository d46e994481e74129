from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...scoring.following.allocation import Candidate, allocate

MONTHS = 12


class SupplierAllocation(models.Model):
    """How much of a product each approved supplier should get, beside today's shares.

    A proposal, accepted line by line: the one with the most share comes first on the
    product's list of vendors. Odoo orders from the first; it has no quotas.
    """

    _name = "supplier.allocation"
    _inherit = [
        "mail.thread",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.archive.mixin",
    ]
    _description = "Allocation of a Product"
    _order = "id desc"
    _rec_name = "product_id"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    uom_id = fields.Many2one(related="product_id.uom_id")
    user_id = fields.Many2one(
        "res.users",
        string="Made By",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.uid,
    )
    base_score = fields.Float(
        string="Points Count from",
        default=50,
        help="Shares are in proportion to the points above it.",
    )
    unscored = fields.Selection(
        [("floor", "Gets Its Floor Only"), ("leave", "Is Left Out")],
        string="Who Has No Firm Score",
        default="floor",
        required=True,
    )
    demand = fields.Float(
        string="Demand a Month",
        digits="Product Unit",
        copy=False,
        help="Ordered in the last 12 months, divided by 12, in the product's unit.",
    )
    spend = fields.Monetary(string="Spend of 12 Months", readonly=True, copy=False)
    line_ids = fields.One2many("supplier.allocation.line", "allocation_id")

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"user_id", "spend"}

    @api.model_create_multi
    def create(self, vals_list):
        allocations = super().create(vals_list)
        for allocation in allocations.filtered(lambda one: not one.line_ids):
            allocation._find_sources()
        return allocations

    def write(self, vals):
        """Shares are proposed of one product in one company, and stay with them.

        :raises UserError: it is to be of another one
        """
        names = {"product_id", "company_id"} & vals.keys()
        changed = self.filtered(
            lambda one: any(one[name].id != vals[name] for name in names)
        )
        product = changed[:1].product_id.display_name
        # First who may not put it into a company of others hears of that.
        result = super().write(vals)
        if changed:
            raise UserError(
                self.env._(
                    "The shares are those of %s: make another allocation for what "
                    "else you buy.",
                    product,
                )
            )
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_accepted(self):
        """With it would go how the price lists were before."""
        accepted = self.line_ids.filtered(lambda line: line.state == "accepted")
        if accepted:
            raise UserError(
                self.env._(
                    "A share of %s is accepted: undo it first.",
                    accepted.allocation_id[0].product_id.display_name,
                )
            )

    # ------------------------------------------------------------
    # Sources and today's shares
    # ------------------------------------------------------------

    def _find_sources(self):
        """Fill in the approved sources that no policy blocks, with today's shares."""
        self.ensure_one()
        today = self._today()
        amount = sum(spend for _quantity, spend in today.values())
        quantity = sum(quantity for quantity, _spend in today.values())
        self._write_guarded({"spend": amount})
        # What somebody entered is what they plan to buy.
        self.demand = self.demand or quantity / MONTHS
        lines = self.env["supplier.allocation.line"].sudo()._unguarded()
        lines.create(
            [
                {
                    "allocation_id": self.id,
                    "partner_id": partner.id,
                    "share_now": (
                        100 * today.get(partner.id, (0, 0))[0] / quantity
                        if quantity
                        else 0
                    ),
                }
                for partner in self._open_sources()
            ]
        )

    def _open_sources(self):
        """Return the approved sources that no policy blocks now."""
        partners = self._approved().with_company(self.company_id)
        choices = partners._supplier_choices(self.product_id.categ_id)
        return partners.filtered(lambda one: choices[one.id]["level"] != "block")

    def _approved(self):
        return (
            self.env["supplier.source"]
            .search(
                [
                    ("product_id", "=", self.product_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("is_approved", "=", True),
                ]
            )
            .partner_id
        )

    def _today(self):
        """Return ``{supplier: (quantity in the product's unit, spend)}`` of a year."""
        since = fields.Datetime.now() - relativedelta(months=MONTHS)
        lines = self.env["purchase.order.line"].search(
            [
                ("product_id", "=", self.product_id.id),
                ("company_id", "=", self.company_id.id),
                ("order_id.state", "=", "purchase"),
                ("order_id.date_approve", ">=", since),
            ]
        )
        found = {}
        for line in lines:
            partner_id = line.partner_id.commercial_partner_id.id
            quantity, spend = found.get(partner_id, (0.0, 0.0))
            rate = line.order_id.currency_rate or 1
            found[partner_id] = (
                quantity + line.product_uom_qty,
                spend + line.price_subtotal / rate,
            )
        return found

    def _price_lists(self):
        """Return what the company's list of vendors of the product consists of."""
        return (
            self.env["product.supplierinfo"]
            .sudo()
            .search(
                [
                    ("company_id", "in", [self.company_id.id, False]),
                    ("product_tmpl_id", "=", self.product_id.product_tmpl_id.id),
                    ("product_id", "in", [self.product_id.id, False]),
                ]
            )
        )

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    def action_propose(self):
        """Propose shares by the scores of today, within floors, caps and capacities.

        :raises UserError: no shares fit, or there is nobody to share among
        """
        self.ensure_one()
        self.check_access("write")
        if self.line_ids.filtered(lambda line: line.state == "accepted"):
            raise UserError(
                self.env._("A share is accepted: undo it before others are proposed.")
            )
        # Whoever proposes accepts none of it.
        self._write_guarded({"user_id": self.env.uid})
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Nobody is an approved source of %s that may be ordered from.",
                    self.product_id.display_name,
                )
            )
        candidates = {}
        open_ids = set(self._open_sources().ids)
        for line in self.line_ids:
            score = line._firm_score()
            is_out = score is False and self.unscored == "leave"
            # Who was approved when the sources were found may be blocked since.
            if is_out or line.partner_id.id not in open_ids:
                line._write_guarded({"share": 0, "score": score, "state": "proposed"})
                continue
            points = 0 if score is False else max(0.0, score - self.base_score)
            candidates[line] = Candidate(points, line.floor, line._cap())
            line._write_guarded({"score": score})
        try:
            shares = allocate(candidates)
        except ValueError as error:
            raise UserError(self._no_fit(str(error))) from error
        for line, share in shares.items():
            line._write_guarded({"share": share, "state": "proposed"})

    def _no_fit(self, problem):
        if problem == "floors":
            return self.env._(
                "The floors of %s add up to more than 100 %%: lower one.",
                self.product_id.display_name,
            )
        if problem == "caps":
            return self.env._(
                "Caps and capacities for %s leave some of the demand to nobody: raise "
                "one, or approve another source.",
                self.product_id.display_name,
            )
        return self.env._(
            "A supplier of %s has a floor above its cap or capacity.",
            self.product_id.display_name,
        )
