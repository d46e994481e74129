from odoo import api, fields, models


class SupplierCorrectiveAction(models.Model):
    """Where an action comes from: an incident, a weak figure, an audit finding."""

    _inherit = "supplier.corrective.action"

    incident_id = fields.Many2one(
        "supplier.incident",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    finding_id = fields.Many2one(
        "supplier.certification.audit.finding",
        string="Audit Finding",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    kpi_id = fields.Many2one(
        "supplier.kpi",
        string="KPI",
        ondelete="restrict",
        help="By which it is seen whether it helped. Empty: somebody judges that.",
    )
    template_id = fields.Many2one(
        "supplier.scorecard.template",
        string="Scorecards Of",
        ondelete="restrict",
        help="In whose published scorecards the KPI is compared.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"incident_id", "finding_id"}

    @api.model
    def _going_about(self, partner, company, kpi):
        """Return what goes on about a KPI of a supplier: nobody starts it twice.

        :param partner: the supplier
        :param company: whose supplier it is
        :param kpi: which figure
        """
        return self.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("kpi_id", "=", kpi.id),
                ("state", "in", ["open", "verifying"]),
            ],
            limit=1,
        )

    @api.model
    def _open(
        self,
        partner,
        company,
        title,
        *,
        kpi=None,
        scorecard_line=None,
        incident=None,
        finding=None,
        description="",
        user=None,
    ):
        """Start a corrective action.

        :param partner: the supplier, or a contact there
        :param company: whose supplier it is
        :param str title: what is wrong
        :param kpi: by which its effect is seen, if not that of the line
        :param scorecard_line: the weak figure, published
        :param incident: what happened
        :param finding: of an audit
        :param str description: HTML
        :param user: who owns it; by default the buyer, or whoever starts it
        :return: the action
        """
        buyer = partner.commercial_partner_id.sudo().buyer_id
        buyer = buyer.filtered(company._shows_suppliers_to)
        owner = user or buyer or self.env.user
        kpi = kpi or (scorecard_line.kpi_id if scorecard_line else None)
        template = scorecard_line.scorecard_id.template_id if scorecard_line else None
        action = self._unguarded().create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "title": title,
                "description": description,
                "user_id": owner.id,
                "kpi_id": kpi.id if kpi else False,
                "template_id": template.id if template else False,
                "incident_id": incident.id if incident else False,
                "finding_id": finding.id if finding else False,
                "cost": incident.cost if incident else 0,
                "cause": incident.cause if incident else False,
            }
        )
        action = action.with_env(self.env)
        action._remember_before(scorecard_line)
        return action
