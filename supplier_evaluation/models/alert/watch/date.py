from datetime import datetime, timedelta

from odoo import api, fields, models

from ....scoring.scope import local_midnight
from ....tools.numbers import number
from ..seen import Seen


class SupplierAlertRule(models.Model):
    """A date that comes near: something expires in so many days, or just has."""

    _inherit = "supplier.alert.rule"

    @api.model
    def _watched_fields(self):
        return [*super()._watched_fields(), "date_field"]

    def _problem_date(self):
        return self._source_problem() or self._threshold_problem()

    def _sentence_date(self):
        return self.env._(
            "Opens an alert for each record whose date comes within %s days.",
            number(self.env, self.threshold, 0),
        )

    def _seen_in_words_date(self, alert):
        days = int(alert.value)
        if days < 0:
            return self.env._(
                "%(record)s: over for %(days)s days",
                record=self._record_name(alert),
                days=-days,
            )
        return self.env._(
            "%(record)s: in %(days)s days", record=self._record_name(alert), days=days
        )

    def _see_date(self, companies, now, _since):
        """Look so many days ahead, and as many back: it stays until it is renewed.

        What ran out before that opens none, but is not over because time passed. From a
        vendor in the archive nothing is expected.
        """
        source = self._source()
        known = self._open_record_ids()
        field = self.env[self.model_name]._fields[self.date_field]
        found = []
        for company in companies:
            today = company._supplier_day(now)
            scope = self._record_scope(company, now)
            records = source._records(scope)
            days = timedelta(days=int(self.threshold))
            first, stop = today - days, today + days + timedelta(days=1)
            if field.type == "datetime":
                # Days begin where the company is.
                first, stop = (local_midnight(day, scope.tz) for day in (first, stop))
            company_values = [company.id, False]
            rows = records.search_fetch(
                source._own_domain()
                & (
                    fields.Domain(self.date_field, ">=", first)
                    | fields.Domain("id", "in", known)
                )
                & fields.Domain(self.date_field, "<", stop)
                & fields.Domain(self.company_field, "in", company_values)
                & fields.Domain(self.partner_field, "!=", False),
                [self.date_field, self.partner_field, self.company_field],
                order=f"{self.date_field}, id",
            )
            found += [
                self._seen_date(company, row, today, first)
                for row in rows
                if self._is_of(company, row) and self._is_expected_of(row)
            ]
        return found

    def _is_of(self, company, record):
        """Whether a record that is shared by all companies is this one's to watch.

        It is watched by the company in which its owner works, or else by the first.
        """
        if record[self.company_field]:
            return True
        owner = record.sudo().user_id if "user_id" in record._fields else False
        home = owner.company_id if owner else self._companies()[:1]
        return company == (self.company_id or home)

    def _is_expected_of(self, record):
        return record.sudo()[self.partner_field].commercial_partner_id.active

    def _open_record_ids(self):
        """Return the ids of the records about which an alert is open."""
        alerts = self.env["supplier.alert"].sudo()
        waiting = alerts.search(
            [("rule_id", "=", self.id), ("state", "!=", "resolved")]
        )
        return [alert.res_id for alert in waiting if alert.res_model == self.model_name]

    def _seen_date(self, company, record, today, first):
        day = record[self.date_field]
        opens = day >= first
        if isinstance(day, datetime):
            day = company._supplier_day(day)
        return Seen(
            company.id,
            record.sudo()[self.partner_field].commercial_partner_id.id,
            value=float((day - today).days),
            threshold=self.threshold,
            opens=opens,
            res_model=self.model_name,
            res_ids=(record.id,),
            res_id=record.id,
        )
