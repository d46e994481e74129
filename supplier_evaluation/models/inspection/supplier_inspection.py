from odoo import Command, api, fields, models
from odoo.exceptions import UserError

#: What an inspection says; it is changed until it is done.
CONTENT = frozenset(
    {
        "name",
        "partner_id",
        "company_id",
        "date",
        "product_id",
        "product_name",
        "order_ref",
        "user_id",
        "quantity_inspected",
        "quantity_rejected",
        "description",
        "value_ids",
        "file_ids",
    }
)
#: What a receipt says of its inspections.
OF_RECEIPT = frozenset({"name", "partner_id", "company_id", "product_id", "order_ref"})


class SupplierInspection(models.Model):
    """A check of goods that came, made here or in another system.

    What is done is evidence and stays as it is: a correction is an inspection of its
    own that counts in its place. How one is made for receipts is in ``receiving.py``,
    who takes it from state to state in ``workflow.py``, its files in ``paper.py``.
    """

    _name = "supplier.inspection"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.exclusion.mixin",
        "supplier.kept.file.mixin",
        "supplier.optional.numbers.mixin",
        "supplier.segregation.mixin",
        "supplier.step.mixin",
        "supplier.subject.mixin",
        "supplier.archive.mixin",
        "supplier.used.mixin",
    ]
    _description = "Supplier Inspection"
    _order = "date desc, id desc"
    _rec_names_search = ("name", "partner_id", "product_id")
    _check_company_auto = True
    _archived_in = ("done",)

    name = fields.Char(string="Number", required=True, index="trigram")
    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date = fields.Date(
        required=True,
        index=True,
        default=fields.Date.context_today,
        help="It counts in the period with this day.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Inspector",
        check_company=True,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("in_progress", "In Progress"),
            ("done", "Done"),
        ],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    result = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("conditional", "Accepted with Conditions"),
            ("rejected", "Rejected"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
        help="Rejected: more was bad than the plan lets pass. Somebody else than who "
        "checked it can accept it with conditions.",
    )
    plan_id = fields.Many2one(
        "supplier.inspection.plan",
        string="Inspection Plan",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Receipt",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Receipt Move",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="The received goods that are checked.",
    )
    order_ref = fields.Char(string="Order")
    product_id = fields.Many2one(
        "product.product",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    product_name = fields.Char(
        string="Product There", help="The product as the other system names it."
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity_lot = fields.Float(
        string="Came",
        digits="Product Unit",
        readonly=True,
        copy=False,
        aggregator=None,
        help="In the product's own unit of measure.",
    )
    quantity_sample = fields.Float(
        string="To Check",
        digits="Product Unit",
        readonly=True,
        copy=False,
        aggregator=None,
        help="How much of it the plan asks to check.",
    )
    accept_number = fields.Float(
        string="Bad Parts That Pass",
        digits="Product Unit",
        readonly=True,
        copy=False,
        aggregator=None,
    )
    quantity_inspected = fields.Float(
        string="Inspected", digits="Product Unit", required=True, default=0
    )
    quantity_rejected = fields.Float(
        string="Found Bad", digits="Product Unit", required=True, default=0
    )
    defect_count = fields.Float(
        string="Defects",
        digits="Product Unit",
        compute="_compute_defect_count",
        store=True,
        help="Of all characteristics together: one part can have several.",
    )
    unit_value = fields.Float(
        string="Worth of a Unit",
        digits="Product Price",
        compute="_compute_unit_value",
        store=True,
        readonly=True,
        aggregator=None,
        help="At the price of the order, or else the product's cost, in company "
        "currency. By it, inspections are weighed.",
    )
    description = fields.Text(string="What Was Found")
    value_ids = fields.One2many(
        "supplier.inspection.value", "inspection_id", string="Characteristics"
    )
    source = fields.Char(readonly=True, copy=False, help="Where it comes from.")
    date_done = fields.Datetime(
        string="Done On",
        readonly=True,
        copy=False,
        help="Since when it is known. A correction is known as long as what it "
        "corrects.",
    )
    previous_id = fields.Many2one(
        "supplier.inspection",
        string="Corrects",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    next_ids = fields.One2many(
        "supplier.inspection", "previous_id", string="Corrections", readonly=True
    )
    editor_ids = fields.Many2many(
        "res.users",
        "supplier_inspection_editor_rel",
        string="Editors",
        readonly=True,
        copy=False,
        help="All who entered what was found: they do not accept what they rejected.",
    )
    reason = fields.Text(
        string="Why",
        copy=False,
        help="Why it is accepted with conditions, or corrected. Needed before.",
    )
    deviation_reason = fields.Text(
        string="Why It Is Accepted", readonly=True, copy=False, tracking=True
    )
    decider_id = fields.Many2one(
        "res.users", string="Accepted By", readonly=True, copy=False
    )
    incident_ids = fields.One2many(
        "supplier.incident", "inspection_id", string="Incidents"
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, commercial_partner_id, name) WHERE source IS NOT NULL",
        "There is an inspection of this supplier with this number already. Open that "
        "one.",
    )
    _one_per_move = models.UniqueIndex(
        "(move_id) WHERE move_id IS NOT NULL AND previous_id IS NULL",
        "What came is inspected already: open its inspection, or correct that one.",
    )
    _one_correction = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL",
        "This inspection has a correction already: go on with that one.",
    )
    _quantities_fit = models.Constraint(
        "CHECK (quantity_rejected >= 0 AND quantity_rejected <= quantity_inspected)",
        "What was found bad is from 0 to what was inspected: correct one of the two "
        "quantities.",
    )
    _done_has_a_result = models.Constraint(
        "CHECK ((state = 'done') = (result IS NOT NULL))",
        "An inspection that is done has a result, and no other one has: finish it.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("name", "version")
    def _compute_display_name(self):
        for one in self:
            version = self.env._("(version %s)", one.version) if one.version > 1 else ""
            one.display_name = " ".join(filter(None, (one.name, version)))

    @api.depends("value_ids.quantity_bad")
    def _compute_defect_count(self):
        for one in self:
            one.defect_count = sum(one.value_ids.mapped("quantity_bad"))

    @api.depends("move_id", "product_id", "company_id")
    def _compute_unit_value(self):
        """As it was when the inspection was made: a later price changes nothing."""
        for one in self:
            own = one.sudo()
            line = own.move_id.purchase_line_id
            if line and line.product_id == own.product_id and line.product_uom_qty:
                rate = line.order_id.currency_rate or 1
                one.unit_value = line.price_subtotal / rate / line.product_uom_qty
            else:
                product = own.product_id.with_company(own.company_id)
                one.unit_value = product.standard_price

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "accept_number",
            "date_done",
            "decider_id",
            "deviation_reason",
            "editor_ids",
            "move_id",
            "next_ids",
            "picking_id",
            "plan_id",
            "previous_id",
            "quantity_lot",
            "quantity_sample",
            "result",
            "source",
            "state",
            "unit_value",
            "version",
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Who makes one by hand has a hand in it; of a receipt, who checks has."""
        inspections = super().create(vals_list)
        if not self._is_unguarded():
            inspections._content_changed()
        return inspections

    def write(self, vals):
        if self.move_id:
            self._check_guard(OF_RECEIPT & vals.keys())
        if CONTENT & vals.keys() and not self._is_unguarded():
            self._content_changed()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_history(self):
        for one in self:
            if one.state == "done":
                raise UserError(
                    self.env._(
                        "%(inspection)s is done and is not deleted. Leave it out with "
                        "a reason, or correct it.",
                        inspection=one.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _content_changed(self):
        """Note who says what was found, while somebody may.

        :raises UserError: it is done
        """
        self._check_open()
        user = self.env.user
        for one in self.sudo():
            if not self._is_unguarded() and user not in one.editor_ids:
                one._write_guarded({"editor_ids": [Command.link(user.id)]})

    def _check_open(self):
        for one in self:
            if one.state == "done" and not self._is_unguarded():
                raise UserError(
                    self.env._(
                        "%(inspection)s is done and stays as it is. Correct it: the "
                        "correction counts in its place.",
                        inspection=one.display_name,
                    )
                )

    def _exclusion_favours(self, exclusion):
        """What was found bad counts against the supplier."""
        bad = self.filtered("quantity_rejected")
        return dict.fromkeys(bad.ids, "supplier" if exclusion else "company")
