from odoo import api, fields, models
from odoo.tools import format_amount

from odoo.addons.supplier_evaluation.models.certification.status import STATUSES
from odoo.addons.supplier_evaluation.models.forecast.supplier_delivery_forecast import (
    BASES,
    OF_OTHERS,
)
from odoo.addons.supplier_evaluation.tools.actions import open_dialog
from odoo.addons.supplier_evaluation.tools.groups import USER_GROUP
from odoo.addons.supplier_evaluation.tools.numbers import number
from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalFloat

from ..costing import adjusted
from ..performance import Performance

OPEN = ("draft", "sent", "to approve")


class PurchaseOrderLine(models.Model):
    """An offer shows what is known of who makes it, where offers are compared.

    Nothing of it is stored: it is what the records say now.
    """

    _inherit = "purchase.order.line"

    supplier_grade_id = fields.Many2one(
        related="order_id.supplier_grade_id", string="Grade", groups=USER_GROUP
    )
    supplier_grade_color = fields.Integer(
        related="order_id.supplier_grade_color",
        string="Color of the Grade",
        groups=USER_GROUP,
    )
    supplier_score = OptionalFloat(
        related="order_id.supplier_score", string="Score", groups=USER_GROUP
    )
    supplier_score_provisional = fields.Boolean(
        related="order_id.supplier_score_provisional",
        string="Provisional Score",
        groups=USER_GROUP,
    )
    offer_certification = fields.Selection(
        STATUSES,
        string="Certification",
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="By what was granted for the category of the product.",
    )
    offer_late_share = OptionalFloat(
        string="Would Come Late",
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="How probable it is that the supplier delivers the product late, from "
        "the deliveries of the last three years.",
    )
    offer_late_days = OptionalFloat(
        string="Days Late to Expect",
        digits=(16, 2),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="The probability times the days, if late.",
    )
    offer_late_basis = fields.Selection(
        BASES,
        string="Known From",
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    offer_is_provisional = fields.Boolean(
        string="Nothing Known of the Supplier",
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="The lateness rests on deliveries of other suppliers only.",
    )
    offer_defect_share = OptionalFloat(
        string="Defects of the Supplier",
        digits=(16, 4),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="Share of what it delivered in the last 24 months.",
    )
    offer_late_cost = OptionalFloat(
        string="Cost of Lateness",
        digits=(16, 2),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    offer_defect_cost = OptionalFloat(
        string="Cost of Defects",
        digits=(16, 2),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    offer_cost = OptionalFloat(
        string="Cost With Performance",
        digits=(16, 2),
        compute="_compute_offer",
        compute_sudo=True,
        groups=USER_GROUP,
        help="The price, and what is to be expected of lateness and defects, in the "
        "currency of the company. Empty where one of them is not known.",
    )
    offer_is_best = fields.Boolean(
        string="Lowest Cost With Performance",
        compute="_compute_offer_is_best",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    offer_late_text = fields.Char(
        string="Lateness in Words",
        compute="_compute_offer_texts",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    offer_defect_text = fields.Char(
        string="Defects in Words",
        compute="_compute_offer_texts",
        compute_sudo=True,
        groups=USER_GROUP,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("company_id", "partner_id", "product_id", "price_total_cc")
    def _compute_offer(self):
        for company, lines in self.grouped("company_id").items():
            offers = lines.filtered(lambda line: line.product_id and line.partner_id)
            (lines - offers)._set_offer()
            if offers:
                known = Performance(company, offers.partner_id)
                for line in offers:
                    line._set_offer(known)

    def _set_offer(self, known=None):
        """Set what is known of the offer; nothing without it.

        :param Performance known: of the line's company and vendor
        """
        vendor, product = self.partner_id, self.product_id
        late = known and known.lateness(vendor, product)
        days = known and known.days_late(vendor, product)
        defects = known and known.defects(vendor)
        self.offer_certification = known and known.certification(
            vendor, product.categ_id
        )
        self.offer_late_share = late.probability if late else False
        self.offer_late_days = days if late else False
        self.offer_late_basis = late.basis if late else False
        self.offer_is_provisional = bool(late) and late.basis in OF_OTHERS
        self.offer_defect_share = defects[0] if defects else False
        self.offer_late_cost = self.offer_defect_cost = self.offer_cost = False
        if known and self.price_total_cc > 0:
            self._set_cost()

    def _set_cost(self):
        """Set what it costs, by the figures as they are shown: so they add up."""
        company = self.company_id
        cost = adjusted(
            self.price_total_cc,
            None if self.offer_late_days is False else self.offer_late_days,
            company.supplier_late_day_percent,
            None if self.offer_defect_share is False else self.offer_defect_share,
            company.supplier_defect_percent,
        )
        self.offer_late_cost = _or_nothing(cost.lateness)
        self.offer_defect_cost = _or_nothing(cost.defects)
        self.offer_cost = _or_nothing(cost.total)

    @api.depends("offer_cost", "product_uom_qty", "order_id.purchase_group_id")
    def _compute_offer_is_best(self):
        """Mark what costs least a unit among the open offers for the same product."""
        self.offer_is_best = False
        rivals = self | self.order_id.alternative_po_ids.order_line
        rivals = rivals.filtered(lambda line: line.offer_cost and line._is_open_offer())
        for offers in rivals.grouped(lambda line: line._offer_group()).values():
            # The only one that can be told is not the best: the others are not known.
            if len(offers) > 1:
                lowest = min(line._offer_unit_cost() for line in offers)
                for line in offers & self:
                    line.offer_is_best = line._offer_unit_cost() <= lowest

    def _is_open_offer(self):
        return self.order_id.state in OPEN and self.product_uom_qty > 0

    def _offer_group(self):
        return self.order_id.purchase_group_id, self.company_id, self.product_id

    def _offer_unit_cost(self):
        return self.offer_cost / self.product_uom_qty

    @api.depends("offer_cost")
    @api.depends_context("lang")
    def _compute_offer_texts(self):
        for line in self:
            line.offer_late_text = line._late_cost_in_words()
            line.offer_defect_text = line._defects_in_words()

    def _late_cost_in_words(self):
        """Return how the cost of lateness comes about, in a sentence."""
        self.ensure_one()
        if self.offer_late_days is False:
            return self.env._("No delivery of anybody is known: no cost can be told.")
        if self.offer_late_cost is False:
            return self.env._("Without a price there is no cost of lateness.")
        text = self.env._(
            "%(price)s × %(days)s days × %(percent)s %% = %(cost)s",
            price=self._company_money(self.price_total_cc),
            days=number(self.env, self.offer_late_days, 2),
            percent=number(self.env, self.company_id.supplier_late_day_percent, 2),
            cost=self._company_money(self.offer_late_cost),
        )
        if self.offer_is_provisional:
            return self.env._(
                "%(text)s (provisional: from deliveries of other suppliers)", text=text
            )
        return text

    def _defects_in_words(self):
        """Return how the cost of defects comes about, in a sentence."""
        self.ensure_one()
        if self.offer_defect_share is False:
            return self.env._(
                "The supplier delivered nothing in the last 24 months: its defects are "
                "not known."
            )
        if self.offer_defect_cost is False:
            return self.env._("Without a price there is no cost of defects.")
        return self.env._(
            "%(price)s × %(share)s %% defects × %(percent)s %% = %(cost)s",
            price=self._company_money(self.price_total_cc),
            share=number(self.env, 100 * self.offer_defect_share, 2),
            percent=number(self.env, self.company_id.supplier_defect_percent),
            cost=self._company_money(self.offer_defect_cost),
        )

    def _company_money(self, amount):
        return format_amount(self.env, amount, self.company_id.currency_id)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_explain_offer(self):
        """Open what the cost with performance is made of, over the comparison."""
        self.ensure_one()
        action = open_dialog(
            self._name, self.env._("Cost With Performance"), record=self
        )
        view = self.env.ref("supplier_evaluation_requisition.offer_view_form")
        return {**action, "views": [(view.id, "form")], "view_id": view.id}


def _or_nothing(amount):
    return False if amount is None else amount
