from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.actions import open_records
from ...tools.counts import count_by
from ...tools.groups import USER_GROUP
from .kinds import SEVERITIES

#: As many reasons are said; more are counted.
SAID = 5


class ResPartner(models.Model):
    """How risky a vendor is for the company one works in, and why."""

    _inherit = "res.partner"

    supplier_risk_level = fields.Selection(
        SEVERITIES,
        string="Risk",
        compute="_compute_supplier_risk_level",
        search="_search_supplier_risk_level",
        groups=USER_GROUP,
        help="By the most severe signal that lasts. One that nobody confirmed, or "
        "against which measures were taken, weighs a step less. Low: a register was "
        "looked at and nothing found. Empty: nobody looked.",
    )
    supplier_risk_reasons = fields.Text(
        string="Why",
        compute="_compute_supplier_risk_reasons",
        groups=USER_GROUP,
    )
    supplier_risk_signal_count = fields.Integer(
        string="Risk Signals",
        compute="_compute_supplier_risk_signal_count",
        groups=USER_GROUP,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends_context("company")
    def _compute_supplier_risk_level(self):
        levels = self._supplier_risks()
        for partner in self:
            row = levels.get(partner.commercial_partner_id.id)
            partner.supplier_risk_level = row.level if row else False

    @api.model
    def _search_supplier_risk_level(self, operator, value):
        if operator != "in":
            return NotImplemented
        rows = self.env["supplier.risk.level"].search(
            [("company_id", "=", self.env.company.id), ("level", "!=", False)]
        )
        fitting = rows.filtered(lambda row: row.level in value)
        found = Domain("commercial_partner_id", "in", fitting.partner_id.ids)
        if False in value:
            found |= Domain("commercial_partner_id", "not in", rows.partner_id.ids)
        return found

    @api.depends_context("company", "lang")
    def _compute_supplier_risk_reasons(self):
        reasons = self._supplier_risk_reasons()
        for partner in self:
            sentences = reasons.get(partner.commercial_partner_id.id, [])
            partner.supplier_risk_reasons = "\n".join(sentences)

    def _compute_supplier_risk_signal_count(self):
        counts = count_by(
            self.env["supplier.risk.signal"],
            "commercial_partner_id",
            self.commercial_partner_id,
            [("company_id", "in", self.env.companies.ids)],
        )
        for partner in self:
            partner.supplier_risk_signal_count = counts.get(
                partner.commercial_partner_id, 0
            )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _supplier_risks(self):
        """Return ``{id of a vendor: its row of supplier.risk.level}``, in this company.

        One question, however many vendors.
        """
        rows = self.env["supplier.risk.level"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "in", self.commercial_partner_id.ids),
            ]
        )
        return {row.partner_id.id: row for row in rows}

    def _supplier_risk_reasons(self):
        """Return ``{id of a vendor: sentences}``: why its risk is what it is.

        The number of statements does not depend on how many vendors there are.
        """
        signals = self.env["supplier.risk.signal"]._weighing(
            self.commercial_partner_id, self.env.company
        )
        reasons = {}
        for partner_id, row in self._supplier_risks().items():
            mine = signals.get(partner_id, self.env["supplier.risk.signal"])
            said = [signal._reason() for signal in mine[:SAID]]
            if len(mine) > SAID:
                said.append(self.env._("And %s more.", len(mine) - SAID))
            if row.date_checked:
                said.append(self._supplier_checked_text(row, mine))
            reasons[partner_id] = said
        return reasons

    def _supplier_checked_text(self, row, signals):
        names = {"date": format_date(self.env, row.date_checked)}
        if signals:
            return self.env._("Registers were last looked at on %(date)s.", **names)
        return self.env._(
            "Registers were looked at on %(date)s: nothing that lasts was found.",
            **names,
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_supplier_risk_signals(self):
        """Open the risk signals of the vendor, or of the company it belongs to."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_risk_signal_action",
            [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            {"default_partner_id": self.commercial_partner_id.id},
        )
