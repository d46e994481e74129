from odoo import fields, models


class SupplierIncident(models.Model):
    _inherit = "supplier.incident"

    corrective_action_ids = fields.One2many(
        "supplier.corrective.action", "incident_id", string="Corrective Actions"
    )

    def write(self, vals):
        """An 8D that nobody answered yet goes to the right supplier with its incident.

        What the wrong one answered is about something of its own, and stays there.
        """
        result = super().write(vals)
        actions = self.sudo().corrective_action_ids if vals.get("partner_id") else ()
        if actions:
            supplier = self[:1].commercial_partner_id
            wrong = actions.filtered(
                lambda one: one.state == "open" and one.partner_id != supplier
            )
            (wrong - wrong._answered()).partner_id = supplier
        return result

    def action_start_corrective_action(self):
        """Start an 8D of this incident, or open the one that its supplier has."""
        self.ensure_one()
        self.check_access("write")
        started = self.corrective_action_ids.filtered(
            lambda one: (
                one.partner_id == self.commercial_partner_id
                and one.state != "cancelled"
            )
        )
        action = started[:1] or self.env["supplier.corrective.action"]._open(
            self.partner_id,
            self.company_id,
            self.title,
            incident=self,
            description=self.description or "",
            user=self.user_id or None,
        )
        return action.get_formview_action()
