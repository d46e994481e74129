from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.supplier_evaluation.models.certification.status import PRECEDENCE
from odoo.addons.supplier_evaluation.tools.actions import open_form
from odoo.addons.supplier_evaluation.tools.wording import listed

from ..models.purchase_order_line import OPEN
from ..performance import Performance
from ..sourcing import Need, Offers, vendors_for

# So many candidates are shown, the best first.
SHOWN = 40


class SupplierSourcing(models.TransientModel):
    """A need, and who could deliver it: of some products, or of a category.

    Candidates are who sold one of the products in the last 24 months or has a price
    list, who is certified for its category, and who has a contract about it.
    """

    _name = "supplier.sourcing"
    _inherit = ["supplier.guard.mixin"]
    _description = "Candidates for a Need"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        help="Who sells products of it, where no product is named.",
    )
    origin_id = fields.Many2one("purchase.order", readonly=True)
    requisition_id = fields.Many2one("purchase.requisition", readonly=True)
    line_ids = fields.One2many("supplier.sourcing.line", "sourcing_id", string="Need")
    candidate_ids = fields.One2many(
        "supplier.sourcing.candidate", "sourcing_id", string="Candidates"
    )
    has_found = fields.Boolean(compute="_compute_has_found")

    @api.depends("line_ids.product_id", "categ_id")
    def _compute_display_name(self):
        for sourcing in self:
            names = sourcing.line_ids.product_id.mapped("display_name")
            need = listed(self.env, names[:3]) or sourcing.categ_id.display_name
            sourcing.display_name = need or self.env._("Candidates for a Need")

    @api.depends("candidate_ids")
    def _compute_has_found(self):
        for sourcing in self:
            sourcing.has_found = bool(sourcing.candidate_ids)

    # ------------------------------------------------------------
    # Opening it
    # ------------------------------------------------------------

    @api.model
    def _open(self, needs, **vals):
        """Open the candidates for needs.

        :param list needs: of ``Need``
        :param vals: of the other fields
        """
        sourcing = self.create(
            {
                **vals,
                "line_ids": [
                    Command.create(
                        {
                            "product_id": need.product.id,
                            "quantity": need.quantity,
                            "uom_id": need.unit.id,
                        }
                    )
                    for need in needs
                ],
            }
        )
        sourcing._find()
        return sourcing._form()

    def _form(self):
        return open_form(self._name, self.env._("Candidates"), record=self)

    # ------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------

    def action_find(self):
        """Find the candidates anew, after the need was changed.

        :raises UserError: nothing is needed
        """
        self.ensure_one()
        self._find()
        return self._form()

    def _needs(self):
        return [
            Need(line.product_id, line.quantity, line.uom_id or line.product_id.uom_id)
            for line in self.line_ids
        ]

    def _find(self):
        if not self.line_ids and not self.categ_id:
            raise UserError(
                self.env._("Say what is needed: a product, or a product category.")
            )
        needs = self._needs()
        products = self.line_ids.product_id
        covered = vendors_for(self.company_id, products, self.categ_id)
        vendors = self.env["res.partner"].sudo().union(*covered)
        vendors = vendors.with_company(self.company_id).filtered("active")
        known = Performance(self.company_id, vendors)
        offers = Offers(self.company_id, vendors, needs)
        category = self.categ_id.sudo() or products[:1].sudo().categ_id
        own = vendors.with_env(self.env).with_company(self.company_id)
        choices = own._supplier_choices(category or None)
        found = [
            {
                **self._standing_of(vendor, choices[vendor.id], known),
                **self._lateness_of(vendor, known),
                **self._offer_of(vendor, offers),
                "covered": len(covered[vendor]) if products else 0,
            }
            for vendor in vendors
        ]
        found.sort(key=_preference)
        self.candidate_ids = [
            Command.clear(),
            *(Command.create(vals) for vals in found[:SHOWN]),
        ]

    def _standing_of(self, vendor, choice, known):
        """Return how a vendor stands: approved, certified, graded, blocked."""
        # A product without a category is covered by what is granted for all only.
        categories = {line.product_id.sudo().categ_id for line in self.line_ids}
        states = [
            known.certification(vendor, category)
            for category in categories or {self.categ_id.sudo()}
        ]
        return {
            "partner_id": vendor.id,
            "stage_id": vendor.supplier_stage_id.id,
            "is_approved": vendor.supplier_stage_id.is_source,
            "certification": max(states, key=PRECEDENCE.index, default=False),
            "grade_id": vendor.supplier_grade_id.id,
            "score": vendor.supplier_score,
            "is_provisional": vendor.supplier_score_provisional,
            "gate_level": choice["level"] or False,
            "gate_reason": choice["reason"],
        }

    def _lateness_of(self, vendor, known):
        """Return the highest lateness that is to be expected of the needs."""
        products = self.line_ids.product_id
        late = [known.lateness(vendor, product) for product in products]
        days = [known.days_late(vendor, product) for product in products]
        if not late or None in late:
            return {"late_share": False, "late_days": False}
        return {
            "late_share": max(one.probability for one in late),
            "late_days": max(days),
        }

    def _offer_of(self, vendor, offers):
        figures = {
            "lead_time": offers.lead_time(vendor),
            "last_amount": offers.last_amount(vendor),
            "contract_amount": offers.contract_amount(vendor),
            "list_amount": offers.list_amount(vendor),
        }
        return {
            name: False if value is None else value for name, value in figures.items()
        }

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------

    def action_request(self):
        """Make a request for quotation to each that is chosen, as alternatives.

        :raises UserError: nobody is chosen
        """
        self.ensure_one()
        vendors = self.candidate_ids.filtered("is_chosen").partner_id
        if not vendors:
            raise UserError(self.env._("Choose at least one of the candidates."))
        if self.origin_id:
            return self._request_alternatives(vendors)
        orders = self.env["purchase.order"].with_company(self.company_id)
        orders = orders.create([self._request_vals(vendor) for vendor in vendors])
        if len(orders) > 1:
            self.env["purchase.order.group"].create(
                {"order_ids": [Command.set(orders.ids)]}
            )
        return self._open_requests(orders)

    def action_weigh(self):
        """Open a requirement list of those that are chosen.

        Who is not asked for an offer yet is compared by the price that is known.

        :raises UserError: nobody is chosen
        """
        self.ensure_one()
        chosen = self.candidate_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one of the candidates."))
        offers = self._offers_of_origin()
        names = self.line_ids.product_id.mapped("name")[:3]
        choice = (
            self.env["supplier.choice"]
            .with_company(self.company_id)
            .create(
                {
                    "title": listed(self.env, names) or self.categ_id.display_name,
                    "company_id": self.company_id.id,
                    "origin_id": self.origin_id.id,
                    "requisition_id": self.requisition_id.id,
                    "candidate_ids": [
                        Command.create(
                            {
                                "partner_id": one.partner_id.id,
                                "order_id": offers.get(one.partner_id),
                            }
                        )
                        for one in chosen
                    ],
                }
            )
        )
        known = {one.partner_id: one._known_amount() for one in chosen}
        for cell in choice.score_ids.filtered(lambda cell: cell.source == "price"):
            amount, why = known[cell.candidate_id.partner_id]
            # An offer of less than others is not hidden behind a price for all of it.
            is_open = cell.system_figure is False and not cell.candidate_id.less
            if is_open and amount:
                cell.write({"own_figure": amount, "reason": why})
        return open_form(choice._name, choice.title, record=choice)

    def _offers_of_origin(self):
        """Return ``{vendor: id}`` of the open offers beside the one it began with."""
        orders = self.origin_id | self.origin_id.alternative_po_ids
        return {
            order.partner_id.commercial_partner_id: order.id
            for order in orders
            if order.state in OPEN
        }

    def _request_alternatives(self, vendors):
        # Odoo makes them in the company of who asks: alternatives are of one company.
        wizards = self.env["purchase.requisition.create.alternative"]
        wizard = wizards.with_company(self.company_id).create(
            {"origin_po_id": self.origin_id.id, "partner_ids": vendors.ids}
        )
        return wizard.action_create_alternative()

    def _request_vals(self, vendor):
        vendor = vendor.with_company(self.company_id)
        currency = vendor.property_purchase_currency_id or self.currency_id
        agreement = self.requisition_id
        return {
            "partner_id": vendor.id,
            "company_id": self.company_id.id,
            "currency_id": currency.id,
            "payment_term_id": vendor.property_supplier_payment_term_id.id,
            "origin": agreement.name or False,
            "order_line": [
                Command.create(
                    {
                        "product_id": need.product.id,
                        "product_qty": need.quantity,
                        "product_uom_id": need.unit.id,
                    }
                )
                for need in self._needs()
            ],
        }

    def _open_requests(self, orders):
        if len(orders) == 1:
            return open_form(orders._name, orders.name, record=orders)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Requests for Quotation"),
            "res_model": orders._name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", orders.ids)],
        }


def _preference(vals):
    """Sort by who may be bought from, is approved, sells most of it, is best."""
    score = vals["score"]
    usable = score is not False and not vals["is_provisional"]
    return (
        vals["gate_level"] == "block",
        not vals["is_approved"],
        -vals["covered"],
        -score if usable else 0,
        vals["contract_amount"] or vals["last_amount"] or float("inf"),
        vals["partner_id"],
    )
