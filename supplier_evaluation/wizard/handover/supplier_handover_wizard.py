from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.groups import MANAGER_GROUP, USER_GROUP
from ...tools.wording import label_of, listed
from .kinds import KINDS, owned


class SupplierHandoverWizard(models.TransientModel):
    """All that one person sees to goes to others, in the chosen companies.

    What there is of each kind is in ``kinds.py``, how it goes in
    ``supplier_handover_line.py``.
    """

    _name = "supplier.handover.wizard"
    _description = "Hand Over What Somebody Sees to"

    from_user_id = fields.Many2one(
        "res.users",
        string="From",
        required=True,
        domain=[("share", "=", False), ("active", "in", [True, False])],
        context={"active_test": False},
    )
    to_user_id = fields.Many2one(
        "res.users",
        string="To",
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref(USER_GROUP).ids),
        ],
        help="Proposed for everything below, where another one can be chosen.",
    )
    reason = fields.Char(string="Why", help="Is written beside each record.")
    line_ids = fields.One2many(
        "supplier.handover.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    is_of_companies = fields.Boolean(
        string="Several Companies", compute="_compute_is_of_companies"
    )

    @api.depends("line_ids.place_id")
    def _compute_is_of_companies(self):
        for wizard in self:
            wizard.is_of_companies = len(wizard.line_ids.place_id) > 1

    @api.depends("from_user_id")
    def _compute_line_ids(self):
        for wizard in self:
            found = wizard._found(wizard.from_user_id._origin)
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({"place_id": company.id, "kind": code})
                    for company, code in found
                ),
            ]

    @api.model
    def _found(self, user, companies=None):
        """Return how much somebody sees to.

        :param user: ``res.users``; empty: nobody
        :param companies: the chosen ones by default
        :return: ``{(company, kind): number}``, company by company
        """
        companies = self.env.companies if companies is None else companies
        if not user:
            return {}
        numbers = {
            (company, code): len(records)
            for code in KINDS
            for company, records in owned(self.env, code, user, companies).items()
        }
        order = list(companies)
        return dict(sorted(numbers.items(), key=lambda one: order.index(one[0][0])))

    @api.model
    def _asked_of(self, user, companies):
        """Return what somebody was asked to do about suppliers.

        :return: ``{company: activities}``, with all rights
        """
        return owned(self.env, "activity", user, companies)

    def action_apply(self):
        """Hand it over.

        :raises AccessError: the user does not manage supplier evaluations, or does not
            act in a company
        :raises UserError: both are the same person, there is nothing to hand over, or
            it does not go to somebody
        """
        self.ensure_one()
        self._check_rights()
        given = {}
        for line in self.line_ids.filtered("to_user_id"):
            if number := line._hand_over():
                given.setdefault(line.to_user_id, []).append((line, number))
        if not given:
            raise UserError(
                self.env._(
                    "%(user)s has nothing of this to hand over in %(company)s.",
                    user=self.from_user_id.name,
                    company=listed(self.env, self.env.companies.mapped("name")),
                )
            )
        for user, rows in given.items():
            self._tell(user, rows)
        return {"type": "ir.actions.act_window_close"}

    def _check_rights(self):
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluations hand over.")
            )
        if self.from_user_id in self.line_ids.to_user_id:
            raise UserError(self.env._("Choose two people: these are the same."))
        if others := self.line_ids.place_id - self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "You do not act in %(company)s, so you hand over nothing there: "
                    "ask somebody who does.",
                    company=others[0].sudo().name,
                )
            )

    def _tell(self, user, rows):
        """Send one message with all that somebody has got."""
        own = self.with_context(lang=user.lang)
        items = Markup().join(
            Markup("<li>%s: %s (%s)</li>")
            % (label_of(line.with_env(own.env), "kind"), number, line.place_id.name)
            for line, number in rows
        )
        subject = own.env._("Handed over to you")
        body = own.env._(
            "From %(before)s, by %(who)s. %(reason)s",
            before=self.from_user_id.sudo().name,
            who=self.env.user.name,
            reason=self.reason or "",
        )
        user.partner_id.sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=Markup("<p>%s</p><ul>%s</ul>") % (body.strip(), items),
        )
