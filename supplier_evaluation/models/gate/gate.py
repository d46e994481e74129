"""What the purchase policies say about orders, for any number of them at once.

Everything is read per company, never per order: the policies, the vendors, their
certifications, the overrides and the approvers.
"""

from odoo import fields
from odoo.tools import format_list

from ...tools.groups import APPROVER_GROUP, holders_of
from ..certification.status import LOST_BY_DECISION, prevailing_status, status_on
from .verdict import Verdict

NAMES_SHOWN = 5


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
        return bool(
            self.env["supplier.purchase.policy"]._any_of_company(company)
            or self.env["supplier.stage"]._limits_orders(company.id)
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


class CompanyGate:
    """The policies of one company and what they look at."""

    def __init__(self, gate, company, orders, vendors=None):
        """Read what is looked at.

        :param vendors: who is judged; by default, whom the orders are for
        """
        self.env = gate.env
        self.user = gate.user
        self.company = company
        vendors = orders.partner_id if vendors is None else vendors
        self.vendors = self._on_the_way(vendors).with_company(company)
        self.today = company._supplier_day(fields.Datetime.now())
        self.policies = self.env["supplier.purchase.policy"]._in_force(
            company, self.today
        )
        self._read_certifications(orders)
        self._overrides = None
        self._approvers = None

    def _read_certifications(self, orders):
        self.certifications, self.applying = {}, {}
        asking = self.policies.filtered(lambda policy: policy._certification_states())
        if not asking:
            return
        # Read for all orders together what is looked at order by order.
        products = orders.order_line.product_id
        products.mapped("display_name")
        products.categ_id.mapped("parent_path")
        # Archived certifications still have consequences, as on the vendor.
        everything = self.env["supplier.certification"].with_context(active_test=False)
        certifications = everything.search_fetch(
            [
                ("company_id", "=", self.company.id),
                ("partner_id", "in", self.vendors.ids),
                ("state", "!=", "draft"),
            ],
            ["partner_id", "state", "date_from", "date_to", "category_ids"],
        )
        self.certifications = {
            vendor.id: found
            for vendor, found in certifications.grouped("partner_id").items()
        }
        if any(asking.mapped("certification_program_only")):
            programs = self.env["supplier.certification.program"]
            self.applying = programs._applying(self.vendors, self.company)

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
                    and (one.supplier_stage_id or one.id in self.certifications)
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
        states = None
        for policy in self.policies._applying_to(operation):
            if not self._concerns(policy, vendor):
                continue
            lines = None
            if policy._certification_states():
                states = states or self._certification_states(order, vendor)
                lines = self._matching_lines(policy, vendor, states)
                if lines is None:
                    continue
            if policy.effect == "allow":
                return
            is_block = policy.effect == "block"
            held = self._held_back(policy, order, lines) if is_block else {}
            verdict.add(policy.effect, policy._reason(vendor, lines), held)

    def _held_back(self, policy, order, lines):
        """Return what is bought in spite of a policy, by it and what was taken away.

        A certification that somebody took away is another block than one that ended.
        """
        held = {}
        for line, state in (lines or {order.order_line: None}).items():
            lost = state if state in LOST_BY_DECISION else ""
            bought = self._bought(order, line or order.order_line)
            held.setdefault((policy.id, lost), {}).update(bought)
        return held

    def _concerns(self, policy, vendor):
        """Whether stage, tier and grade of a vendor are what a policy names.

        A contact is judged by what it has of its own, not by what it lacks.
        """
        if self._is_former(vendor) and not policy._names_somebody():
            return False
        return policy._matches_vendor(vendor)

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
        """Return the order lines that have a state of the policy, None without."""
        wanted = policy._certification_states()
        if self._is_former(vendor):
            wanted = wanted & set(LOST_BY_DECISION)
        elif policy.certification_program_only and not self.applying.get(vendor.id):
            return None
        if policy.effect == "allow" and not set(states.values()) <= wanted:
            # An exception for what is certified is none for the rest of the order.
            return None
        lines = {line: state for line, state in states.items() if state in wanted}
        return lines or None

    def _certification_states(self, order, vendor):
        """Return the state of the certification by order line.

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
        """Return what certifications say of their vendor today."""
        return prevailing_status(
            status_on(self.today, one.state, one.date_from, one.date_to)
            for one in certifications
        )

    def _apply_limit(self, verdict, order, vendor):
        """The stage of a vendor can limit what one order is worth, without taxes."""
        if not self.env["supplier.stage"]._limits_orders(self.company.id):
            return
        limit = vendor.supplier_stage_id.purchase_limit
        if not limit:
            return
        currency = self.company.currency_id
        amount = order._supplier_gate_amount()
        if currency.compare_amounts(amount, limit) <= 0:
            return
        verdict.add(
            "block",
            self.env._(
                "%(supplier)s is in the stage %(stage)s, where an order is worth "
                "%(limit)s at most without taxes; this one is worth %(amount)s.",
                supplier=vendor.display_name,
                stage=vendor.supplier_stage_id.display_name,
                limit=currency.format(limit),
                amount=currency.format(amount),
            ),
            {"limit": {0: (0, 0, currency.round(amount))}},
        )

    # ------------------------------------------------------------
    # Overrides
    # ------------------------------------------------------------

    def _apply_overrides(self, verdict, order, vendor):
        if self._overrides is None:
            self._overrides = self.env["supplier.purchase.override"]._in_force(
                self.vendors, self.company, self.today
            )
        overrides = self._overrides.filtered(
            lambda one: one._is_for(vendor, order._origin)
        )
        # The same persons that ``_grant`` refuses; the buyer can be changed later.
        involved = self.user | order.create_uid | order.user_id
        independent = overrides.filtered(lambda one: one.user_id not in involved)
        reaching = independent.filtered(lambda one: one._reaches(order))
        counting = reaching.filtered(lambda one: one._had_in_view(verdict))[:1]
        if counting:
            verdict.level = "warn"
            verdict.override = "counts"
            verdict.override_note = counting._note()
            verdict.overridden_by = counting.user_id.name
            return
        if reaching:
            verdict.override_note = self.env._(
                "The override by %(user)s does not count here: since then the order "
                "was given other products, or more speaks against it.",
                user=reaching[0].user_id.name,
            )
        elif independent:
            currency = self.company.currency_id
            verdict.override_note = self.env._(
                "The override by %(user)s does not count here: it is for this order up "
                "to %(amount)s without taxes, and the order is worth %(worth)s.",
                user=independent[0].user_id.name,
                amount=currency.format(max(independent.mapped("order_amount"))),
                worth=currency.format(order._supplier_gate_amount()),
            )
        elif self.user in overrides.user_id:
            verdict.override = "own"
            verdict.override_note = self.env._(
                "You let it pass yourself, so somebody else has to confirm it."
            )
        elif overrides:
            verdict.override_note = self.env._(
                "The override by %(user)s does not count here: nobody overrides an "
                "order of their own.",
                user=overrides[0].user_id.name,
            )
        verdict.lifters = self._lifters(involved)

    def _lifters(self, involved):
        if self._approvers is None:
            self._approvers = self.env["res.users"].search(
                holders_of(self.env, APPROVER_GROUP, self.company),
                order="id desc",
                limit=NAMES_SHOWN + 3,
            )
            self._approvers.fetch(["name"])
        names = (self._approvers - involved).sorted("name").mapped("name")
        if not names:
            return self.env._(
                "Nobody else may override this: an administrator has to give "
                "somebody the right Supplier Evaluation / Approver."
            )
        return self.env._(
            "Approvers may override this, among them %(names)s.",
            names=format_list(self.env, names[:NAMES_SHOWN]),
        )
