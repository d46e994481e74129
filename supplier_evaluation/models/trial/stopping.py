"""Whom the purchase policies would stop, had suppliers other grades."""

from ..gate.standing import VendorGate
from ..gate.verdict import Verdict


class GradeGate(VendorGate):
    """The policies of one company, asked about vendors with a grade that is supposed.

    Policies, stages, tiers and certifications are those of today. What an approver let
    pass, and how much an order is worth, is left out.

    :param vendors: all that will be asked about
    :param company: whose policies
    """

    def __init__(self, vendors, company):
        super().__init__(vendors.sudo(), company)
        self._by_grade = {
            policy.id
            for policy in self.policies._applying_to("order")
            if policy.effect == "block" and policy.grade_ids
        }
        self._grade_id = None
        self._known = {}

    @property
    def is_needed(self):
        """Whether a policy blocks because of a grade."""
        return bool(self._by_grade)

    def stops(self, partner_id, grade_id):
        """Return whether a policy of grade blocks orders to a vendor.

        :param int partner_id: one of the vendors
        :param grade_id: the grade that it has; None has none that counts
        """
        if not self._by_grade or not grade_id:
            return False
        key = partner_id, grade_id
        if key not in self._known:
            self._grade_id = grade_id
            vendor = self.env["res.partner"].browse(partner_id)
            vendor = vendor.with_prefetch(self.vendors._prefetch_ids)
            vendor = vendor.with_company(self.company)
            verdict = Verdict(vendor_id=partner_id)
            self._apply_policies(verdict, self.no_order, vendor, "order")
            stopping = {policy_id for policy_id, *_what in verdict.blocked}
            self._known[key] = bool(self._by_grade & stopping)
        return self._known[key]

    def _concerns(self, policy, vendor):
        criteria = policy._criteria()[policy.id].vendor
        return all(
            self._value_id(policy, vendor, fname) in wanted
            for fname, wanted in criteria.items()
        )

    def _value_id(self, policy, vendor, fname):
        if fname == "supplier_grade_id":
            return self._grade_id
        return policy._value_in(self.lineage, vendor, fname).id
