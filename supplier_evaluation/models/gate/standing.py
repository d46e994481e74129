"""What the purchase policies say of vendors where one is chosen, before any order."""

from .gate import CompanyGate, PurchaseGate, Verdict


class VendorGate(CompanyGate):
    """The policies of one company, asked about vendors instead of orders.

    What a policy says of an order follows from its vendor, and from the categories of
    its products where it asks for certifications. What one order is worth is left out.

    :param vendors: partners; a contact stands for its company
    :param company: whose policies
    """

    def __init__(self, vendors, company):
        no_orders = vendors.env["purchase.order"]
        gate = PurchaseGate(no_orders)
        vendors = vendors.with_env(gate.env)
        super().__init__(gate, company.with_env(gate.env), no_orders, vendors)
        self.no_order = gate.orders
        self.category = None

    def standing(self, vendor, category=None):
        """Return the verdict on an order to a vendor.

        :param vendor: a partner
        :param category: the product category that is bought; any without it
        :rtype: Verdict
        """
        vendor = vendor.with_env(self.env).commercial_partner_id
        vendor = vendor.with_company(self.company)
        verdict = Verdict(vendor_id=vendor.id)
        self.category = category
        self._apply_policies(verdict, self.no_order, vendor, "order")
        if verdict.level == "block":
            self._apply_overrides(verdict, self.no_order, vendor)
        return verdict

    def _certification_states(self, order, vendor):
        certifications = self.certifications.get(
            vendor.id, self.env["supplier.certification"]
        )
        # A product without a category is covered by what is granted for all only.
        if self.category is not None:
            category = self.category.with_env(self.env)
            certifications = certifications.filtered(lambda one: one._covers(category))
        return {order.order_line.browse(): self._status(certifications)}

    def _apply_overrides(self, verdict, order, vendor):
        """Only one for every order of the vendor counts before there is an order."""
        if self._overrides is None:
            self._overrides = self.env["supplier.purchase.override"]._in_force(
                self.vendors, self.company, self.today
            )
        general = self._overrides.filtered(
            lambda one: one._supplier().id == vendor.id and not one.order_id
        )
        counting = general.filtered(lambda one: one.user_id != self.user)[:1]
        if counting:
            verdict.level = "warn"
            verdict.override = "counts"
            verdict.override_note = counting._note()
