"""What the purchase policies say about orders, for any number of them at once.

Everything is read per company, never per order: the policies, the vendors, their
certifications, the overrides and the approvers.
"""

from odoo import fields

from ..certification.status import LOST_BY_DECISION
from .judging.lineage import Lineage
from .judging.overriding import Overriding
from .verdict import Verdict


class PurchaseGate:
    """The verdicts on orders, each for the user who asks.

    :param orders: purchase orders, also unsaved ones
    :param bool together: whether they are to be confirmed at once: each is judged with
        what those before it buy
    """

    def __init__(self, orders, together=False):
        # Everybody is subject to the policies, also who may not read them.
        self.env = orders.env(su=True)
        self.orders = orders.sudo()
        self.user = orders.env.user
        self.together = together
        self._companies = {
            company: self._gate_of(company)
            for company in self.orders.company_id
            if self._has_rules(company)
        }

    def _gate_of(self, company):
        orders = self.orders.filtered(lambda order: order.company_id == company)
        return CompanyGate(self, company, orders)

    def _has_rules(self, company):
        """Whether anything can be refused: without, no order is looked at."""
        companies = Lineage(company).companies
        return bool(
            self.env["supplier.purchase.policy"]._any_of_company(companies)
            or any(map(self.env["supplier.stage"]._limits_orders, companies.ids))
        )

    def verdicts(self, operation):
        """Return the verdict by order id.

        :param str operation: ``rfq`` to send a request, ``order`` to confirm
        """
        findings = self.orders._supplier_gate_findings(operation, self.together)
        return {
            order.id: self._verdict(order, operation, findings.get(order.id, ()))
            for order in self.orders
        }

    def _verdict(self, order, operation, findings):
        company = order.company_id
        if findings and company not in self._companies:
            self._companies[company] = self._gate_of(company)
        if company not in self._companies or not order.partner_id:
            return Verdict()
        return self._companies[company].verdict(order, operation, findings)


