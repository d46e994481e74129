from datetime import date
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools.wording import listed, sentences
from ..certification.status import PRECEDENCE


class Criteria(NamedTuple):
    """What a policy asks for; what is empty is met by everybody.

    ``vendor`` has the ids that a field of the vendor may have, by its name.
    """

    company_id: int
    date_from: date
    operations: set
    vendor: dict
    states: set


class SupplierPurchasePolicy(models.Model):
    """Who may be bought from: a line of a list that is read from top to bottom.

    A policy concerns the vendors that meet all its criteria; an empty criterion is
    met by everybody. The policies that concern a vendor add up, the strictest
    decides. An exception ends the reading: what follows it does not count.
    """

    _name = "supplier.purchase.policy"
    _inherit = ["supplier.shared.mixin"]
    _description = "Purchase Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: it holds for every company."
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=fields.Date.context_today,
        help="The policy counts for what is sent or confirmed on this day or later. "
        "Orders that are confirmed already stay as they are.",
    )
    applies_to_rfq = fields.Boolean(
        string="Requests for Quotation",
        help="When a request is sent or printed.",
    )
    applies_to_order = fields.Boolean(
        string="Orders", default=True, help="When an order is confirmed."
    )
    effect = fields.Selection(
        selection=[
            ("allow", "Allow: an exception from the policies below"),
            ("warn", "Warn"),
            ("block", "Block"),
        ],
        required=True,
        default="warn",
    )
    message = fields.Text(
        translate=True,
        help="What the buyer should know or do; shown with the reason.",
    )
    # An archived criterion still restricts the policy: without it, everybody would
    # be concerned. For the same reason none in use can be deleted.
    stage_ids = fields.Many2many(
        "supplier.stage",
        string="Stages",
        ondelete="restrict",
        context={"active_test": False},
    )
    tier_ids = fields.Many2many(
        "supplier.tier",
        string="Tiers",
        ondelete="restrict",
        context={"active_test": False},
    )
    grade_ids = fields.Many2many(
        "supplier.grade",
        string="Grades",
        ondelete="restrict",
        context={"active_test": False},
        help="Grade of the last published scorecard. A provisional one never counts.",
    )
    certification_none = fields.Boolean(
        string="None, or not for the product",
        help="No certification covers the category of a product that is ordered: "
        "none is in force, none was lost, and none was applied for.",
    )
    certification_in_progress = fields.Boolean(
        string="In progress",
        help="Applied for, while none is in force and none was lost.",
    )
    certification_certified = fields.Boolean(string="Certified")
    certification_conditional = fields.Boolean(string="With conditions")
    certification_suspended = fields.Boolean(string="Suspended")
    certification_rejected = fields.Boolean(string="Rejected")
    certification_revoked = fields.Boolean(string="Revoked")
    certification_expired = fields.Boolean(string="Expired")
    certification_program_only = fields.Boolean(
        string="Only where a programme applies",
        help="Leave out the vendors that no certification programme applies to. A "
        "programme for product categories applies to vendors of which something in "
        "them was ordered before: it does not see a first order.",
    )
    has_certification = fields.Boolean(compute="_compute_has_certification")

    _applies_to_something = models.Constraint(
        "CHECK (applies_to_rfq IS TRUE OR applies_to_order IS TRUE)",
        "A purchase policy applies to requests for quotation, to orders, or to both.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("effect", "message")
    def _check_message(self):
        for policy in self:
            if policy.effect == "allow" and not (policy.message or "").strip():
                raise ValidationError(
                    self.env._(
                        "The policy %(policy)s is an exception: write into its "
                        "message why it is made.",
                        policy=policy.name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(*(f"certification_{status}" for status in PRECEDENCE))
    def _compute_has_certification(self):
        for policy in self:
            policy.has_certification = bool(policy._make_criteria().states)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        self.env.registry.clear_cache()
        return policies

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache(cache="default")
    def _criteria(self):
        """Return ``{policy id: Criteria}`` of all that are active, in reading order.

        Every order asks, and policies hardly ever change: the answer is kept, for
        whoever asks, in whatever context.
        """
        policies = self.sudo().search([("active", "=", True)])
        return {policy.id: policy._make_criteria() for policy in policies}

    def _make_criteria(self):
        policy = self.with_context(active_test=False)
        wanted = {
            "supplier_stage_id": policy.stage_ids,
            "supplier_tier_id": policy.tier_ids,
            "supplier_grade_id": policy.grade_ids,
        }
        return Criteria(
            company_id=policy.company_id.id,
            date_from=policy.date_from,
            operations={
                operation
                for operation in ("rfq", "order")
                if policy[f"applies_to_{operation}"]
            },
            vendor={
                fname: set(values.ids) for fname, values in wanted.items() if values
            },
            states={
                status for status in PRECEDENCE if policy[f"certification_{status}"]
            },
        )

    @api.model
    def _any_of_company(self, companies):
        """Whether there is a policy of one of the companies, on whatever day."""
        owners = {False, *companies.ids}
        return any(one.company_id in owners for one in self._criteria().values())

    @api.model
    def _in_force(self, companies, day):
        """Return the policies of companies on a day, in the order of reading.

        :param companies: the one that buys, and those above it
        :param date day: in the time zone of the one that buys
        """
        owners = {False, *companies.ids}
        policies = self.browse(
            policy_id
            for policy_id, one in self._criteria().items()
            if one.company_id in owners and one.date_from <= day
        )
        return policies.with_context(active_test=False)

    def _applying_to(self, operation):
        """Return those that look at an operation, ``rfq`` or ``order``."""
        criteria = self._criteria()
        return self.filtered(lambda one: operation in criteria[one.id].operations)

    def _certification_states(self):
        """Return the statuses that are ticked; empty: any."""
        self.ensure_one()
        return self._criteria()[self.id].states

    def _names_somebody(self):
        """Whether it asks for a stage, tier, grade or certification."""
        criteria = self._criteria()[self.id]
        return bool(criteria.vendor or criteria.states)

    def _names_stage(self):
        """Whether it asks for a stage."""
        return "supplier_stage_id" in self._criteria()[self.id].vendor

    def _owner_id(self):
        """Return the id of its company, False if it is one of all companies."""
        return self._criteria()[self.id].company_id

    def _matches_vendor(self, vendor, lineage):
        """Whether stage, tier and grade of the vendor are what the policy names.

        :param vendor: a commercial partner in the context of the company
        :param lineage: the company that buys, and those above it
        """
        self.ensure_one()
        return all(
            self._value_in(lineage, vendor, fname).id in wanted
            for fname, wanted in self._criteria()[self.id].vendor.items()
        )

    def _value_in(self, lineage, vendor, fname):
        """Return the stage that a company gave, the tier or grade of the nearest one.

        :return: in the context of the company that says so
        """
        value = self._vendor_value(vendor, fname)
        if fname == "supplier_stage_id" or not lineage.above:
            return value
        for company in lineage.companies:
            value = self._vendor_value(vendor.with_company(company), fname)
            if value:
                break
        return value

    def _deciding(self, lineage, vendor):
        """Return the companies above whose policy, stage, tier or grade it is about."""
        if not lineage.above:
            return lineage.above
        deciding = self.company_id
        for fname in self._criteria()[self.id].vendor:
            deciding |= self._value_in(lineage, vendor, fname).env.company
        return deciding & lineage.above

    def _vendor_value(self, vendor, fname):
        value = vendor[fname]
        if fname == "supplier_grade_id" and vendor.supplier_score_provisional:
            return value.browse()
        return value

    def _reason(self, vendor, lineage, lines=None):
        """Say in words why the policy concerns the vendor, and who decided that.

        :param lineage: the company that buys, and those above it
        :param dict lines: what certifications say by order line, as the gate finds it,
            if this is a criterion
        """
        self.ensure_one()
        parts = []
        if self.stage_ids:
            stage = vendor.supplier_stage_id
            text = self.env._("stage %(stage)s", stage=stage.name)
            parts.append(lineage.at(text, stage.env.company))
        if self.tier_ids:
            tier = self._value_in(lineage, vendor, "supplier_tier_id")
            text = self.env._("tier %(tier)s", tier=tier.name)
            parts.append(lineage.at(text, tier.env.company))
        if self.grade_ids:
            grade = self._value_in(lineage, vendor, "supplier_grade_id")
            text = self.env._("grade %(grade)s", grade=grade.name)
            parts.append(lineage.at(text, grade.env.company))
        parts += self._certification_reasons(lineage, lines or {})
        reason = self.env._(
            "%(policy)s: %(supplier)s (%(criteria)s).",
            policy=lineage.named(self),
            supplier=vendor.display_name,
            criteria=listed(self.env, parts) or self.env._("every supplier"),
        )
        return sentences(self.env, filter(None, (reason, self.message)))

    def _certification_reasons(self, lineage, lines):
        labels = dict(
            self.env["res.partner"]
            ._fields["supplier_certification_state"]
            ._description_selection(self.env)
        )
        by_state = {}
        for line, said in lines.items():
            for each in said:
                by_state.setdefault(each, line.browse())
                by_state[each] |= line
        reasons = []
        for (state, company), found in by_state.items():
            products = listed(self.env, found.product_id.mapped("display_name"))
            if state == "none" and products:
                text = self.env._("not certified for %(products)s", products=products)
            elif products:
                text = self.env._(
                    "certification for %(products)s: %(state)s",
                    products=products,
                    state=labels[state],
                )
            else:
                text = self.env._("certification: %(state)s", state=labels[state])
            reasons.append(lineage.at(text, company))
        return reasons
