from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..bulk import bulk_update_company_values
from .supplier_certification import IN_FORCE, IN_PROGRESS

BATCH = 500


class SupplierCertification(models.Model):
    """What happens by itself: certifications end, are suspended, and are renewed.

    Each batch is one transaction, and takes a number of statements that does not
    depend on how many certifications there are.
    """

    # What is scheduled, a matter of its own, has a file of its own.
    _inherit = "supplier.certification"  # pylint: disable=consider-merging-classes-inherited

    # ------------------------------------------------------------
    # Scheduled actions
    # ------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """End what is over, and show vendors as certified from the first day on."""
        self._begin_today()
        states = (*IN_FORCE, "suspended")
        self._in_batches(self._over_domain(), states, lambda due: due._expire())

    @api.model
    def _cron_suspend(self):
        """Suspend what lost a required document."""
        self._in_batches(
            Domain("id", "in", self._lacking_ids()),
            IN_FORCE,
            lambda due: due._suspend_for_documents(),
        )

    @api.model
    def _cron_renew(self):
        """Open the renewals of what ends soon."""
        self._in_batches(
            self._ending_domain(), IN_FORCE, lambda due: due._open_renewals()
        )

    @api.model
    def _in_batches(self, domain, states, operation):
        """Apply an operation to all records of a domain, a transaction a batch."""
        ids = self.search(domain, order="id").ids
        self.env["ir.cron"]._commit_progress(remaining=len(ids))
        for start in range(0, len(ids), BATCH):
            batch = self.browse(ids[start : start + BATCH])
            # Somebody may have decided since: only what is still so.
            due = batch.try_lock_for_update(allow_referencing=True)
            operation(due.filtered(lambda one: one.state in states))
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _expire(self):
        self._transition("expired", self.env._("Its validity is over."))

    def _suspend_for_documents(self):
        self._transition("suspended", self.env._("A required document is not valid."))

    # ------------------------------------------------------------
    # What is due
    # ------------------------------------------------------------

    @api.model
    def _days_by_company(self):
        """Return the companies of each day that is today somewhere."""
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        days = {}
        for company, day in self._today(companies).items():
            days.setdefault(day, []).append(company.id)
        return days

    @api.model
    def _due_domain(self, condition):
        return Domain.OR(
            Domain("company_id", "in", company_ids) & condition(day)
            for day, company_ids in self._days_by_company().items()
        )

    @api.model
    def _over_domain(self):
        states = Domain("state", "in", [*IN_FORCE, "suspended"])
        return states & self._due_domain(lambda day: Domain("date_to", "<", day))

    @api.model
    def _ending_domain(self):
        """What ends within the days of its programme and has no renewal yet."""
        programs = self.env["supplier.certification.program"].sudo()
        lead_times = programs.with_context(active_test=False)._read_group(
            [("renewal_days", ">", 0)], ["renewal_days"], ["id:array_agg"]
        )
        soon = Domain.OR(
            Domain("program_id", "in", ids)
            & self._due_domain(
                lambda day, days=days: (
                    Domain("date_to", ">=", day)
                    & Domain("date_to", "<=", fields.Date.add(day, days=days))
                )
            )
            for days, ids in lead_times
        )
        return (
            Domain("state", "in", IN_FORCE)
            & Domain("renewal_ids", "=", False)
            & Domain("program_id.active", "=", True)
            & soon
        )

    @api.model
    def _lacking_ids(self):
        """Return what is in force without a valid document of each required type."""
        self.env.flush_all()
        days = self._days_by_company()
        pairs = [(company, day) for day, ids in days.items() for company in ids]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT c.id
                  FROM supplier_certification c
                  JOIN UNNEST(%(companies)s::integer[], %(days)s::date[])
                       AS today (company_id, day) ON today.company_id = c.company_id
                  JOIN %(required)s r
                    ON r.supplier_certification_program_id = c.program_id
                 WHERE c.state IN %(states)s
                   AND NOT EXISTS (
                       SELECT FROM supplier_document d
                        WHERE d.active
                          AND d.verification = 'verified'
                          AND d.commercial_partner_id = c.partner_id
                          AND d.type_id = r.supplier_document_type_id
                          AND (d.company_id IS NULL OR d.company_id = c.company_id)
                          AND (d.date_from IS NULL OR d.date_from <= today.day)
                          AND (d.date_to IS NULL OR d.date_to >= today.day))
                """,
                companies=[company for company, _day in pairs],
                days=[day for _company, day in pairs],
                required=SQL.identifier(
                    "supplier_certification_program_supplier_document_type_rel"
                ),
                states=IN_FORCE,
            )
        )
        return [row_id for (row_id,) in rows]

    # ------------------------------------------------------------
    # What the vendor shows
    # ------------------------------------------------------------

    @api.model
    def _begin_today(self):
        """Show what comes into force today, after what it renews."""
        domain = self._due_domain(lambda day: Domain("date_from", "=", day))
        self.search(Domain("state", "in", IN_FORCE) & domain)._refresh_vendors()

    def _refresh_vendors(self):
        """Write on the vendors how they stand in each company, the best of all."""
        self.env.flush_all()
        vendors = {(one.partner_id.id, one.company_id) for one in self}
        companies = self.company_id
        days = self._today(companies)
        stands = {}
        for partner_id, company, state, begins, ends in self.sudo()._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", companies.ids),
                ("state", "!=", "draft"),
            ],
            ["partner_id", "company_id", "state"],
            ["date_from:array_agg", "date_to:array_agg"],
        ):
            stand = self._stand(state, begins, ends, days[company])
            if stand:
                stands.setdefault((partner_id.id, company), set()).add(stand)
        partners = self.env["res.partner"]
        for company in companies:
            rows = [
                (partner_id, self._best_stand(stands.get((partner_id, company), ())))
                for partner_id, own in vendors
                if own == company
            ]
            bulk_update_company_values(
                partners, ["supplier_certification_state"], sorted(rows), company
            )

    @api.model
    def _stand(self, state, begins, ends, day):
        if state in IN_PROGRESS:
            return "in_progress"
        if state not in IN_FORCE:
            return state
        holds = any(
            begin and begin <= day <= end
            for begin, end in zip(begins, ends, strict=True)
        )
        if holds:
            return state
        return "expired" if any(end and end < day for end in ends) else False

    @api.model
    def _best_stand(self, stands):
        order = (
            "certified",
            "conditional",
            "suspended",
            "in_progress",
            "revoked",
            "rejected",
            "expired",
        )
        return next((stand for stand in order if stand in stands), None)
