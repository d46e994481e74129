from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare, format_date

from odoo.addons.supplier_evaluation.models.contract.pricing import price_digits
from odoo.addons.supplier_evaluation.tools.actions import open_form
from odoo.addons.supplier_evaluation.tools.groups import USER_GROUP
from odoo.addons.supplier_evaluation.tools.wording import listed

from ..sourcing import Need

# What still counts, or may come to.
ALIVE = ("draft", "to_approve", "in_force")


class PurchaseRequisition(models.Model):
    """A confirmed blanket order becomes a contract, which two others approve.

    From then on the contract is what orders are compared with: price, payment terms
    and the quantity left. What was ordered is counted there only, by all orders to the
    supplier in its time, whether they name the blanket order or not: nothing of the
    blanket order is added to it, so nothing counts twice.
    """

    _inherit = "purchase.requisition"

    supplier_contract_ids = fields.One2many(
        "supplier.contract",
        "requisition_id",
        string="Contracts",
        readonly=True,
        groups=USER_GROUP,
    )
    supplier_contract_id = fields.Many2one(
        "supplier.contract",
        string="Contract",
        compute="_compute_supplier_contract",
        groups=USER_GROUP,
        help="What counts of its versions, or else the newest.",
    )
    supplier_contract_state = fields.Selection(
        selection="_supplier_contract_states",
        string="Contract Status",
        compute="_compute_supplier_contract",
        groups=USER_GROUP,
    )
    supplier_contract_warning = fields.Text(
        string="Contract Differs",
        compute="_compute_supplier_contract_warning",
        groups=USER_GROUP,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.model
    def _supplier_contract_states(self):
        """Return the states of contracts, in the language of who looks."""
        state = self.env["supplier.contract"]._fields["state"]
        return state._description_selection(self.env)

    @api.depends("supplier_contract_ids.state", "supplier_contract_ids.version")
    def _compute_supplier_contract(self):
        for blanket in self:
            versions = blanket.supplier_contract_ids.sorted("version", reverse=True)
            counts = versions.filtered(lambda one: one.state == "in_force")
            blanket.supplier_contract_id = (counts or versions)[:1]
            blanket.supplier_contract_state = blanket.supplier_contract_id.state

    @api.depends(
        "supplier_contract_ids.state",
        "supplier_contract_ids.commercial_partner_id",
        "supplier_contract_ids.currency_id",
        "supplier_contract_ids.date_from",
        "supplier_contract_ids.date_to",
        "supplier_contract_ids.line_ids.price",
        "supplier_contract_ids.line_ids.quantity",
        "state",
        "vendor_id",
        "currency_id",
        "date_start",
        "date_end",
        "line_ids.price_unit",
        "line_ids.product_qty",
        "line_ids.product_id",
    )
    @api.depends_context("lang")
    def _compute_supplier_contract_warning(self):
        for blanket in self:
            contract = blanket.supplier_contract_id
            problems = []
            if contract.state in ALIVE and blanket._origin:
                problems = blanket._differences(contract)
            blanket.supplier_contract_warning = "\n".join(problems) or False

    def _differences(self, contract):
        """Return in sentences what the contract says otherwise than this."""
        self.ensure_one()
        if self.state in ("done", "cancel"):
            return [
                self.env._(
                    "The blanket order is over, and %(contract)s is not: orders are "
                    "still compared with it. Terminate it if it shall not count any "
                    "more.",
                    contract=contract.display_name,
                )
            ]
        problems = [*self._differing_head(contract)]
        terms = {term.product_id: term for term in contract.line_ids if term.product_id}
        if names := self._differing_products(terms):
            problems.append(
                self.env._(
                    "Price or quantity are not those of %(contract)s: %(products)s. "
                    "Revise the contract, or change the blanket order.",
                    contract=contract.display_name,
                    products=listed(self.env, names),
                )
            )
        return problems

    def _differing_head(self, contract):
        """Yield in sentences where supplier, currency or days are others."""
        if self.vendor_id.commercial_partner_id != contract.commercial_partner_id:
            yield self.env._(
                "The blanket order is with %(own)s, %(contract)s with %(other)s.",
                own=self.vendor_id.display_name or self.env._("nobody"),
                contract=contract.display_name,
                other=contract.commercial_partner_id.display_name,
            )
        if self.currency_id != contract.currency_id:
            yield self.env._(
                "The blanket order is in %(own)s, %(contract)s in %(other)s.",
                own=self.currency_id.name,
                contract=contract.display_name,
                other=contract.currency_id.name,
            )
        # Without a first day of its own, the contract began when it was made.
        if self.date_start and self.date_start != contract.date_from:
            yield self.env._(
                "The blanket order begins on %(own)s, %(contract)s on %(other)s.",
                own=self._day_in_words(self.date_start),
                contract=contract.display_name,
                other=self._day_in_words(contract.date_from),
            )
        if self.date_end != contract.date_to:
            yield self.env._(
                "The blanket order ends on %(own)s, %(contract)s on %(other)s.",
                own=self._day_in_words(self.date_end),
                contract=contract.display_name,
                other=self._day_in_words(contract.date_to),
            )

    def _day_in_words(self, day):
        return format_date(self.env, day) if day else self.env._("no day")

    def _differing_products(self, terms):
        """Return the names of products of which the contract says something else."""
        wanted, clashing = self._contract_terms()
        differing = clashing.union(
            *(
                product
                for product in wanted.keys() | terms.keys()
                if product not in wanted
                or product not in terms
                or wanted[product].differs_from(terms[product])
            )
        )
        return sorted(differing.mapped("display_name"))

    # ------------------------------------------------------------
    # What a contract keeps
    # ------------------------------------------------------------

    @api.constrains("vendor_id")
    def _check_vendor_of_contract(self):
        """Keep the vendor while there is a contract with it that counts, or may."""
        for blanket in self.sudo():
            vendor = blanket.vendor_id.commercial_partner_id
            for contract in blanket.supplier_contract_ids:
                if contract.state in ALIVE and contract.commercial_partner_id != vendor:
                    raise ValidationError(
                        self.env._(
                            "%(blanket)s keeps its vendor: %(contract)s is with "
                            "%(vendor)s. Terminate that contract first, or delete it "
                            "if it is a draft.",
                            blanket=blanket.name,
                            contract=contract.display_name,
                            vendor=contract.commercial_partner_id.display_name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_without_contract(self):
        for blanket in self.sudo().with_context(active_test=False):
            if contract := blanket.supplier_contract_ids[:1]:
                raise UserError(
                    self.env._(
                        "%(blanket)s is not deleted: %(contract)s is its contract. "
                        "Delete that first if it is a draft; otherwise cancel the "
                        "blanket order.",
                        blanket=blanket.name,
                        contract=contract.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_make_supplier_contract(self):
        """Open the contract of the blanket order, a draft if there is none yet.

        :raises UserError: it is no confirmed blanket order, or has one product at
            several prices
        """
        self.ensure_one()
        contract = self.supplier_contract_id or self._make_supplier_contract()
        return open_form(contract._name, self.env._("Contract"), record=contract)

    def action_find_candidates(self):
        """Open who could deliver what the agreement is about."""
        self.ensure_one()
        return self.env["supplier.sourcing"]._open(
            [
                Need(line.product_id, line.product_qty or 1, line.product_uom_id)
                for line in self.line_ids
                if line.product_id
            ],
            requisition_id=self.id,
            company_id=self.company_id.id,
        )

    action_open_supplier_contract = action_make_supplier_contract

    def _make_supplier_contract(self):
        self._check_can_be_contract()
        terms = self._one_term_each()
        vendor = self.vendor_id.commercial_partner_id
        payment = self.vendor_id.with_company(self.company_id)
        contract = self.env["supplier.contract"].create(
            {
                "title": self.reference or self.name,
                "partner_id": vendor.id,
                "company_id": self.company_id.id,
                "user_id": (self.user_id or self.env.user).id,
                "currency_id": self.currency_id.id,
                "payment_term_id": payment.property_supplier_payment_term_id.id,
                "date_from": self.date_start
                or self.company_id._supplier_day(fields.Datetime.now()),
                "date_to": self.date_end,
                "line_ids": [Command.create(term.values()) for term in terms],
            }
        )
        contract._write_guarded({"requisition_id": self.id})
        return contract

    def _check_can_be_contract(self):
        if self.requisition_type != "blanket_order" or self.state != "confirmed":
            raise UserError(
                self.env._(
                    "%(agreement)s is no blanket order that is confirmed: only these "
                    "become contracts. Confirm it first.",
                    agreement=self.name,
                )
            )
        if not self.vendor_id:
            raise UserError(
                self.env._(
                    "%(agreement)s has no vendor: choose one before it becomes a "
                    "contract.",
                    agreement=self.name,
                )
            )

    def _one_term_each(self):
        """Return what is agreed of each product.

        :raises UserError: of one of them, several things
        """
        terms, clashing = self._contract_terms()
        if clashing:
            raise UserError(
                self.env._(
                    "%(agreement)s has %(product)s at several prices: a contract has "
                    "one for each product. Make it one line.",
                    agreement=self.name,
                    product=clashing[0].display_name,
                )
            )
        return terms.values()

    def _contract_terms(self):
        """Return what the lines agree, those of a product added up.

        :return: ``{product: AgreedTerm}``, and the products that have several prices,
            or units that cannot be turned into each other
        """
        terms, clashing = {}, self.env["product.product"]
        for line in self.line_ids.filtered("product_id"):
            term = AgreedTerm(line)
            known = terms.setdefault(line.product_id, term)
            if known is term:
                continue
            if known.can_take(term):
                known.take(term)
            else:
                clashing |= line.product_id
        return terms, clashing


class AgreedTerm:
    """What a blanket order agrees of one product.

    :param line: ``purchase.requisition.line``
    """

    def __init__(self, line):
        self.env = line.env
        self.product = line.product_id
        self.unit = line.product_uom_id or line.product_id.uom_id
        self.price = line.price_unit
        self.quantity = line.product_qty

    def values(self):
        """Return the values of a contract line."""
        return {
            "product_id": self.product.id,
            "uom_id": self.unit.id,
            "price_kind": "fixed",
            "price": self.price,
            "quantity": self.quantity,
        }

    def can_take(self, other):
        """Whether another line of the product can be added: it has the same price."""
        if not self.unit._has_common_reference(other.unit):
            return False
        return self._same_price(other.unit._compute_price(other.price, self.unit))

    def take(self, other):
        """Add the quantity of another line of the product."""
        self.quantity += other.unit._compute_quantity(
            other.quantity, self.unit, round=False
        )

    def differs_from(self, term):
        """Whether a contract line has another price or quantity; an index is none."""
        if term.price_kind == "index" or not self.unit._has_common_reference(
            term.uom_id
        ):
            return True
        price = term.uom_id._compute_price(term.price or 0.0, self.unit)
        quantity = term.uom_id._compute_quantity(
            term.quantity or 0.0, self.unit, round=False
        )
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return not self._same_price(price) or float_compare(
            quantity, self.quantity, precision_digits=digits
        )

    def _same_price(self, price):
        digits = price_digits(self.env, self.price)
        return not float_compare(price, self.price, precision_digits=digits)
