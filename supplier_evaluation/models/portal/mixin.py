from odoo import api, fields, models


class SupplierPortalMixin(models.AbstractModel):
    """A record that suppliers see once somebody shows it to them."""

    _name = "supplier.portal.mixin"
    _description = "Record That Can Be Shown to Suppliers"

    is_in_portal = fields.Boolean(
        string="Shown to the Supplier",
        copy=False,
        help="People of the supplier with a portal login see it there, and get a mail "
        "with the link.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.filtered("is_in_portal")._tell_supplier("asked")
        return records

    def write(self, vals):
        hidden = self.filtered(lambda record: not record.is_in_portal)
        result = super().write(vals)
        if vals.get("is_in_portal"):
            hidden._tell_supplier("asked")
        return result

    def _tell_supplier(self, what):
        """Write to the suppliers that something waits for them."""
        self.env["supplier.portal"]._tell(self, what)


# The models are of lower rooms, which do not know that this one extends them.
INCIDENT = "supplier.incident"
CORRECTIVE_ACTION = "supplier.corrective.action"
CERTIFICATION = "supplier.certification"


class SupplierIncident(models.Model):
    _name = INCIDENT
    _inherit = [INCIDENT, "supplier.portal.mixin"]


class SupplierCorrectiveAction(models.Model):
    _name = CORRECTIVE_ACTION
    _inherit = [CORRECTIVE_ACTION, "supplier.portal.mixin"]


class SupplierCertification(models.Model):
    _name = CERTIFICATION
    _inherit = [CERTIFICATION, "supplier.portal.mixin"]


class SupplierContract(models.Model):
    """Suppliers hear of a contract when they can read it: shared, and in force."""

    _inherit = "supplier.contract"

    def write(self, vals):
        hidden = self.filtered(lambda contract: not contract._is_shown())
        result = super().write(vals)
        shown = hidden.filtered(lambda contract: contract._is_shown())
        self.env["supplier.portal"]._tell(shown, "shared")
        return result

    def _is_shown(self):
        own = self.sudo()
        return own.is_in_portal and own.state == "in_force"


class SupplierMeeting(models.Model):
    """The parties hear of a meeting when it is shared with them."""

    _inherit = "supplier.meeting"

    def write(self, vals):
        hidden = self.filtered(lambda meeting: not meeting.is_in_portal)
        result = super().write(vals)
        shown = hidden.filtered(lambda one: one.is_in_portal and one.state == "planned")
        self.env["supplier.portal"]._tell(shown, "meeting")
        return result


class SupplierCorrectiveActionStep(models.Model):
    """What was rejected waits for the supplier again."""

    _inherit = "supplier.corrective.action.step"

    def _reject(self, reason):
        result = super()._reject(reason)
        self.action_id.filtered("is_in_portal")._tell_supplier("rejected")
        return result


class SupplierScorecardTemplate(models.Model):
    """Whether suppliers see what comes of it; nothing is shown unless somebody says."""

    _inherit = "supplier.scorecard.template"

    is_in_portal = fields.Boolean(
        string="Share with Suppliers",
        copy=False,
        tracking=True,
        help="Suppliers see their own published scorecards in the portal: score, "
        "grade, trend, figures and their own records behind them. They see nothing of "
        "other suppliers.",
    )
