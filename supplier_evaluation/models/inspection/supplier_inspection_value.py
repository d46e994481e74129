from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.optional_numbers import OptionalFloat
from .supplier_inspection_plan_line import KINDS

#: What the plan says, and nobody who checks changes.
PLANNED = frozenset({"name", "kind", "limit_min", "limit_max", "unit", "instruction"})


class SupplierInspectionValue(models.Model):
    """What was found of one characteristic."""

    _name = "supplier.inspection.value"
    _inherit = ["supplier.guard.mixin", "supplier.optional.numbers.mixin"]
    _description = "Inspection Value"
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one(
        "supplier.inspection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="inspection_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    is_planned = fields.Boolean(readonly=True, help="The plan asks for it.")
    name = fields.Char(string="Characteristic", required=True)
    kind = fields.Selection(KINDS, string="Judged By", required=True, default="look")
    limit_min = OptionalFloat(string="At Least", digits=(16, 4))
    limit_max = OptionalFloat(string="At Most", digits=(16, 4))
    unit = fields.Char(string="Measured In")
    instruction = fields.Char()
    value = OptionalFloat(
        string="Measured Value",
        digits=(16, 4),
        help="Of several parts: the one that is farthest off.",
    )
    verdict = fields.Selection(
        selection=[("good", "Good"), ("bad", "Bad")], string="Judged As"
    )
    quantity_bad = fields.Float(
        string="Bad Parts",
        digits="Product Unit",
        help="How many of what was checked have this defect.",
    )
    note = fields.Char()
    is_answered = fields.Boolean(compute="_compute_is_bad", store=True)
    is_bad = fields.Boolean(
        string="Outside Its Limits", compute="_compute_is_bad", store=True
    )

    _quantity_not_negative = models.Constraint(
        "CHECK (quantity_bad >= 0)", "Enter bad parts as a positive number."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"is_planned"}

    @api.depends("kind", "value", "verdict", "quantity_bad", "limit_min", "limit_max")
    def _compute_is_bad(self):
        for row in self:
            if row.kind == "look":
                row.is_answered = bool(row.verdict)
                row.is_bad = row.verdict == "bad" or row.quantity_bad > 0
            else:
                row.is_answered = row.value is not False
                row.is_bad = row._is_outside() or row.quantity_bad > 0

    def _is_outside(self):
        if self.value is False:
            return False
        return bool(
            (self.limit_min is not False and self.value < self.limit_min)
            or (self.limit_max is not False and self.value > self.limit_max)
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.inspection_id._content_changed()
        return rows

    def write(self, vals):
        if PLANNED & vals.keys() and not self._is_unguarded():
            self._check_not_planned()
        if any(self.mapped("is_planned")):
            self._check_guard({"inspection_id"} & vals.keys())
        self.inspection_id._content_changed()
        result = super().write(vals)
        if "inspection_id" in vals:
            self.inspection_id._content_changed()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_unless_planned(self):
        if not self._is_unguarded():
            self._check_not_planned()
        self.inspection_id._content_changed()

    def _check_not_planned(self):
        for row in self:
            if row.is_planned:
                raise UserError(
                    self.env._(
                        "“%(name)s” is in the inspection plan: enter what was found, "
                        "and have a manager change the plan for later inspections.",
                        name=row.name,
                    )
                )
