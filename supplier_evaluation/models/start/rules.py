from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ...tools.wording import listed

# Which documents are proposed with a template that comes with the add-on.
PROPOSED = {
    "manufacturing": ("business_licence", "iso_9001"),
    "services": ("business_licence", "insurance"),
    "software": ("business_licence", "nda"),
}
PROPOSED_ELSE = ("business_licence",)


class SupplierStart(models.AbstractModel):
    """What suppliers must have, and who is warned about: both can wait."""

    _inherit = "supplier.start"

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    def _describe_documents(self, records):
        types = self._document_types()
        required = types.filtered("is_required")
        others = types - required
        step = self._step(
            self.env._("Documents"),
            is_optional=True,
            is_done=bool(required),
            now=[
                self.env._(
                    "Required of suppliers: %s.",
                    listed(self.env, required.mapped("name")),
                )
                if required
                else self.env._("No document is required of suppliers.")
            ],
            link=self._link(
                self.env._("Open the Document Types"), "supplier_document_type_action"
            ),
        )
        if not others:
            return step
        if refusal := self._refusal_of_shared():
            return {**step, "change": [refusal]}
        return {
            **step,
            "change": [
                self.env._(
                    "Who has none of the chosen kinds lacks a document from now on: it "
                    "shows on the vendor, and counts in templates that score documents."
                )
            ],
            "options": self._document_options(records, others, bool(required)),
            "is_many": True,
            "button": self.env._("Require Them"),
        }

    def _document_options(self, records, types, has_required):
        """Return the document types to choose from, and who lacks each."""
        proposed = () if has_required else self._proposed_documents()
        have = self._having_documents(records)
        total = len(records.suppliers)
        return [
            {
                "key": kind.id,
                "name": kind.name,
                "text": self.env._(
                    "%(count)s of %(total)s suppliers have none that is valid.",
                    count=total - have[kind.id],
                    total=total,
                ),
                "is_proposed": kind.code in proposed,
            }
            for kind in types
        ]

    def _document_types(self):
        return self.env["supplier.document.type"].search([("active", "=", True)])

    def _proposed_documents(self):
        template = self._template()
        for key, codes in PROPOSED.items():
            preset = self._preset(key)
            if template and template.name == preset.name:
                return codes
        return PROPOSED_ELSE

    def _having_documents(self, records):
        """Return ``{id of a type: how many suppliers have a valid one}``."""
        counts = defaultdict(int)
        valid = Domain(
            [
                ("commercial_partner_id", "in", records.suppliers.ids),
                ("company_id", "in", (self.env.company.id, False)),
                ("verification", "=", "verified"),
            ]
        ) & (Domain("date_to", "=", False) | Domain("date_to", ">=", records.today))
        groups = self.env["supplier.document"]._read_group(
            valid, ["type_id"], ["commercial_partner_id:count_distinct"]
        )
        counts.update((kind.id, count) for kind, count in groups)
        return counts

    def _refusal_of_shared(self):
        """Say why this manager cannot change what all companies share, or nothing."""
        others = self.env["supplier.document.type"]._companies_of_others()
        if not others:
            return ""
        return self.env._(
            "Document types are shared by all companies, and you do not act in "
            "%s: a manager who acts in every company requires them.",
            others[0].name,
        )

    def _apply_documents(self, choice):
        types = self._document_types()
        chosen = types.browse(self._chosen(choice, types.ids))
        chosen.filtered(lambda kind: not kind.is_required).is_required = True

    # ------------------------------------------------------------
    # Purchase policies
    # ------------------------------------------------------------

    def _describe_policies(self, records):
        policies = self._policies()
        active = policies.filtered("active")
        others = policies - active
        step = self._step(
            self.env._("Purchase policies"),
            is_optional=True,
            is_done=bool(active),
            now=[
                self.env._("In force: %s.", listed(self.env, active.mapped("name")))
                if active
                else self.env._("No purchase policy is in force.")
            ],
            link=self._link(
                self.env._("Open the Purchase Policies"),
                "supplier_purchase_policy_action",
            ),
        )
        if not others:
            return step
        return {
            **step,
            "change": [
                self.env._(
                    "The chosen ones warn buyers from today on and hold nothing up, "
                    "also where they would block: warn first, and see whom it hits."
                )
            ],
            "options": self._policy_options(records.suppliers, others, not active),
            "is_many": True,
            "button": self.env._("Warn From Now On"),
        }

    def _policy_options(self, suppliers, policies, is_proposed):
        """Return the policies to choose from, and whom each would hit now."""
        return [
            {
                "key": policy.id,
                "name": policy.name,
                "text": self.env._(
                    "%(count)s of %(total)s suppliers would be warned about now.",
                    count=len(self._hit_by(policy, suppliers)),
                    total=len(suppliers),
                ),
                "is_proposed": is_proposed,
            }
            for policy in policies
        ]

    def _policies(self):
        """Return the policies of the company, also those that are switched off.

        What was copied for the company stands for what it was copied from.
        """
        policies = self._all_policies()
        own = set(policies.filtered("company_id").mapped("name"))
        return policies.filtered(lambda one: one.company_id or one.name not in own)

    def _all_policies(self):
        policies = self.env["supplier.purchase.policy"].with_context(active_test=False)
        return policies.search(Domain("company_id", "in", (self.env.company.id, False)))

    def _hit_by(self, policy, suppliers):
        """Return the suppliers that a policy concerns, were it in force.

        By what is known of the supplier; which products are certified is looked at in
        orders.
        """
        criteria = policy._make_criteria()

        def value(supplier, fname):
            return policy._vendor_value(supplier, fname).id

        return suppliers.filtered(
            lambda one: (
                all(value(one, name) in ids for name, ids in criteria.vendor.items())
                and (
                    not criteria.states
                    or (one.supplier_certification_state or "none") in criteria.states
                )
            )
        )

    def _apply_policies(self, choice):
        policies = self._all_policies()
        today = self.env.company._supplier_day(fields.Datetime.now())
        for policy in policies.browse(self._chosen(choice, policies.ids)):
            own = policy if policy.active else self._of_company(policy)
            if own.active:
                continue
            warning = {"active": True, "date_from": today}
            if own.effect == "block":
                warning["effect"] = "warn"
            own.write(warning)
