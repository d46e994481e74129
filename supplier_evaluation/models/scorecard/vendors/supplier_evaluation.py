import logging

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.scheduled import Work, run_scheduled

CRON = "supplier_evaluation.ir_cron_supplier_evaluation_vendors"

_logger = logging.getLogger(__name__)


class SupplierEvaluation(models.Model):
    """What is published, shown on the vendors: at once, or in a moment.

    The companies of a database share their vendors, and anybody may be writing one. A
    publication that met such a writer would wait, and then be refused and begin anew,
    with all that it sealed. Instead a scheduled action writes on the vendors then.
    """

    _inherit = "supplier.evaluation"

    is_vendor_due = fields.Boolean(
        string="Scores Are Being Shown on the Vendors", readonly=True, copy=False
    )

    def _show_on_vendors(self):
        """Write the scores on the vendors; or soon, if somebody is writing one."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                is_free = self._lock_vendors()
                if is_free:
                    self._refresh_own_vendors()
        except SerializationFailure:
            # Somebody has written one since this transaction began.
            is_free = False
        if not is_free:
            _logger.info("Vendors of %s are being written, it comes later", self.name)
            self._write_guarded({"is_vendor_due": True})
            self.env.ref(CRON).sudo()._trigger()

    def _refresh_own_vendors(self):
        partners = self.env["res.partner"].browse(
            partner_id
            for (partner_id,) in self.env.execute_query(self._vendors_query())
        )
        self.env["supplier.scorecard"]._refresh_vendors(partners, self.company_id)

    def _lock_vendors(self):
        """Lock the vendors until the end of the transaction; whether all were free.

        :raises SerializationFailure: one was written since the transaction began
        """
        vendors = self._vendors_query()
        # It is expected to fail, so it is no error for the log.
        self.env.cr.execute(
            SQL(
                """
                SELECT (SELECT COUNT(*) FROM (%(vendors)s) asked), COUNT(*)
                  FROM (SELECT id FROM res_partner WHERE id IN (%(vendors)s)
                           FOR NO KEY UPDATE SKIP LOCKED) locked
                """,
                vendors=vendors,
            ),
            log_exceptions=False,
        )
        asked, locked = self.env.cr.fetchone()
        return asked == locked

    def _vendors_query(self):
        """Return the query of the suppliers of all revisions, also of those before."""
        self.env.flush_all()
        return SQL(
            "SELECT DISTINCT partner_id FROM supplier_scorecard"
            " WHERE evaluation_id = ANY(%s)",
            self._same_period().ids,
        )

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_show_on_vendors(self):
        """Write the scores on the vendors where they could not be written at once.

        Who meets a writer waits for it here, and tries again.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Scores on vendors",
                self.search([("is_vendor_due", "=", True)]),
                lambda evaluations: evaluations._show_what_is_due(),
            ),
        )

    def _show_what_is_due(self):
        for evaluation in self.filtered("is_vendor_due"):
            evaluation._refresh_own_vendors()
            evaluation._write_guarded({"is_vendor_due": False})
