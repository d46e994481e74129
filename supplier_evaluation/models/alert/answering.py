from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog, open_records


class SupplierAlert(models.Model):
    """What people do with an alert: see to it, put it off, or say that it is over."""

    _inherit = "supplier.alert"

    def action_acknowledge(self):
        """See to it: whoever does so owns it, where nobody does who can."""
        self.check_access("write")
        waiting = self.filtered(lambda alert: alert.state in ("open", "snoozed"))
        if not waiting:
            raise UserError(
                self.env._("It was acknowledged already, or is over: load it again.")
            )
        waiting._answered(
            {
                "state": "acknowledged",
                "date_acknowledged": fields.Datetime.now(),
                "acknowledged_uid": self.env.uid,
                "date_snoozed": False,
            }
        )
        # Who left, or changed the company, sees to nothing any more.
        nobodys = waiting.sudo().filtered(
            lambda alert: not alert.company_id._shows_suppliers_to(alert.user_id)
        )
        nobodys._write_guarded({"user_id": self.env.uid})

    def _snooze(self, until):
        """Put them off until an instant.

        :param datetime until: in the future
        :raises UserError: it is not
        """
        self.check_access("write")
        self._check_not_over()
        if until <= fields.Datetime.now():
            raise UserError(
                self.env._("Snooze it until a time that is still to come, or not.")
            )
        self._answered({"state": "snoozed", "date_snoozed": until})
        # Nor is it overdue on anybody's list until then.
        for company, alerts in self.grouped("company_id").items():
            alerts._own_activities().filtered("automated").write(
                {"date_deadline": company._supplier_day(until)}
            )

    def _resolve(self, reason):
        """Say that it is over, and why.

        :raises UserError: there is no reason, or it is over already
        """
        self.check_access("write")
        self._check_not_over()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is resolved: that is kept with it."))
        self._answered({})
        self._over(
            {
                "resolution": "hand",
                "resolve_reason": reason.strip(),
                "resolved_uid": self.env.uid,
            }
        )

    def _check_not_over(self):
        if over := self.filtered(lambda alert: alert.state == "resolved"):
            raise UserError(
                self.env._("“%s” is resolved already.", over[0].display_name)
            )

    def _answered(self, vals):
        """Write what somebody answered, and how long the first answer took."""
        now = fields.Datetime.now()
        for alert in self:
            hours = alert.hours_to_answer
            if hours is False:
                hours = (now - alert.date_opened).total_seconds() / 3600
            alert._write_guarded({**vals, "hours_to_answer": hours})

    def _over(self, vals):
        """Close them, whoever says so; nobody has anything to do with them any more."""
        self.with_context(tracking_disable=True)._write_guarded(
            {
                "state": "resolved",
                "date_resolved": fields.Datetime.now(),
                "date_snoozed": False,
                **vals,
            }
        )
        self._own_activities().unlink()

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_snooze(self):
        """Ask until when."""
        return self._ask("snooze", self.env._("Snooze"))

    def action_resolve(self):
        """Ask why it is over."""
        return self._ask("resolve", self.env._("Resolve"))

    def _ask(self, answer, name):
        self.check_access("write")
        self._check_not_over()
        return open_dialog(
            "supplier.alert.answer.wizard",
            name,
            {"alert_ids": [fields.Command.set(self.ids)], "answer": answer},
        )

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env, "supplier_evaluation.supplier_alert_action", domain, context
        )

    def action_open_records(self):
        """Open exactly the records that it saw; facts by their rows.

        :raises UserError: there are none any more
        """
        self.ensure_one()
        records = self.env.get(self.res_model or "")
        ids = self.record_ids or []
        if records is None or not ids:
            raise UserError(self.env._("It names no records."))
        records.check_access("read")
        domain = [("id", "in", ids)]
        if self.env["supplier.kpi"]._is_fact(records) and self.partner_id:
            # Told the supplier, the query of the facts reads its records only.
            domain.append(("partner_id", "=", self.partner_id.id))
        elif not records.search_count(domain, limit=1):
            raise UserError(
                self.env._("The records that it saw are deleted, or not yours to see.")
            )
        if len(ids) == 1 and not self.env["supplier.kpi"]._is_fact(records):
            return records.browse(ids).get_formview_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self.res_model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
            "context": {},
        }

    def action_open_partner(self):
        """Open the supplier."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_start_corrective_action(self):
        """Start an 8D because of this alert, or open the one that is about it."""
        self.ensure_one()
        self.check_access("write")
        started = self._corrective_actions().get(self)
        started = started or self._start_corrective_actions()
        return started[:1].get_formview_action()
