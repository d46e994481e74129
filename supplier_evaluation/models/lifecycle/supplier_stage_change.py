from odoo import api, fields, models
from odoo.tools import SQL


class SupplierStageChange(models.Model):
    """Who moved a supplier from which stage to which, when, and why."""

    _name = "supplier.stage.change"
    _inherit = ["supplier.change.mixin"]
    _description = "Change of a Supplier's Stage"
    _place = "stage"

    stage_from_id = fields.Many2one(
        "supplier.stage",
        string="From",
        readonly=True,
        ondelete="restrict",
        help="Empty: the supplier entered the lifecycle.",
    )
    stage_to_id = fields.Many2one(
        "supplier.stage",
        string="To",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the supplier left the lifecycle.",
    )

    _last_idx = models.Index("(company_id, partner_id, date DESC)")

    @api.model
    def _since(self, partners, company):
        """Return since when the suppliers are in their stage, by partner.

        One statement, however many suppliers.
        """
        return dict(
            self._read_group(
                [("partner_id", "in", partners.ids), ("company_id", "=", company.id)],
                ["partner_id"],
                ["date:max"],
            )
        )

    @api.model
    def _last_changed(self, company, operator, instant):
        """Return the SQL of the suppliers whose last change was before or after.

        :param SQL operator: how the last change compares with ``instant``
        """
        self.flush_model(["company_id", "partner_id", "date"])
        return SQL(
            """(SELECT partner_id
                  FROM supplier_stage_change
                 WHERE company_id = %s
                 GROUP BY partner_id
                HAVING MAX(date) %s %s)""",
            company.id,
            operator,
            instant,
        )

    @api.model
    def _exits_lost_by_merge(self, sources, partner):
        """Return the stage off the path that each company would lose with a merge.

        :param sources: the vendors that are merged into ``partner``
        :return: ``{company: stage}``, without the companies where ``partner`` is in
            such a stage itself
        """
        partner = partner.sudo()
        partner.flush_model(["supplier_stage_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT key::integer, value::text::integer
                  FROM res_partner, jsonb_each(supplier_stage_id)
                 WHERE id = ANY(%s)
                   AND supplier_stage_id IS NOT NULL
                   AND jsonb_typeof(value) = 'number'
                """,
                list(sources.ids),
            )
        )
        exits = {}
        for company_id, stage_id in sorted(rows):
            company = self.env["res.company"].browse(company_id)
            stage = self.env["supplier.stage"].sudo().browse(stage_id)
            own_stage = partner.with_company(company).supplier_stage_id
            if stage.is_exit and not own_stage.is_exit:
                exits.setdefault(company, stage)
        return exits

    @api.model
    def _keep_exits(self, exits, partner):
        """Put a merged vendor into the stages off the path, and say why.

        Whoever merges may not be the one who may take suppliers out of them, and a
        merge is no decision about it.

        :param exits: what :meth:`_exits_lost_by_merge` returned before the merge
        """
        for company, stage in exits.items():
            vendor = partner.with_company(company).sudo()
            before = {vendor: vendor.supplier_stage_id}
            vendor._unguarded().write({"supplier_stage_id": stage.id})
            vendor._log_supplier_stage(
                before, stage, self.env._("Kept when vendors were merged")
            )
