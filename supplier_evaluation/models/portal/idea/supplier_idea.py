from odoo import api, fields, models
from odoo.exceptions import UserError

#: Of what a supplier sent: it reads these, and nobody else may.
KEPT = ("partner_id", "company_id", "title", "date", "origin")


class SupplierIdea(models.Model):
    """What a supplier sent stays as it was; it hears what becomes of it."""

    _inherit = "supplier.idea"

    sent_text = fields.Text(
        string="As the Supplier Wrote It", readonly=True, copy=False
    )
    answer = fields.Text(
        string="Answer to the Supplier",
        copy=False,
        help="The supplier reads it in the portal, and gets a mail with the link.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"sent_text"}

    def write(self, vals):
        self._check_as_sent(vals)
        before = {idea: (idea.state, idea.answer) for idea in self if idea.sent_text}
        result = super().write(vals)
        changed = [
            idea.id
            for idea, known in before.items()
            if (idea.state, idea.answer) != known
        ]
        if changed:
            self.env["supplier.portal"]._tell(self.browse(changed), "idea")
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_sent(self):
        for idea in self:
            if idea.sent_text:
                raise UserError(
                    self.env._(
                        "%s is an idea that the supplier sent: drop it, and say why in "
                        "the answer.",
                        idea.display_name,
                    )
                )

    def _check_as_sent(self, vals):
        """Refuse to change whose idea it is, or what it says.

        :raises UserError: naming the idea
        """
        names = [name for name in KEPT if name in vals]
        for idea in self:
            if not idea.sent_text:
                continue
            for name in names:
                field = self._fields[name]
                asked = field.convert_to_cache(vals[name], idea)
                if field.convert_to_cache(idea[name], idea) != asked:
                    raise UserError(
                        self.env._(
                            "%s is an idea that the supplier sent, and stays as it "
                            "was. Enter one of your own.",
                            idea.display_name,
                        )
                    )

    @api.model
    def _receive(self, supplier, company, vals):
        """Take an idea from outside, for whoever buys there.

        :param supplier: a commercial entity
        :param company: for which it is
        :param dict vals: what was sent, checked
        :return: the idea, with all rights
        """
        buyer = supplier.sudo().with_company(company).buyer_id
        manager = self.env["supplier.contact"].sudo()._plan_manager(company)
        owner = buyer.filtered(company._shows_suppliers_to) or manager
        ideas = self.sudo()._unguarded().with_company(company)
        idea = ideas.create(
            {
                **vals,
                "partner_id": supplier.id,
                "company_id": company.id,
                "origin": "supplier",
                "user_id": owner.id,
                "date": company._supplier_day(fields.Datetime.now()),
            }
        )
        return self.sudo().browse(idea.id)
