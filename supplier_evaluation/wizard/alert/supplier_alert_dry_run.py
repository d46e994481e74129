from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...scoring.following.alert import decide
from ...tools.wording import listed

MONTHS = 12
# As many alerts are listed of each month; the others are counted.
LISTED = 20


class SupplierAlertDryRun(models.TransientModel):
    """What a rule would have raised in the last months. Nothing is kept of it."""

    _name = "supplier.alert.dry.run"
    _description = "Dry Run of an Alert Rule"

    rule_id = fields.Many2one("supplier.alert.rule", required=True, readonly=True)
    sentence = fields.Char(related="rule_id.sentence")
    total = fields.Integer(string="Alerts", readonly=True)
    note = fields.Char(readonly=True)
    line_ids = fields.One2many("supplier.alert.dry.run.line", "run_id", readonly=True)

    @api.model
    def _of(self, rule):
        """Return the dry run of a rule: looked at once at the end of each month.

        It looks at the records as they are now: what was corrected since, is.

        :param rule: one rule, which the user may read
        """
        can_look_back = rule.watch != "seal"
        rows = self._rows(rule.sudo()) if can_look_back else []
        return self.create(
            {
                "rule_id": rule.id,
                "total": sum(row["count"] for row in rows),
                "note": self.env._(
                    "Looked at once at the end of each month, in the records as they "
                    "are now."
                )
                if can_look_back
                else self.env._("A seal can only be checked as it is now."),
                "line_ids": [fields.Command.create(row) for row in rows],
            }
        )

    @api.model
    def _rows(self, rule):
        """Return a row of each month, with what would have been opened in it."""
        now = fields.Datetime.now()
        companies = rule._companies() & self.env.companies
        ends = [now - relativedelta(months=ago) for ago in range(MONTHS - 1, -1, -1)]
        open_alerts, resolved, rows = {}, {}, []
        for end in ends:
            since = end - relativedelta(months=1)
            seen = rule._see(companies, end, since)
            decision = decide(
                seen, open_alerts, resolved, end, rule.cool_down, rule._lasts()
            )
            for subject in decision.closes:
                resolved[subject] = end
                open_alerts.pop(subject)
            for each in decision.opens:
                open_alerts[each.subject] = each.subject
            if rule._lasts():
                # Somebody saw to what happened in a month, before the next.
                open_alerts.clear()
            rows.append(
                {
                    "label": format_date(
                        self.env, end - timedelta(days=1), date_format="MMMM y"
                    ),
                    "count": len(decision.opens),
                    "names": self._names(decision.opens),
                }
            )
        return rows

    @api.model
    def _names(self, opened):
        shown = opened[:LISTED]
        partners = self.env["res.partner"].sudo()
        partners = partners.browse({each.partner_id for each in shown} - {0, None})
        known = {partner.id: partner.name for partner in partners}
        names = [known.get(each.partner_id) or each.text for each in shown]
        if len(opened) > LISTED:
            names.append("…")
        return listed(self.env, filter(None, names))
