from dataclasses import replace

from odoo import fields, models
from odoo.fields import Domain

from ...base.mixin.supplier_exclusion_mixin import CORRECTED

# An incident that counted is cancelled by somebody who says why.
BY_HAND = ("manual", "responsibility", "cancelled")


class SupplierEvaluation(models.Model):
    """Which records somebody left out of its figures, or corrected, by hand.

    What becomes of the records, the template or the decision afterwards is in no figure
    of it, so it is kept.
    """

    _inherit = "supplier.evaluation"

    left_out_rows = fields.Json(
        readonly=True,
        copy=False,
        help="Ids of the rows of the register by which records were left out of it, or "
        "corrected.",
    )

    def action_compute(self):
        """Compute, and keep by whose decision which records do not count."""
        result = super().action_compute()
        for evaluation in self.sudo():
            rows = evaluation._find_rows_in_force().ids or False
            if rows != (evaluation.left_out_rows or False):
                evaluation._write_guarded({"left_out_rows": rows})
        return result

    def _adjustments(self):
        rows = super()._adjustments()
        if self.state != "computed":
            return rows
        register = self.env["supplier.adjustment"].sudo()
        return (rows | register.browse(self.left_out_rows or ()).exists()).sorted("id")

    def _find_rows_in_force(self):
        """Return by which rows records do not count in it, or less than they did.

        Of whichever company they were when somebody decided on them.
        """
        rows = self.env["supplier.adjustment"].sudo()._in_force()
        corrected = rows.filtered(lambda row: row.kind == CORRECTED)
        return self._of_left_out(rows - corrected) | self._of_counted(corrected)

    def _of_left_out(self, rows):
        """Return those of rows whose records would count in it."""
        if not rows:
            return rows
        suppliers = self.env["res.partner"].union(
            *(
                self.env[model]
                .sudo()
                .browse(of_model.mapped("res_id"))
                .exists()
                ._excluded_suppliers()
                for model, of_model in rows.grouped("res_model").items()
            )
        )
        found = self._records_left_out(suppliers)
        return rows.filtered(lambda row: row.res_id in found.get(row.res_model, ()))

    def _of_counted(self, rows):
        """Return those of rows whose records count in it.

        Until the cut-off: what was complained about then is of the goods before.
        """
        if not rows:
            return rows
        scope = self._run_scope()
        scope = replace(scope, date_to=max(scope.date_to, scope.cutoff_day))
        wanted = Domain.OR(
            Domain("res_model", "=", model)
            & Domain("res_id", "in", of_model.mapped("res_id"))
            for model, of_model in rows.grouped("res_model").items()
        )
        found = set()
        for kpi in self._kpis_by_source():
            facts = self.env[kpi.fact_model].sudo()._with_fact_scope(scope)
            for fact in facts.search(Domain(kpi._facts_domain(scope)) & wanted):
                found.add((fact.res_model, fact.res_id))
        return rows.filtered(lambda row: (row.res_model, row.res_id) in found)

    def _records_left_out(self, suppliers):
        """Return which records its KPIs would count if nobody had left them out.

        :return: ``{model: set of ids}``
        """
        scope = replace(self._run_scope(), with_excluded=True)
        wanted = Domain("exclusion", "in", BY_HAND)
        wanted &= Domain("partner_id", "in", suppliers.ids)
        found = {}
        for kpi in self._kpis_by_source():
            facts = self.env[kpi.fact_model].sudo()._with_fact_scope(scope)
            facts = facts.search(Domain(kpi._facts_domain(scope, False)) & wanted)
            for model, ids in facts._records_left_out().items():
                found.setdefault(model, set()).update(ids)
        return found

    def _kpis_by_source(self):
        """Return a KPI for each kind of facts, with what it asks of them.

        Whatever it asks of: an incident is none of the receipts that are counted, and
        says what was bad of them. What could not be computed has no figure of which
        something is left out.
        """
        not_computed = self._not_computed_codes()
        kpis = self.sudo().template_id.line_ids.kpi_id.filtered(
            lambda kpi: kpi._has_facts() and kpi.code not in not_computed
        )
        asked = kpis.grouped(lambda kpi: (kpi.fact_model, kpi.domain))
        return [of_one[0] for of_one in asked.values()]
