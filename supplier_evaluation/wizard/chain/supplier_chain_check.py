import base64
import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...models.chain.check import verify_chain
from ...tools.actions import open_download


class SupplierChainCheck(models.TransientModel):
    """Whether the chains of the active companies hold, and where they end."""

    _name = "supplier.chain.check"
    _description = "Check of the Chain of Seals"

    line_ids = fields.One2many(
        "supplier.chain.check.line", "check_id", string="Companies", readonly=True
    )
    is_broken = fields.Boolean(compute="_compute_is_broken")
    heads = fields.Binary(compute="_compute_heads", attachment=False)

    @api.depends("line_ids.is_broken")
    def _compute_is_broken(self):
        for check in self:
            check.is_broken = any(check.line_ids.mapped("is_broken"))

    @api.depends("line_ids")
    def _compute_heads(self):
        for check in self:
            heads = [line._head() for line in check.line_ids if line.number]
            text = json.dumps({"heads": heads}, ensure_ascii=False, indent=2)
            check.heads = base64.b64encode(f"{text}\n".encode())

    @api.model
    def _run(self, companies):
        """Check the chains of companies.

        :param companies: those of the user
        :return: the check, with a line for each of them
        """
        waiting = self._waiting(companies)
        ends = self.env["supplier.chain.block"].sudo()._heads(companies.ids)
        lines = []
        for company in companies:
            broken = verify_chain(company.sudo())
            number, seal, _covers = ends[company.id]
            lines.append(
                {
                    "company_id": company.id,
                    "number": number,
                    "seal": seal,
                    "waiting": waiting.get(company.id, 0),
                    "is_broken": bool(broken),
                    "res_model": broken and broken.res_model,
                    "res_id": broken and broken.res_id,
                    "result": broken.text
                    if broken
                    else self.env._("Everything is as it was sealed."),
                }
            )
        # Nobody makes one up: what is exported is what was found.
        vals = {"line_ids": [fields.Command.create(line) for line in lines]}
        return self.browse(self.sudo().create(vals).ids)

    @api.model
    def _waiting(self, companies):
        """Return ``{company id: how many records wait for their seal}``."""
        self.env["supplier.chain.waiting"].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT company_id, COUNT(*) FROM supplier_chain_waiting"
                    " WHERE company_id = ANY(%s) GROUP BY company_id",
                    companies.ids,
                )
            )
        )

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Chain of Seals")

    def action_export(self):
        """Download where the chains end: to be kept where nobody here can write."""
        self.ensure_one()
        day = fields.Date.to_string(fields.Date.context_today(self))
        return open_download(self, "heads", f"chain-heads-{day}.json")


class SupplierChainCheckLine(models.TransientModel):
    _name = "supplier.chain.check.line"
    _description = "Check of a Company's Chain of Seals"
    _order = "id"

    check_id = fields.Many2one(
        "supplier.chain.check", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    number = fields.Integer(string="Sealed Records", readonly=True, aggregator=None)
    waiting = fields.Integer(string="Not Sealed Yet", readonly=True, aggregator=None)
    seal = fields.Char(string="Last Seal", readonly=True)
    result = fields.Text(readonly=True)
    is_broken = fields.Boolean(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    can_open = fields.Boolean(compute="_compute_can_open")

    @api.depends("res_model", "res_id")
    def _compute_can_open(self):
        for line in self:
            line.can_open = bool(line._record())

    def _record(self):
        """Return the record where the chain is broken, if there still is one."""
        self.ensure_one()
        if self.res_model not in self.env or self.res_model.startswith(
            "supplier.chain."
        ):
            return None
        return self.env[self.res_model].browse(self.res_id).exists()

    def _head(self):
        """Return the end of the chain, as it is exported."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "company": self.company_id.name,
            "number": self.number,
            "seal": self.seal,
            "exported": fields.Datetime.to_string(self.create_date) + " UTC",
        }

    def action_open(self):
        """Open the record where the chain is broken."""
        return self._record().get_formview_action()
