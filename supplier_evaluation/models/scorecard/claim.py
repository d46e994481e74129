from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.tools import SQL


class SupplierEvaluation(models.Model):
    """Who works on an evaluation: one at a time, and nobody waits for the end of it.

    To compute and to publish takes minutes, in which others go on with other
    evaluations. So whoever begins claims what the work is about, until the end of the
    transaction; whoever finds it claimed is told so, or does something else.
    """

    _inherit = "supplier.evaluation"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what another worker is just making.

        :raises LockError: one is; the database would let us wait for its end
        """
        self._claim_names(self._period_names(vals_list))
        return super().create(vals_list)

    @api.model
    def _period_names(self, vals_list):
        """Return names of what the database allows once, for those that are whole."""
        names = []
        for vals in vals_list:
            period = [
                fields.Date.to_date(vals.get(end)) for end in ("date_from", "date_to")
            ]
            template_id = vals.get("template_id")
            if template_id and all(period):
                company_id = vals.get("company_id") or self.env.company.id
                names.append(f"period {template_id} {company_id} {period}")
        return names

    @api.model
    def _claim_series(self, template, company):
        """Claim the periods of a template and company for scheduled work.

        They build on each other: a trend is that to the period before.

        :raises LockError: another worker is at one of them
        """
        self._claim_names([f"series {template.id} {company.id}"])

    @api.model
    def _claim_names(self, names):
        """Claim what has no record yet that one could lock.

        :raises LockError: another worker has claimed one of the names
        """
        claimed = self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtextextended(%s || name, 0))"
                " FROM unnest(%s::varchar[]) name",
                f"{self._name} ",
                names,
            )
        )
        if not all(is_ours for (is_ours,) in claimed):
            raise LockError(
                self.env._(
                    "This period is being evaluated right now, by somebody else or by "
                    "the scheduled action. Look at it again when that is done."
                )
            )

    def _claim(self):
        """Claim the evaluations, before their results or what they are about change.

        Who has read them as they were before another one committed is refused by the
        database, and Odoo tries again.

        :raises LockError: another worker has claimed one of them
        """
        taken = self - self.try_lock_for_update(allow_referencing=True)
        if taken:
            raise LockError(
                self.env._(
                    "%s is being computed or published right now, by somebody else or "
                    "by the scheduled action. Look at it again when that is done.",
                    taken[0].name,
                )
            )

    def _claim_seals(self):
        """Wait for other publications of the company: its chain of seals is one.

        Here, since who has waited must begin anew, with the seals of the other. Before
        anything is sealed that costs nothing.
        """
        self.env.cr.execute(
            SQL(
                "SELECT id FROM res_company WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self.company_id.ids,
            ),
            # Who has waited is refused and begins anew: no error for the log.
            log_exceptions=False,
        )