class CompanyGate(Overriding):
    """The policies of one company and of those above it, and what they look at."""

    def __init__(self, gate, company, orders, vendors=None):
        """Read what is looked at.

        :param vendors: who is judged; by default, whom the orders are for
        """
        self.env = gate.env
        self.user = gate.user
        self.company = company
        self.lineage = Lineage(company)
        vendors = orders.partner_id if vendors is None else vendors
        self.vendors = self._on_the_way(vendors).with_company(company)
        self.now = fields.Datetime.now()
        self.today = company._supplier_day(self.now)
        self.policies = self.env["supplier.purchase.policy"]._in_force(
            self.lineage.companies, self.today
        )
        self._read_certifications(orders)
        self._overrides = None
        self._approvers = {}

    def _read_certifications(self, orders):
        self.certifications, self.applying = {}, {}
        asking = self.policies.filtered(lambda policy: policy._certification_states())
        if not asking:
            return
        # Read for all orders together what is looked at order by order.
        products = orders.order_line.product_id
        products.mapped("display_name")
        products.categ_id.mapped("parent_path")
        self.certifications = self.lineage.certifications(self.vendors)
        if any(asking.mapped("certification_program_only")):
            programs = self.env["supplier.certification.program"]
            self.applying = programs._applying(self.vendors, self.lineage.companies)

    # ------------------------------------------------------------
    # Who is judged
    # ------------------------------------------------------------

    def _on_the_way(self, partners):
        """Return the partners with all above them, up to their companies."""
        found = partners.browse()
        while partners:
            found |= partners
            partners = partners.filtered(
                lambda one: one != one.commercial_partner_id
            ).parent_id
        return found | found.commercial_partner_id

    def _judged(self, partner):
        """Return whose stage and certifications count for an order, its company first.

        Who was a supplier of its own before it became a contact keeps what was said of
        it: nobody who is blocked is bought from because of a company above.
        """
        company = partner.commercial_partner_id
        former = (
            self._on_the_way(partner)
            .with_company(self.company)
            .filtered(
                lambda one: (
                    one.id != company.id
                    and (self.lineage.has_stage(one) or one.id in self.certifications)
                )
            )
        )
        return [one.with_company(self.company) for one in (*company, *former)]

    # ------------------------------------------------------------
    # Policies
    # ------------------------------------------------------------

    def verdict(self, order, operation, findings=()):
        """Return the verdict on one order of the company."""
        return self._of_all(order.partner_id, order, operation, findings)

    def _of_all(self, partner, order, operation, findings=()):
        company, *former = self._judged(partner)
        verdict = self._of_one(company, order, operation, findings)
        for one in former:
            verdict.join(self._of_one(one, order, operation))
        return verdict

    def _of_one(self, vendor, order, operation, findings=()):
        former_id = vendor.id if self._is_former(vendor) else 0
        verdict = Verdict(vendor_id=vendor.id, former_id=former_id)
        self._apply_policies(verdict, order, vendor, operation)
        if operation == "order":
            self._apply_limit(verdict, order, vendor)
        for level, reason, key, lines in findings:
            verdict.add(level, reason, {key: self._bought(order, lines)})
        if verdict.level == "block":
            self._apply_overrides(verdict, order, vendor)
        return verdict

    def _apply_policies(self, verdict, order, vendor, operation):
        """Judge the vendor by each stage that the company and those above gave it."""
        states = {}
        for level in self.lineage.levels(vendor):
            self._apply_policies_at(level, verdict, order, operation, states)

    def _apply_policies_at(self, level, verdict, order, operation, states):
        is_above = self.lineage.is_above(level.env.company)
        ended = set()
        for policy in self.policies._applying_to(operation):
            if policy._owner_id() in ended or not self._concerns(policy, level):
                continue
            lines = None
            if policy._certification_states():
                if not states:
                    states.update(self._certification_states(order, level))
                lines = self._matching_lines(policy, level, states)
                if lines is None:
                    continue
            if policy.effect == "allow":
                ended |= self.lineage.ended_by(policy._owner_id())
            elif not is_above or policy._names_stage():
                # What does not depend on the stage was judged in the company itself.
                self._apply_policy(policy, verdict, order, level, lines)

    def _apply_policy(self, policy, verdict, order, vendor, lines):
        reason = policy._reason(vendor, self.lineage, lines)
        if policy.effect != "block":
            verdict.add(policy.effect, reason, {})
            return
        deciding = policy._deciding(self.lineage, vendor)
        held = self._held_back(policy, order, lines, deciding)
        above_ids = set(deciding.ids).union(
            company.id
            for said in (lines or {}).values()
            for _state, company in said
            if self.lineage.is_above(company)
        )
        verdict.add("block", reason, held, above_ids)

    def _held_back(self, policy, order, lines, deciding):
        """Return what is bought in spite of a policy, by it and what was taken away.

        A certification that somebody took away is another block than one that ended,
        and what a company above decided another than what the company did.
        """
        held = {}
        for line, said in (lines or {order.order_line: [("", self.company)]}).items():
            bought = self._bought(order, line or order.order_line)
            for state, company in said:
                lost = state if state in LOST_BY_DECISION else ""
                above = (deciding | company) & self.lineage.above
                key = (policy.id, lost, *sorted(above.ids))
                held.setdefault(key, {}).update(bought)
        return held

    def _concerns(self, policy, vendor):
        """Whether stage, tier and grade of a vendor are what a policy names.

        A contact is judged by what it has of its own, not by what it lacks.
        """
        if self._is_former(vendor) and not policy._names_somebody():
            return False
        return policy._matches_vendor(vendor, self.lineage)

    def _is_former(self, vendor):
        return vendor.id != vendor.commercial_partner_id.id

    def _bought(self, order, lines):
        """Return what lines buy: product, quantity and worth by line.

        What was received without being ordered has a line without a quantity.
        """
        currency, rate = self.company.currency_id, order.currency_rate or 1.0
        return {
            line.id: (
                line.product_id.id,
                line.product_uom_qty,
                currency.round(line.price_subtotal / rate),
            )
            for line in lines
            if line.product_id and line.product_qty > 0
        }

    def _matching_lines(self, policy, vendor, states):
        """Return what the policy asks for of what is said by line, None without."""
        wanted = policy._certification_states()
        if self._is_former(vendor):
            wanted = wanted & set(LOST_BY_DECISION)
        elif policy.certification_program_only and not self.applying.get(vendor.id):
            return None
        lines = {
            line: found
            for line, said in states.items()
            if (found := [each for each in said if each[0] in wanted])
        }
        if policy.effect == "allow" and lines != states:
            # An exception for what is certified is none for the rest of the order.
            return None
        return lines or None

    def _certification_states(self, order, vendor):
        """Return what is said of the certification by order line, and who says so.

        Only what was applied for or granted for the category of the product counts:
        suspended for electronics says nothing of packaging. An order without
        products has the state of everything its vendor has.
        """
        certifications = self.certifications.get(
            vendor.id, self.env["supplier.certification"]
        )
        states = {}
        for line in order.order_line.filtered("product_id"):
            covering = certifications.filtered(
                lambda one, line=line: one._covers(line.product_id.categ_id)
            )
            states[line] = self._status(covering)
        return states or {order.order_line.browse(): self._status(certifications)}

    def _status(self, certifications):
        """Return what certifications say of their vendor today, and who says so."""
        return self.lineage.statuses(certifications, self.now)

    def _apply_limit(self, verdict, order, vendor):
        """The stage of a vendor can limit what one order is worth, without taxes."""
        stages = self.env["supplier.stage"]
        if any(map(stages._limits_orders, self.lineage.companies.ids)):
            for level in self.lineage.levels(vendor):
                self._apply_limit_at(level, verdict, order)

    def _apply_limit_at(self, vendor, verdict, order):
        company, stage = vendor.env.company, vendor.supplier_stage_id
        limit = stage.purchase_limit
        if not limit:
            return
        # Branches have the currency of the company above them.
        currency = self.company.currency_id
        amount = order._supplier_gate_amount()
        if currency.compare_amounts(amount, limit) <= 0:
            return
        above_ids = (company & self.lineage.above).ids
        verdict.add(
            "block",
            self.env._(
                "%(supplier)s is in the stage %(stage)s, where an order is worth "
                "%(limit)s at most without taxes; this one is worth %(amount)s.",
                supplier=vendor.display_name,
                stage=self.lineage.at(stage.display_name, company),
                limit=currency.format(limit),
                amount=currency.format(amount),
            ),
            {
                f"limit {company.id}" if above_ids else "limit": {
                    0: (0, 0, currency.round(amount))
                }
            },
            above_ids,
        )
