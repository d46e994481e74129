"""Which overrides let an order pass, and who else may let it."""

from odoo.fields import Domain
from odoo.tools import format_list

from ....tools.groups import APPROVER_GROUP, holders_of
from ....tools.wording import listed

NAMES_SHOWN = 5


def approvers_of(env, company, above_ids):
    """Return the domain of the approvers who may let orders of a company pass.

    :param above_ids: the companies above that decided what blocks; an approver has to
        be one of theirs as well
    """
    domain = holders_of(env, APPROVER_GROUP, company)
    return domain & Domain.AND(
        Domain("company_ids", "in", [each]) for each in sorted(above_ids)
    )


class Overriding:
    """The part of a gate that knows the overrides of the company that buys."""

    def _apply_overrides(self, verdict, order, vendor):
        if self._overrides is None:
            self._overrides = self.env["supplier.purchase.override"]._in_force(
                self.vendors, self.company, self.today
            )
        overrides = self._overrides.filtered(
            lambda one: one._is_for(vendor, order._origin)
        )
        # Who became the buyer after granting it; before, ``_grant`` refuses them.
        involved = self.user | order.create_uid | order.user_id
        independent = overrides.filtered(lambda one: one.user_id not in involved)
        entitled = independent._decided_for(verdict.above_ids)
        reaching = entitled.filtered(lambda one: one._reaches(order))
        counting = reaching.filtered(lambda one: one._had_in_view(verdict))[:1]
        if counting:
            verdict.level = "warn"
            verdict.override = "counts"
            verdict.override_note = counting._note()
            verdict.overridden_by = counting.user_id.name
            return
        verdict.override_note = self._why_none_counts(
            verdict, order, (overrides, independent, entitled, reaching)
        )
        if not independent and self.user in overrides.user_id:
            verdict.override = "own"
        people = involved | order._all_owners()
        verdict.lifters = self._lifters(people, verdict.above_ids)

    def _why_none_counts(self, verdict, order, found):
        """Return what is said of overrides that do not count; nothing without any.

        :param found: all of them, and what each question left of those before
        """
        overrides, independent, entitled, reaching = found
        if reaching:
            return self.env._(
                "The override by %(user)s does not count here: since then the order "
                "was given other products, or more speaks against it.",
                user=reaching[0].user_id.name,
            )
        if entitled:
            currency = self.company.currency_id
            return self.env._(
                "The override by %(user)s does not count here: it is for this order up "
                "to %(amount)s without taxes, and the order is worth %(worth)s.",
                user=entitled[0].user_id.name,
                amount=currency.format(max(entitled.mapped("order_amount"))),
                worth=currency.format(order._supplier_gate_amount()),
            )
        if independent:
            return self._not_entitled(independent[0], verdict)
        if self.user in overrides.user_id:
            return self.env._(
                "You let it pass yourself, so somebody else has to confirm it."
            )
        if overrides:
            return self.env._(
                "The override by %(user)s does not count here: nobody overrides an "
                "order of their own.",
                user=overrides[0].user_id.name,
            )
        return ""

    def _names_of(self, company_ids):
        companies = self.env["res.company"].browse(sorted(company_ids))
        return listed(self.env, companies.mapped("name"))

    def _not_entitled(self, override, verdict):
        return self.env._(
            "The override by %(user)s does not count here: who lets pass what "
            "%(companies)s decided needs access to that company too.",
            user=override.user_id.name,
            companies=self._names_of(verdict.above_ids),
        )

    def _lifters(self, involved, above_ids):
        key = frozenset(above_ids)
        if key not in self._approvers:
            self._approvers[key] = self.env["res.users"].search(
                approvers_of(self.env, self.company, above_ids),
                order="id desc",
                limit=NAMES_SHOWN + 3,
            )
            self._approvers[key].fetch(["name"])
        names = (self._approvers[key] - involved).sorted("name").mapped("name")
        if not names and above_ids:
            return self.env._(
                "Nobody else may override this: it takes an approver with access to "
                "%(company)s and to %(companies)s.",
                company=self.company.name,
                companies=self._names_of(above_ids),
            )
        if not names:
            return self.env._(
                "Nobody else may override this: an administrator has to give "
                "somebody the right Supplier Evaluation / Approver."
            )
        return self.env._(
            "Approvers may override this, among them %(names)s.",
            names=format_list(self.env, names[:NAMES_SHOWN]),
        )
