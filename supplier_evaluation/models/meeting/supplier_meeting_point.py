from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplierMeetingPartMixin(models.AbstractModel):
    """What is part of a meeting, and is shown to none, some or all of its parties."""

    _name = "supplier.meeting.part.mixin"
    _inherit = ["supplier.guard.mixin"]
    _description = "Part of a Supplier Meeting"

    meeting_id = fields.Many2one(
        "supplier.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    meeting_state = fields.Selection(
        related="meeting_id.state", string="Status of the Meeting"
    )
    meeting_party_ids = fields.Many2many(
        related="meeting_id.party_ids", string="Parties of the Meeting"
    )
    party_ids = fields.Many2many(
        "res.partner",
        string="Shown To",
        domain="[('id', 'in', meeting_party_ids)]",
        context={"active_test": False},
        copy=False,
        help="Only these parties see it in the portal and in their minutes. Empty: "
        "for us only.",
    )

    @api.constrains("party_ids", "meeting_id")
    def _check_parties(self):
        for part in self.sudo():
            strangers = part.party_ids - part.meeting_id.party_ids
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(party)s is no party of %(meeting)s: “%(part)s” cannot be "
                        "shown to it.",
                        party=strangers[0].display_name,
                        meeting=part.meeting_id.display_name,
                        part=part.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.meeting_id._check_open()
        return parts

    def write(self, vals):
        self.meeting_id._check_open()
        result = super().write(vals)
        if "meeting_id" in vals:
            self.meeting_id._check_open()
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_while_open(self):
        self.meeting_id._check_open()

    def _shown_to(self, party):
        """Return those that a party sees.

        :param party: a commercial entity
        """
        return self.filtered(lambda part: party in part.sudo().party_ids)


class SupplierMeetingPoint(models.Model):
    """A topic of a meeting: from the records of the supplier, or entered."""

    _name = "supplier.meeting.point"
    _inherit = ["supplier.meeting.part.mixin", "supplier.kept.file.mixin"]
    _description = "Topic of a Supplier Meeting"
    _order = "meeting_id, sequence, id"

    name = fields.Char(string="Topic", required=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("figure", "Weak Figure"),
            ("action", "Corrective Action"),
            ("alert", "Alert"),
            ("expiry", "Expires"),
            ("contract", "Contract"),
            ("other", "Other"),
        ],
        string="Where From",
        required=True,
        default="other",
    )
    party_ids = fields.Many2many(
        relation="supplier_meeting_point_party_rel",
        column1="point_id",
        column2="partner_id",
    )
    res_model = fields.Char(string="Model of the Record", readonly=True, copy=False)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True, copy=False
    )
    outcome = fields.Text(
        copy=False, help="What was said about it: part of the minutes."
    )
    file_ids = fields.Many2many(
        "ir.attachment",
        "supplier_meeting_point_file_rel",
        "point_id",
        "attachment_id",
        string="Files",
        copy=False,
        bypass_search_access=True,
        help="Whoever sees the topic sees them.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"res_model", "res_id"}

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._take_files("file_ids")
        return points

    def write(self, vals):
        result = super().write(vals)
        if "file_ids" in vals:
            self._take_files("file_ids")
        return result

    def _check_file_open(self):
        self.meeting_id._check_open()
        return super()._check_file_open()

    def action_open_record(self):
        """Open the record that the topic is about.

        :raises MissingError: it was deleted
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        if record._name == "supplier.scorecard.line":
            record = record.scorecard_id
        return record.get_formview_action()
