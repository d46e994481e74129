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
        """Tell whom it is shown to; of another supplier now, it is shown to nobody.

        What the one before answered is not for the other one to read.
        """
        hidden = self.filtered(lambda record: not record.is_in_portal)
        before = {
            record: record.sudo().partner_id.commercial_partner_id
            for record in self - hidden
        }
        result = super().write(vals)
        moved = self.browse(
            record.id
            for record, supplier in before.items()
            if record.sudo().partner_id.commercial_partner_id != supplier
        )
        if vals.get("is_in_portal"):
            (hidden | moved)._tell_supplier("asked")
        elif moved:
            moved.is_in_portal = False
        return result

    def _tell_supplier(self, what):
        """Write to the suppliers that something waits for them."""
        self.env["supplier.portal"]._tell(self, what)


# The models are of lower rooms, which do not know that this one extends them.
INCIDENT = "supplier.incident"
CORRECTIVE_ACTION = "supplier.corrective.action"
CERTIFICATION = "supplier.certification"

#: Of a meeting: when, where, who, and whether.
TOLD = frozenset(
    {
        "date_start",
        "duration",
        "is_in_portal",
        "location",
        "other_partner_ids",
        "partner_id",
        "state",
        "tz",
    }
)


class SupplierIncident(models.Model):
    """What is the supplier's turn again waits for it again."""

    _name = INCIDENT
    _inherit = [INCIDENT, "supplier.portal.mixin"]

    def write(self, vals):
        asked = self.browse()
        # Of another supplier now, whoever it is shown to is told of it once.
        if vals.get("state") == "waiting" and "partner_id" not in vals:
            asked = self.filtered(
                lambda one: one.is_in_portal and one.state != "waiting"
            )
        result = super().write(vals)
        asked.filtered("is_in_portal")._tell_supplier("asked")
        return result


class SupplierCorrectiveAction(models.Model):
    """Started anew, its steps wait for the supplier again."""

    _name = CORRECTIVE_ACTION
    _inherit = [CORRECTIVE_ACTION, "supplier.portal.mixin"]

    def _start_anew(self, reason):
        result = super()._start_anew(reason)
        self.filtered("is_in_portal")._tell_supplier("asked")
        return result


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
    """The parties hear of a meeting that is shared with them, and of what changes.

    They are not in the calendar: nothing else tells them not to come in vain.
    """

    _inherit = "supplier.meeting"

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        expected = meetings.filtered(lambda one: one._expected())
        self.env["supplier.portal"]._tell(expected, "meeting")
        return meetings

    def write(self, vals):
        if not TOLD & vals.keys():
            return super().write(vals)
        before = {
            meeting: (meeting._expected(), meeting._when_and_where())
            for meeting in self
        }
        result = super().write(vals)
        for meeting, (parties, where) in before.items():
            meeting._tell_changes(parties, where)
        return result

    def _expected(self):
        """Return which parties know from us that they are to come."""
        own = self.sudo()
        is_known = own.is_in_portal and own.state == "planned"
        return own.party_ids if is_known else own.party_ids.browse()

    def _when_and_where(self):
        return self.date_start, self.duration, self.tz, self.location

    def _tell_changes(self, before, where):
        """Tell each party once what a change is for it.

        :param before: which parties were expected
        :param where: what :meth:`_when_and_where` said
        """
        now, told = self._expected(), self.env["supplier.portal"]
        told._tell(self, "meeting", now - before)
        if self._when_and_where() != where:
            told._tell(self, "moved", now & before)
        # What was held has nobody coming, and who shares it no more says so.
        if now or self.state == "cancelled":
            told._tell(self, "called_off", before - now)


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
