import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...tools.bulk import bulk_update_company_values
from .supplier_certification import IN_FORCE, IN_PROGRESS
from .workflow import ACTIVITY

BATCH = 500
#: Days within which the vendors of what came into force are written again.
BEGUN_DAYS = 30
_TELLING = "supplier_certification_telling"

_logger = logging.getLogger(__name__)


class SupplierCertification(models.Model):
    """What happens by itself: certifications end, are suspended, and are renewed.

    Each batch is one transaction of its own, and takes a number of statements that does
    not depend on how many certifications there are.
    """

    _inherit = "supplier.certification"

    # ------------------------------------------------------------
    # Scheduled actions
    # ------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """End what is over, and show vendors as certified from the first day on."""
        self._in_batches(self._begun, lambda due: due._refresh_vendors())
        self._in_batches(self._over, lambda due: due._expire())

    @api.model
    def _cron_suspend(self):
        """Suspend what lost a required document."""
        self._in_batches(self._lacking, lambda due: due._suspend_for_documents())

    @api.model
    def _cron_renew(self):
        """Open the renewals of what ends soon."""
        self._in_batches(self._ending, lambda due: due._open_renewals())

    @api.model
    def _in_batches(self, find, operation):
        """Apply an operation to all that is due, a transaction a batch.

        A batch that fails is done again one by one: a bad one is noted in the log
        and tried again on the next day, the others are done.

        :param find: returns what is due, of some ids or of all
        """
        ids = sorted(find().ids)
        self.env["ir.cron"]._commit_progress(remaining=len(ids))
        for batch in split_every(BATCH, ids):
            if not self._try_batch(find, operation, batch):
                for one in batch:
                    self._try_batch(find, operation, [one])
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    @api.model
    def _try_batch(self, find, operation, ids):
        """Do a batch in a savepoint; return whether it went well."""
        try:
            with self.env.cr.savepoint():
                batch = self.browse(ids)
                # Somebody may have decided since: only what is still due.
                batch.invalidate_recordset()
                operation(find(batch.try_lock_for_update(allow_referencing=True).ids))
                self.env.flush_all()
        except Exception:
            _logger.exception("Certifications that could not be processed: %s", ids)
            return False
        return True

    def _expire(self):
        reason = self.env._("Its validity is over.")
        self._transition("expired", reason)
        self._tell_owners(self.env._("Expired"), reason)

    def _suspend_for_documents(self):
        reason = self.env._("A required document is not valid.")
        self._transition("suspended", reason)
        self._tell_owners(self.env._("Suspended"), reason)

    # ------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------

    def _tell_owners(self, summary, note):
        """Give the owners something to do, all in one go."""
        days = self._today(self.company_id)
        # Each activity takes the name of its record: they are read together.
        self.mapped("display_name")
        kind = {
            "activity_type_id": self.env.ref(ACTIVITY).id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "summary": summary,
            "note": note,
        }
        self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, **{_TELLING: True}
        ).create(
            [
                {
                    **kind,
                    "res_id": certification.id,
                    "user_id": owner.id,
                    "date_deadline": days[certification.company_id],
                }
                for certification in self
                for owner in certification._owner()
            ]
        )

    def _owner(self):
        """Return the owner; when it left, who submitted or created it, or nobody."""
        self.ensure_one()
        users = (self.user_id, self.submitted_uid, self.create_uid)
        here = (user for user in users if user.active and not user.share)
        return next(here, self.env["res.users"])

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Telling makes no followers: it would cost statements for each owner."""
        if self.env.context.get(_TELLING):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

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
    def _find(self, domain, ids):
        if ids is not None:
            domain &= Domain("id", "in", ids)
        return self.search(domain)

    @api.model
    def _begun(self, ids=None):
        """What came into force of late, so that a missed day is made up for."""
        begun = self._due_domain(
            lambda day: (
                Domain("date_from", "<=", day)
                & Domain("date_from", ">", fields.Date.subtract(day, days=BEGUN_DAYS))
            )
        )
        return self._find(Domain("state", "in", IN_FORCE) & begun, ids)

    @api.model
    def _over(self, ids=None):
        """What is over."""
        states = Domain("state", "in", [*IN_FORCE, "suspended"])
        over = self._due_domain(lambda day: Domain("date_to", "<", day))
        return self._find(states & over, ids)

    @api.model
    def _ending(self, ids=None):
        """What ends within the days of its programme and has no renewal yet.

        The deadline of conditions is not an end: they are met, or it is over.
        """
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
        ending = (
            Domain("state", "in", IN_FORCE)
            & Domain("date_conditions", "=", False)
            & Domain("id", "not in", self._renewed_ids())
            & Domain("program_id.active", "=", True)
            & soon
        )
        return self._find(ending, ids)

    @api.model
    def _renewed_ids(self):
        """Return what is in force and has a renewal that leads, or led, to something.

        A draft that was left from before the conditions were met was of another end.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT c.id
                  FROM supplier_certification c
                  JOIN supplier_certification r ON r.renewal_of_id = c.id
                 WHERE c.state IN %(in_force)s
                   AND r.active
                   AND r.state NOT IN ('rejected', 'revoked', 'expired')
                   AND NOT (r.state = 'draft' AND EXISTS (
                       SELECT FROM supplier_certification_transition t
                        WHERE t.certification_id = c.id
                          AND t.state_from = 'conditional'
                          AND t.state_to = 'certified'
                          AND t.date > r.create_date))
                """,
                in_force=IN_FORCE,
            )
        )
        return [row_id for (row_id,) in rows]

    @api.model
    def _lacking(self, ids=None):
        """What is in force without a valid document that it had when it was granted.

        A type that the programme asks for since then suspends nobody: it is asked for
        with the renewal.
        """
        self.env.flush_all()
        days = self._days_by_company()
        pairs = [(company, day) for day, own in days.items() for company in own]
        holds = SQL(
            """d.commercial_partner_id = c.partner_id
               AND d.type_id = r.supplier_document_type_id
               AND (d.company_id IS NULL
                    OR '/' || company.parent_path LIKE '%%/' || d.company_id || '/%%')
            """
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT c.id
                  FROM supplier_certification c
                  JOIN res_company company ON company.id = c.company_id
                  JOIN UNNEST(%(companies)s::integer[], %(days)s::date[])
                       AS today (company_id, day) ON today.company_id = c.company_id
                  JOIN %(required)s r
                    ON r.supplier_certification_program_id = c.program_id
                 WHERE c.active
                   AND c.state IN %(states)s
                   %(some)s
                   AND EXISTS (
                       SELECT FROM supplier_document d
                        WHERE d.date_verified <= COALESCE(c.date_decided, c.date_from)
                          AND (d.date_to IS NULL
                               OR d.date_to >= COALESCE(
                                   c.date_decided, c.date_from)::date - 1)
                          AND %(holds)s)
                   AND NOT EXISTS (
                       SELECT FROM supplier_document d
                        WHERE d.active
                          AND d.verification = 'verified'
                          AND (d.date_from IS NULL OR d.date_from <= today.day)
                          AND (d.date_to IS NULL OR d.date_to >= today.day)
                          AND %(holds)s)
                """,
                companies=[company for company, _day in pairs],
                days=[day for _company, day in pairs],
                required=SQL.identifier(
                    "supplier_certification_program_supplier_document_type_rel"
                ),
                states=IN_FORCE,
                some=SQL() if ids is None else SQL("AND c.id = ANY(%s)", list(ids)),
                holds=holds,
            )
        )
        # The search leaves out what the user may not see.
        return self._find(Domain("id", "in", [row_id for (row_id,) in rows]), None)

    # ------------------------------------------------------------
    # What the vendor shows
    # ------------------------------------------------------------

    def _refresh_vendors(self):
        """Write on the vendors how they stand in each company, the best of all."""
        self.env.flush_all()
        vendors = {(one.partner_id.id, one.company_id) for one in self}
        companies = self.company_id
        days = self._today(companies)
        stands = {}
        # What was archived while that was possible has its consequences still.
        everything = self.sudo().with_context(active_test=False)
        for partner_id, company, state, begins, ends in everything._read_group(
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
            # A new application lifts no consequence before it is decided.
            "revoked",
            "in_progress",
            "rejected",
            "expired",
        )
        return next((stand for stand in order if stand in stands), None)
