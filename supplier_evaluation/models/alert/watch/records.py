from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError
from odoo.fields import Domain

from ....scoring import FactScope
from ....scoring.period import period_of
from ....scoring.scope import local_midnight
from ....tools.numbers import number
from ..seen import Seen

# As many records of one alert are named; more are counted.
NAMED = 1000
DAYS = "days"


class _RecordIds:
    """Ids of the records of one model that several alerts are about, when asked for."""

    def __init__(self, alert):
        self.alert = alert

    def __iter__(self):
        for other in self.alert.browse(self.alert._prefetch_ids):
            if other.res_model == self.alert.res_model and other.res_id:
                yield other.res_id


class SupplierAlertRule(models.Model):
    """Records of a supplier: that there are any, or more than a number of them."""

    _inherit = "supplier.alert.rule"

    window = fields.Selection(
        [
            (DAYS, "The Last Days"),
            ("month", "The Current Month"),
            ("quarter", "The Current Quarter"),
            ("year", "The Current Year"),
        ],
        string="Of",
        default=DAYS,
        required=True,
    )
    window_days = fields.Integer(string="Days", default=90)
    age_days = fields.Integer(
        string="Older Than (days)",
        help="Only records whose day is so long ago. Of those without an answer, for "
        "one: choose them, and say how old they may get.",
    )
    product_category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Only records about products of these categories.",
    )
    is_each_record = fields.Boolean(
        string="An Alert for Each", help="Otherwise there is one for each supplier."
    )

    _days_not_negative = models.Constraint(
        "CHECK (window_days > 0 AND age_days >= 0)",
        "Records of how many days are watched? Enter at least 1, and no negative age.",
    )

    @api.model
    def _watched_fields(self):
        return [*super()._watched_fields(), "window", "window_days", "age_days"]

    def _problem_records(self):
        return self._source_problem()

    def _problem_count(self):
        return self._source_problem() or self._threshold_problem()

    def _sentence_records(self):
        values = {
            "records": self._records_name(),
            "days": self.window_days,
            "age": self.age_days,
        }
        if self.age_days:
            return self.env._(
                "Opens an alert when a supplier has a record of “%(records)s” that "
                "fits and is older than %(age)s days.",
                **values,
            )
        if self.window == DAYS:
            return self.env._(
                "Opens an alert when a supplier has a record of “%(records)s” that "
                "fits, of the last %(days)s days.",
                **values,
            )
        return self.env._(
            "Opens an alert when a supplier has a record of “%(records)s” that fits, "
            "in the current period.",
            **values,
        )

    def _sentence_count(self):
        values = {
            "threshold": number(self.env, self.threshold, 0),
            "records": self._records_name(),
            "days": self.window_days,
        }
        if self.window == DAYS:
            return self.env._(
                "Opens an alert when a supplier has more than %(threshold)s records of "
                "“%(records)s” that fit, in %(days)s days.",
                **values,
            )
        return self.env._(
            "Opens an alert when a supplier has more than %(threshold)s records of "
            "“%(records)s” that fit, in the current period.",
            **values,
        )

    def _seen_in_words_records(self, alert):
        if self.is_each_record:
            return self._record_name(alert)
        return self.env._("Records that fit: %s", int(alert.value))

    def _record_name(self, alert):
        """Return the name of the record that an alert is about, if it is there."""
        records = self.env.get(alert.res_model or "")
        if records is None or not alert.res_id:
            return ""
        # Together with those of the other alerts: one question for all names.
        record = records.sudo().browse(alert.res_id).with_prefetch(_RecordIds(alert))
        try:
            return record.display_name or ""
        except MissingError:
            return ""

    def _seen_in_words_count(self, alert):
        return self.env._(
            "%(count)s records, more than %(threshold)s",
            count=int(alert.value),
            threshold=int(alert.threshold),
        )

    def _records_name(self):
        return self.env["ir.model"].sudo()._get(self.model_name or "").name or ""

    # ------------------------------------------------------------
    # What is seen
    # ------------------------------------------------------------

    def _see_records(self, companies, now, _since):
        return [
            seen
            for company in companies
            for partner_id, ids in self._records_by_supplier(company, now)
            for seen in self._seen_records(company, partner_id, ids)
        ]

    def _seen_records(self, company, partner_id, ids):
        if self.is_each_record:
            return [
                Seen(
                    company.id,
                    partner_id,
                    res_model=self.model_name,
                    res_ids=(record_id,),
                    res_id=record_id,
                )
                for record_id in ids
            ]
        return [
            Seen(
                company.id,
                partner_id,
                value=float(len(ids)),
                res_model=self.model_name,
                res_ids=tuple(ids[:NAMED]),
            )
        ]

    def _see_count(self, companies, now, _since):
        limit = self._limit()
        found = []
        for company in companies:
            for partner_id, ids in self._records_by_supplier(company, now):
                count = float(len(ids))
                opens = limit.opens(count)
                if opens is not None:
                    found.append(
                        Seen(
                            company.id,
                            partner_id,
                            value=count,
                            threshold=self.threshold,
                            opens=opens,
                            res_model=self.model_name,
                            res_ids=tuple(ids[:NAMED]),
                        )
                    )
        return found

    def _records_by_supplier(self, company, now):
        """Return ``(supplier, ids of its records, the oldest first)`` of a company.

        One question, however many suppliers.

        :raises UserError: the records cannot be watched as they are chosen
        """
        source = self._source()
        if problem := source._definition_problem():
            raise UserError(
                self.env._(
                    "The rule “%(rule)s” cannot be used: %(problem)s",
                    rule=self.name,
                    problem=problem,
                )
            )
        scope = self._record_scope(company, now)
        records = source._records(scope)
        has_facts = source._has_facts()
        path = source.partner_field
        if not has_facts:
            path = f"{path}.commercial_partner_id"
        rows = records._read_group(
            source._facts_domain(scope)
            & self._age_domain(scope)
            & self._category_domain(records),
            [path],
            ["id:array_agg"],
        )
        # The oldest first, as far as they are numbered as they came.
        return [
            (partner.id, sorted(ids) if not has_facts else list(ids))
            for partner, ids in rows
            if partner
        ]

    def _record_scope(self, company, now):
        today = company._supplier_day(now)
        if self.window == DAYS:
            first = today - timedelta(days=self.window_days - 1)
        else:
            first = period_of(self.window, today)[0]
        if self.age_days:
            first = min(first, today - timedelta(days=self.age_days + self.window_days))
        return FactScope(
            company_id=company.id,
            date_from=first,
            date_to=today,
            cutoff=now,
            tz=company._supplier_tz(),
        )

    def _category_domain(self, records):
        """Return the domain of records about products of the chosen categories.

        Records that are about no product are about none of these.
        """
        if not self.product_category_ids:
            return Domain.TRUE
        for path in ("categ_id", "product_id.categ_id"):
            if path.split(".")[0] in records._fields:
                return Domain(path, "child_of", self.product_category_ids.ids)
        return Domain.FALSE

    def _age_domain(self, scope):
        """Return the domain of records that are old enough."""
        if not self.age_days:
            return Domain.TRUE
        last = scope.date_to - timedelta(days=self.age_days)
        field = self.env[self.model_name]._fields[self.date_field]
        if field.type == "datetime":
            # Days begin where the company is.
            last = local_midnight(last, scope.tz)
        return Domain(self.date_field, "<", last)
