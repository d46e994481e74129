"""What the purchase policies say of vendors where one is chosen, before any order."""

from .gate import CompanyGate, PurchaseGate


class VendorGate(CompanyGate):
    """The policies that hold in a company, asked about vendors instead of orders.

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
        self.category = category
        return self._of_all(vendor.with_env(self.env), self.no_order, "order")

    def _apply_limit(self, verdict, order, vendor):
        """What an order is worth is not known before there is one."""

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
            lambda one: not one.order_id and one._is_for(vendor, one.order_id)
        )
        independent = general.filtered(lambda one: one.user_id != self.user)
        counting = independent._decided_for(verdict.above_ids)[:1]
        if counting:
            verdict.level = "warn"
            verdict.override = "counts"
            verdict.override_note = counting._note()
