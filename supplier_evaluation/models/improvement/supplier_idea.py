from odoo import api, fields, models

#: In these states nothing is done about an idea any more.
OVER = ("done", "dropped")


class SupplierIdea(models.Model):
    """What could be made better together with a supplier, and what it would bring."""

    _name = "supplier.idea"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.subject.mixin",
        "supplier.archive.mixin",
    ]
    _description = "Idea With a Supplier"
    _order = "date desc, id desc"
    _rec_name = "title"
    _rec_names_search = ("title", "partner_id")
    _check_company_auto = True
    _archived_in = OVER

    title = fields.Char(required=True, tracking=True)
    partner_id = fields.Many2one(tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("cost", "Lower Cost"),
            ("quality", "Better Quality"),
            ("delivery", "Better Delivery"),
            ("development", "Joint Development"),
            ("environment", "Environment"),
        ],
        string="Kind of Idea",
        required=True,
        default="cost",
        tracking=True,
    )
    origin = fields.Selection(
        [("supplier", "The Supplier"), ("us", "Us")],
        string="Whose Idea",
        required=True,
        default="supplier",
    )
    benefit = fields.Monetary(
        string="Benefit per Year",
        tracking=True,
        aggregator="sum",
        help="What it brings us in a year, as estimated. 0: not estimated.",
    )
    state = fields.Selection(
        [
            ("new", "New"),
            ("studied", "Under Study"),
            ("agreed", "Agreed"),
            ("done", "Done"),
            ("dropped", "Dropped"),
        ],
        string="Status",
        required=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        check_company=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
    )
    date = fields.Date(
        string="Proposed On", required=True, default=fields.Date.context_today
    )
    date_due = fields.Date(string="Planned Until", tracking=True)
    date_closed = fields.Date(
        string="Closed On",
        compute="_compute_date_closed",
        store=True,
        help="When it was done or dropped.",
    )
    description = fields.Html()

    _benefit_not_negative = models.Constraint(
        "CHECK (benefit >= 0)", "Enter the benefit as a positive amount, or 0."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_closed"}

    @api.depends("state")
    def _compute_date_closed(self):
        for idea in self:
            if idea.state not in OVER:
                idea.date_closed = False
            elif not idea.date_closed:
                idea.date_closed = fields.Date.context_today(idea)

    def _has_history(self):
        return self.state != "new"
