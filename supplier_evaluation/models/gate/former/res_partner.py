from odoo import api, fields, models
from odoo.fields import Domain

from ....tools.actions import open_dialog
from ....tools.activities import plan
from ....tools.groups import USER_GROUP
from ....tools.wording import label_of, listed
from ...certification.status import LOST_BY_DECISION

TODO = "mail.mail_activity_data_todo"
# By these Odoo tells whose contact somebody is.
MOVING = frozenset({"parent_id", "is_company"})


class ResPartner(models.Model):
    """Contacts that were suppliers of their own, and keep what was said of them.

    Odoo looks at the company above, which was never blocked. So the gate judges both,
    the forms say so, and somebody hears of it when it happens.
    """

    _inherit = "res.partner"

    supplier_former_note = fields.Text(
        compute="_compute_supplier_former_note", groups=USER_GROUP
    )
    supplier_is_former = fields.Boolean(
        compute="_compute_supplier_former_note", groups=USER_GROUP
    )

    @api.depends("parent_id", "is_company")
    @api.depends_context("company", "lang")
    def _compute_supplier_former_note(self):
        formers = self._supplier_formers()
        for partner in self:
            own = partner._origin
            partner.supplier_is_former = own in formers and bool(own.supplier_stage_id)
            shown = own & formers or formers.filtered(
                lambda one, own=own: one.commercial_partner_id == own
            )
            notes = [one._former_note() for one in shown]
            partner.supplier_former_note = "\n".join(notes) or False

    def _supplier_formers(self):
        """Return contacts of the same companies that have a stage or lost something."""
        companies = self._origin.commercial_partner_id
        return self.search(
            Domain("commercial_partner_id", "in", companies.ids)
            & Domain("id", "not in", companies.ids)
            & self._domain_of_own_standing()
        )

    @api.model
    def _domain_of_own_standing(self):
        """Return the domain of whom policies may refuse by stage or certification."""
        lost = Domain("supplier_certification_state", "in", LOST_BY_DECISION)
        return Domain("supplier_stage_id", "!=", False) | lost

    def _former_note(self):
        names = {"contact": self.name, "company": self.commercial_partner_id.name}
        said = []
        if self.supplier_stage_id:
            stage = self.supplier_stage_id.name
            said.append(self.env._("stage “%(stage)s”", stage=stage))
        if self.supplier_certification_state in LOST_BY_DECISION:
            state = label_of(self, "supplier_certification_state")
            said.append(self.env._("certification: %(state)s", state=state))
        return self.env._(
            "%(contact)s was a supplier of its own (%(said)s). Policies on orders to "
            "this contact go by that and by what they say of %(company)s.",
            said=listed(self.env, said),
            **names,
        )

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def write(self, vals):
        """Tell who buys when a supplier becomes a contact, or a contact leaves one."""
        if not MOVING & vals.keys():
            return super().write(vals)
        before = {one: one.commercial_partner_id for one in self.sudo()}
        result = super().write(vals)
        moved = self.sudo().filtered(
            lambda one: one.commercial_partner_id != before[one]
        )
        joined = moved.filtered(lambda one: before[one] == one)
        left = moved.filtered(lambda one: one.commercial_partner_id == one)
        if joined or left:
            companies = self.env["res.company"].sudo().search([("active", "=", True)])
            for company in companies:
                joined.with_company(company)._tell_of_joining(company)
                left.with_company(company)._tell_of_leaving(company, before)
        return result

    def _tell_of_joining(self, company):
        own = self.filtered_domain(self._domain_of_own_standing())
        self._put_on_lists(company, own, [one.commercial_partner_id for one in own])

    def _tell_of_leaving(self, company, before):
        """Whoever was blocked may go on under the name of one of its people."""

        def was_refused(one):
            above = before[one].with_company(company)
            return above.supplier_stage_id.is_exit or (
                above.supplier_certification_state in LOST_BY_DECISION
            )

        own = self.filtered(was_refused)
        self._put_on_lists(company, own, [before[one] for one in own])

    def _put_on_lists(self, company, partners, firms):
        """Ask the buyer, or else a manager, to look at contacts that came or went.

        All employees read what is planned for a contact, so it says nothing of stages.
        """
        vals_list = []
        for partner, firm in zip(partners, firms, strict=True):
            buyers = (firm.buyer_id, partner.buyer_id)
            heard = (one for one in buyers if company._is_heard_by(one))
            person = next(heard, None) or company._first_manager()
            if not person:
                continue
            env = self.with_context(lang=person.lang).env
            vals_list.append(
                {
                    "res_id": partner.id,
                    "user_id": person.id,
                    "supplier_company_id": company.id,
                    "date_deadline": company._supplier_day(fields.Datetime.now()),
                    "summary": env._("See how it stands as a supplier"),
                    "note": partner.with_env(env)._moving_note(firm),
                }
            )
        plan(partners, TODO, vals_list)

    def _moving_note(self, firm):
        names = {"contact": self.name, "company": firm.name}
        if self.commercial_partner_id == firm:
            return self.env._(
                "%(contact)s was a supplier of its own and is a contact of "
                "%(company)s now. What was decided about it stays with it and counts "
                "for orders to it.",
                **names,
            )
        return self.env._(
            "%(contact)s was a contact of %(company)s and is a supplier of its own "
            "now. What was decided about %(company)s does not count for it.",
            **names,
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_end_own_supplier_stage(self):
        """Ask why the stage that a contact had as a supplier counts no more."""
        self.ensure_one()
        return open_dialog(
            "supplier.stage.wizard",
            self.env._("End Its Own Stage"),
            {"partner_ids": self.ids},
        )
