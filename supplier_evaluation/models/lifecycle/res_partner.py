from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.actions import open_dialog, open_records
from ...tools.groups import MANAGER_GROUP, USER_GROUP
from ...tools.optional_numbers import OptionalInteger


class ResPartner(models.Model):
    """The stage of a vendor.

    It belongs to the commercial entity and to one company. However it is changed, the
    entry rules are checked and the change is logged.
    """

    _inherit = "res.partner"

    supplier_stage_id = fields.Many2one(
        "supplier.stage",
        company_dependent=True,
        copy=False,
        groups=USER_GROUP,
        group_expand="_group_expand_supplier_stages",
        help="Where the supplier stands in its life with this company.",
    )
    supplier_stage_date = fields.Datetime(
        string="In This Stage Since",
        compute="_compute_supplier_stage_days",
        groups=USER_GROUP,
    )
    supplier_stage_days = OptionalInteger(
        string="Days in Stage",
        compute="_compute_supplier_stage_days",
        search="_search_supplier_stage_days",
        groups=USER_GROUP,
    )
    supplier_stage_late = fields.Boolean(
        string="Too Long in Stage",
        compute="_compute_supplier_stage_days",
        groups=USER_GROUP,
        help="Longer than the target days of the stage.",
    )

    @api.model
    def _group_expand_supplier_stages(self, stages, domain):
        """Show all stages in use, and an archived one while somebody is in it."""
        return stages.with_context(active_test=False).search(
            Domain("active", "=", True) | Domain("id", "in", stages.ids)
        )

    @api.depends("supplier_stage_id")
    @api.depends_context("company")
    def _compute_supplier_stage_days(self):
        since = self.env["supplier.stage.change"]._since(self, self.env.company)
        now = fields.Datetime.now()
        for partner in self:
            stage = partner.supplier_stage_id
            date = stage and since.get(partner._origin)
            days = (now - date).days if date else False
            partner.supplier_stage_date = date
            partner.supplier_stage_days = days
            partner.supplier_stage_late = bool(
                stage.days_target and days > stage.days_target
            )

    def _search_supplier_stage_days(self, operator, value):
        """Compare the whole days since the last change.

        Who is in no stage has no days in it.
        """
        if operator == "in":
            return Domain.OR(self._domain_of_stage_days(days) for days in value)
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        # More than n whole days are at least n + 1.
        days = int(value) + (operator in (">", "<="))
        compared = SQL("<=" if operator in (">", ">=") else ">")
        instant = fields.Datetime.now() - timedelta(days=days)
        found = self.env["supplier.stage.change"]._last_changed(
            self.env.company, compared, instant
        )
        return Domain("id", "in", found) & Domain("supplier_stage_id", "!=", False)

    @api.model
    def _domain_of_stage_days(self, days):
        """Return the domain of so many days in a stage; ``False``: in no stage."""
        if days is False:
            return Domain("supplier_stage_id", "=", False)
        name = "supplier_stage_days"
        return Domain(name, ">=", days) & Domain(name, "<=", days)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        stage_ids = self._take_supplier_stages(vals_list)
        partners = super().create(vals_list)
        partners._enter_supplier_stages(stage_ids)
        return partners

    def write(self, vals):
        """Take a stage the way of :meth:`_set_supplier_stage`, as by a drag."""
        if "supplier_stage_id" not in vals or self._is_unguarded():
            return super().write(vals)
        others = {key: val for key, val in vals.items() if key != "supplier_stage_id"}
        if others:
            super().write(others)
        stage = self.env["supplier.stage"].browse(vals["supplier_stage_id"] or [])
        self._set_supplier_stage(stage)
        return True

    # ------------------------------------------------------------
    # Every way to a stage
    # ------------------------------------------------------------

    @api.model
    def _take_supplier_stages(self, vals_list):
        """Take the stages out of the values of new vendors and return them.

        The stage of a column of the kanban comes as a default in the context.
        """
        default = self.env.context.get("default_supplier_stage_id")
        taken = [vals.get("supplier_stage_id", default) for vals in vals_list]
        if any(taken):
            for vals in vals_list:
                vals["supplier_stage_id"] = False
        return taken

    def _enter_supplier_stages(self, stage_ids):
        """Move new vendors into the stages that were asked for."""
        wanted = zip(self, stage_ids, strict=True)
        by_stage = {}
        for partner, stage_id in wanted:
            if stage_id:
                by_stage[stage_id] = by_stage.get(stage_id, self.browse()) | partner
        for stage_id, partners in by_stage.items():
            stage = self.env["supplier.stage"].browse(stage_id)
            partners._set_supplier_stage(stage)

    def _set_supplier_stage(self, stage, reason="", initial=False):
        """Move the vendors into a stage of the current company.

        A contact stands for the company it belongs to, unless it has a stage from when
        it was a supplier of its own: that one it can only leave. The number of
        statements does not depend on the number of vendors.

        :param stage: ``supplier.stage``; empty: they leave the lifecycle
        :param str reason: why
        :param bool initial: take them in where they stand, without the entry rules;
            for managers, and vendors that have never been in any stage
        :return: the vendors that changed
        :raises UserError: for each vendor, what is missing
        :raises AccessError: the user may not move vendors there
        """
        # It is this user who must be allowed to, whoever read the stage.
        stage = stage.with_env(self.env)
        former = self.filtered(
            lambda one: one.supplier_stage_id and one != one.commercial_partner_id
        )
        if stage and former:
            raise UserError(
                self.env._(
                    "%(contact)s is a contact of %(company)s now: move %(company)s, or "
                    "end the stage that %(contact)s had before.",
                    contact=former[0].name,
                    company=former[0].commercial_partner_id.name,
                )
            )
        partners = former | (self - former).commercial_partner_id
        partners.check_access("read")
        partners = partners.filtered(lambda one: one.supplier_stage_id != stage)
        if not partners:
            return partners
        reason = (reason or "").strip()
        before = {partner: partner.supplier_stage_id for partner in partners}
        stage._check_mover(partners.supplier_stage_id, stage)
        if not reason and (not stage or stage.needs_reason):
            raise UserError(
                self.env._(
                    "Say why: %(stage)s takes a reason. Use Change Stage, which asks "
                    "for it.",
                    stage=stage.name or self.env._("leaving the lifecycle"),
                )
            )
        # Only of vendors it is known which documents they must have.
        partners.filtered(lambda one: not one.supplier_rank).sudo().supplier_rank = 1
        if initial:
            partners._check_initial_stage()
        else:
            stage._check_entry(partners, self.env.company)
        partners.sudo()._unguarded().write({"supplier_stage_id": stage.id})
        partners._log_supplier_stage(before, stage, reason)
        return partners

    def _check_initial_stage(self):
        """Refuse to pass over the entry rules, except at the very beginning."""
        if not self.env.user.has_group(MANAGER_GROUP):
            raise UserError(
                self.env._("Only managers may take suppliers in without entry rules.")
            )
        changes = self.env["supplier.stage.change"].sudo()
        past = changes.search(
            [
                ("partner_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
            ],
            limit=1,
        )
        if past:
            raise UserError(
                self.env._(
                    "%(supplier)s has been in a stage before, so the entry rules hold. "
                    "Only suppliers that were never in a stage are taken in without.",
                    supplier=past.partner_id.display_name,
                )
            )

    def _log_supplier_stage(self, before, stage, reason):
        """Tell the change in the register.

        Not in the chatter of the vendor, which all companies and all employees read.
        """
        company = self.env.company
        self.env["supplier.stage.change"]._append(
            [
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "stage_from_id": old.id,
                    "stage_to_id": stage.id,
                    "reason": reason,
                }
                for partner, old in before.items()
            ]
        )

    # ------------------------------------------------------------
    # For others
    # ------------------------------------------------------------

    def _supplier_order_limit(self, company):
        """Return the largest order the vendor may get, or None without a limit.

        :return: amount in the company's currency, untaxed
        """
        self.ensure_one()
        vendor = self.commercial_partner_id.with_company(company).sudo()
        return vendor.supplier_stage_id.purchase_limit or None

    def action_change_supplier_stage(self):
        """Ask for a stage and a reason."""
        return self._action_ask_supplier_stage(self.env._("Change Stage"))

    def action_enter_supplier_lifecycle(self):
        """Ask for the stage of vendors that have none.

        :raises UserError: all are in a stage already, or none is a vendor
        """
        vendors = self.commercial_partner_id.filtered(
            lambda one: one.supplier_rank and not one.supplier_stage_id
        )
        if not vendors:
            raise UserError(
                self.env._(
                    "None of these is a vendor without a stage. Choose vendors, or use "
                    "Change Stage."
                )
            )
        first = self.env["supplier.stage"].search([("is_exit", "=", False)], limit=1)
        return vendors._action_ask_supplier_stage(
            self.env._("Take into the Lifecycle"), stage_id=first.id
        )

    def _action_ask_supplier_stage(self, name, **defaults):
        partners = self.commercial_partner_id
        return open_dialog(
            "supplier.stage.wizard", name, {"partner_ids": partners.ids, **defaults}
        )

    def action_open_supplier_stage_changes(self):
        """Open the register of the vendor's stages."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_stage_change_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
        )
