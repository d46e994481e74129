from odoo import api, models


class SupplierTierFigure(models.Model):
    """The suppliers in a matrix of impact and supply risk."""

    _inherit = "supplier.tier.figure"

    @api.model
    @api.readonly
    def retrieve_matrix(self, tier_id=False, buyer_id=False):
        """Return the suppliers of the company as points, with what is proposed.

        As many statements for five thousand suppliers as for five.

        :param tier_id: only of this tier; all by default
        :param buyer_id: only of this buyer; all by default
        :return: ``{"points": list, "unplaced": number, "date": text or False,
            "tiers": list, "buyers": list, "can_decide": bool}``; a point has ``id`` of
            the supplier, ``name``, ``impact``, ``risk``, ``quadrant``, ``spend``,
            ``share``, ``tier``, ``proposal`` (id or False), ``proposed`` and ``reason``
        :raises AccessError: the user may not read them
        """
        company = self.env.company
        figures = self.search([("company_id", "=", company.id)])
        partners = figures.partner_id.with_company(company)
        # Read together, with the rights of the add-on: names and tiers of vendors.
        partners.sudo().fetch(["name", "supplier_tier_id", "buyer_id"])
        proposals = {
            one.partner_id: one
            for one in self.env["supplier.tier.proposal"].search(
                [("company_id", "=", company.id), ("state", "=", "proposed")]
            )
        }
        tiers = self.env["supplier.tier"].search([("active", "=", True)])
        buyers = partners.sudo().buyer_id
        points, unplaced = [], 0
        for figure in figures:
            partner = figure.partner_id.with_company(company).sudo()
            if tier_id and partner.supplier_tier_id.id != tier_id:
                continue
            if buyer_id and partner.buyer_id.id != buyer_id:
                continue
            if not figure.quadrant:
                unplaced += 1
                continue
            points.append(
                self._point(figure, partner, proposals.get(figure.partner_id))
            )
        return {
            "points": points,
            "unplaced": unplaced,
            "date": figures[:1].date and str(figures[:1].date),
            "currency_id": company.currency_id.id,
            "tiers": [{"id": tier.id, "name": tier.name} for tier in tiers],
            "buyers": [{"id": user.id, "name": user.name} for user in buyers],
            "can_decide": self.env["supplier.tier.rule"].has_access("write"),
        }

    def _point(self, figure, partner, proposal):
        return {
            "id": partner.id,
            "name": partner.name,
            "impact": figure.impact,
            "risk": figure.risk,
            "quadrant": figure.quadrant,
            "spend": figure.spend,
            "share": figure.spend_share,
            "tier": partner.supplier_tier_id.name or "",
            "proposal": proposal.id if proposal else False,
            "proposed": proposal.tier_to_id.name if proposal else "",
            "reason": proposal.reason if proposal else "",
        }
