from datetime import timedelta

from odoo import api, fields, models

DAYS = 14


class SupplierCustomerAskWizard(models.TransientModel):
    """Whom to ask about which supplier, and until when."""

    _name = "supplier.customer.ask.wizard"
    _inherit = ["supplier.guard.mixin"]
    _description = "Ask Customers"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", required=True, check_company=True
    )
    respondent_ids = fields.Many2many(
        "res.partner",
        "supplier_customer_ask_respondent_rel",
        string="People",
        required=True,
        check_company=True,
        help="People of customers or sites, with an e-mail address. Each gets a mail "
        "with a link, in their language. Contacts that you entered yourself, a manager "
        "or a colleague asks.",
    )
    questionnaire_id = fields.Many2one(
        "supplier.questionnaire",
        required=True,
        check_company=True,
        default=lambda self: self._default_questionnaire(),
    )
    about = fields.Char(
        string="What It Is About",
        help="An order, a delivery or a project, in words that the people know. They "
        "read it in the mail and on the page.",
    )
    date_due = fields.Date(
        string="Answer Until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
        help="They are reminded once before. The link is good for a month more.",
    )
    problem = fields.Text(
        string="Not Asked", compute="_compute_problem", help="Who, and why."
    )

    @api.model
    def _default_questionnaire(self):
        own = self.env.ref(
            "supplier_evaluation.supplier_questionnaire_customer",
            raise_if_not_found=False,
        )
        if own and own.active:
            return own
        shared = [("company_id", "=", False)]
        return self.env["supplier.questionnaire"].search(shared, limit=1)

    @api.depends("partner_id", "respondent_ids", "company_id")
    def _compute_problem(self):
        """Say before who cannot be asked; the others are."""
        reviews = self.env["supplier.customer.review"]
        for dialog in self:
            people = dialog.respondent_ids._origin
            problems = {}
            if dialog.partner_id and people:
                problems = reviews._problems_of(
                    dialog.partner_id._origin, people, dialog.company_id
                )
            dialog.problem = "\n".join(problems.values()) or False

    def action_apply(self):
        """Ask the people, and show what they were asked.

        :raises UserError: nobody can be asked
        """
        self.ensure_one()
        reviews, problems = self.env["supplier.customer.review"]._ask(
            self.company_id,
            self.partner_id,
            self.respondent_ids,
            self.questionnaire_id,
            self.date_due,
            self.about,
        )
        action = reviews._action_list([("id", "in", reviews.ids)])
        if not problems:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Not Asked"),
                "message": "\n".join(problems),
                "type": "warning",
                "sticky": True,
                "next": action,
            },
        }
