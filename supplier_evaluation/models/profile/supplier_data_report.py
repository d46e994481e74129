from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...tools.actions import open_records
from ...tools.activities import plan, planned
from ...tools.groups import MANAGER_GROUP, holders_of
from ...tools.optional_numbers import OptionalFloat
from ...tools.scheduled import Work, run_scheduled
from ...tools.wording import labelled, listed

ACTIVITY = "supplier_evaluation.mail_activity_type_data_report"
PROFILES = "supplier_evaluation.supplier_profile_action"
# What is counted of the vendors of a company, and which they are.
COUNTED = {
    "vendor_count": [],
    "incomplete_count": [("score", "<", 100)],
    "no_registry_count": [("has_registry", "=", False)],
    "wrong_registry_count": [("is_registry_wrong", "=", True)],
    "unchecked_count": [("is_unchecked", "=", True)],
    "no_buyer_count": [("buyer_id", "=", False)],
    "no_document_count": [("lacks_document", "=", True)],
}


class SupplierDataReport(models.Model):
    """What is wrong with the master data of a company's vendors, week by week."""

    _name = "supplier.data.report"
    _inherit = [
        "supplier.guard.mixin",
        "supplier.optional.numbers.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Report on Master Data"
    _order = "date desc, id desc"
    _rec_name = "date"
    # Whoever reads it talks about it; nobody writes it.
    _mail_post_access = "read"

    date = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    score = OptionalFloat(
        string="Complete (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Average of the vendors of which something is asked.",
    )
    vendor_count = fields.Integer(string="Vendors", readonly=True)
    incomplete_count = fields.Integer(string="Incomplete", readonly=True)
    no_registry_count = fields.Integer(string="Without Registry Number", readonly=True)
    wrong_registry_count = fields.Integer(string="Wrong Check Digit", readonly=True)
    duplicate_count = fields.Integer(string="Likely Duplicates", readonly=True)
    unchecked_count = fields.Integer(string="Not Checked Lately", readonly=True)
    no_buyer_count = fields.Integer(string="Without a Buyer", readonly=True)
    no_document_count = fields.Integer(string="Document Missing", readonly=True)

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date", "company_id", "score", *COUNTED}

    @api.depends("date", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Master data of %(company)s, %(date)s",
                company=report.company_id.name,
                date=format_date(self.env, report.date),
            )

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_weekly(self):
        """Look for duplicates, and report on each company.

        :raises Exception: the error of what failed, when the rest is done
        """
        duplicates = self.env["supplier.duplicate"]
        run_scheduled(
            self.env,
            Work(
                "Likely duplicates",
                ["vendors"],
                lambda _all: duplicates._refresh(),
                stays=True,
            ),
            Work(
                "Reports on master data",
                self._companies_to_report(),
                self._report_on,
            ),
        )

    @api.model
    def _companies_to_report(self):
        """Return the companies of which there is no report of today yet.

        The action may run again: another company failed, or somebody pressed a button.
        """
        now = fields.Datetime.now()
        companies = self.env["res.company"].search([("active", "=", True)])
        days = {company: company._supplier_day(now) for company in companies}
        there = self.sudo().search([("date", "in", list(set(days.values())))])
        done = {(report.company_id, report.date) for report in there}
        return companies.filtered(lambda one: (one, days[one]) not in done)

    @api.model
    def _report_on(self, companies):
        """Make a report of each company as of now, and tell its managers.

        :return: the reports
        """
        rows = self.sudo()._unguarded()
        now = fields.Datetime.now()
        reports = rows.create(
            [
                {
                    "company_id": company.id,
                    "date": company._supplier_day(now),
                    **self._figures(company),
                }
                for company in companies
            ]
        )
        reports._tell_managers()
        return reports

    @api.model
    def _figures(self, company):
        """Return ``{field: number}`` of a company, in two statements."""
        profiles = self.env["supplier.profile"].sudo()
        query = profiles._search(Domain("company_id", "=", company.id))
        table = profiles._table

        def column(name):
            return SQL.identifier(table, name)

        conditions = {
            "vendor_count": SQL("TRUE"),
            "incomplete_count": SQL("%s < 100", column("score")),
            "no_registry_count": SQL("NOT %s", column("has_registry")),
            "wrong_registry_count": column("is_registry_wrong"),
            "unchecked_count": column("is_unchecked"),
            "no_buyer_count": SQL("%s IS NULL", column("buyer_id")),
            "no_document_count": column("lacks_document"),
        }
        [(score, *counts)] = self.env.execute_query(
            query.select(
                SQL("AVG(%s)", column("score")),
                *(
                    SQL("COUNT(*) FILTER (WHERE %s)", condition)
                    for condition in conditions.values()
                ),
            )
        )
        pairs = self.env["supplier.duplicate"].sudo()
        return {
            "score": score,
            **dict(zip(conditions, counts, strict=True)),
            "duplicate_count": pairs.search_count(self._domain_of_pairs(company)),
        }

    @api.model
    def _domain_of_pairs(self, company):
        """Return the domain of the pairs on which a company decides."""
        seen = (False, company.id)
        return [
            ("state", "=", "open"),
            ("partner_id.company_id", "in", seen),
            ("other_id.company_id", "in", seen),
        ]

    def _tell_managers(self):
        """Put each report with something to do on the lists of the company's managers.

        It takes the place of the one of the week before, if nobody saw to that.
        """
        users = self.env["res.users"].sudo()
        told = self.filtered(lambda report: report._has_work())
        people = {
            report: users.search(holders_of(self.env, MANAGER_GROUP, report.company_id))
            for report in told
        }
        self._take_back_older()
        plan(
            told,
            ACTIVITY,
            [
                {
                    "res_id": report.id,
                    "user_id": person.id,
                    "date_deadline": report.date,
                    "summary": report.with_context(lang=person.lang)._sentence(),
                }
                for report, persons in people.items()
                for person in persons
            ],
        )

    def _take_back_older(self):
        older = self.search(
            [("company_id", "in", self.company_id.ids), ("id", "not in", self.ids)]
        )
        planned(older, ACTIVITY).unlink()

    def _has_work(self):
        self.ensure_one()
        return bool(
            self.duplicate_count
            or any(self[name] for name in COUNTED if name != "vendor_count")
        )

    def _sentence(self):
        """Return what is to be done, as text in the language of the context."""
        self.ensure_one()
        words = {
            name: self._fields[name].get_description(self.env, ["string"])["string"]
            for name in (*COUNTED, "duplicate_count")
            if name != "vendor_count"
        }
        return listed(
            self.env,
            (
                labelled(self.env, word, self[name])
                for name, word in words.items()
                if self[name]
            ),
        )

    # ------------------------------------------------------------
    # Which they are
    # ------------------------------------------------------------

    def action_open_figure(self):
        """Open the vendors of a figure as they are now.

        The figure is named by the key ``figure`` of the context.
        """
        self.ensure_one()
        figure = self.env.context.get("figure")
        domain = COUNTED.get(figure, [])
        name = self._fields[figure if figure in COUNTED else "vendor_count"]
        return open_records(
            self.env,
            PROFILES,
            [("company_id", "=", self.company_id.id), *domain],
            name=name.get_description(self.env, ["string"])["string"],
        )

    def action_open_duplicates(self):
        """Open the pairs on which the company decides."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_duplicate_action",
            self._domain_of_pairs(self.company_id),
        )
