from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import mute_logger

from ...tools.activities import plan
from ...tools.groups import MANAGER_GROUP, USER_GROUP, holders_of
from ...tools.optional_numbers import OptionalFloat

#: In these states somebody has to decide.
WAITING = ("new", "in_review")
OUTCOMES = [
    ("exclusion", "The record is left out"),
    ("score", "The score is corrected"),
    ("records", "The records were corrected"),
]
REVIEWS = "supplier.review.fact"
INCIDENT = "supplier.incident"
_ACTIVITY = "mail.mail_activity_data_todo"


class SupplierDispute(models.Model):
    """A supplier says that a figure, or a record behind it, is wrong.

    It comes through the portal, and is decided by somebody who did not make the figure
    what it is. What is accepted makes a revision, see ``deciding.py``.
    """

    _name = "supplier.dispute"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.guard.mixin",
        "supplier.kept.file.mixin",
        "supplier.segregation.mixin",
    ]
    _description = "Dispute of a Scorecard"
    _order = "date desc, id desc"
    _rec_names_search = ["name", "partner_id"]
    _check_company_auto = True
    # Whoever reads it talks about it; nobody writes it.
    _mail_post_access = "read"

    name = fields.Char(string="Number", required=True, readonly=True, copy=False)
    scorecard_line_id = fields.Many2one(
        "supplier.scorecard.line",
        string="Disputed Figure",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    scorecard_id = fields.Many2one(
        related="scorecard_line_id.scorecard_id", store=True, index=True
    )
    evaluation_id = fields.Many2one(
        related="scorecard_id.evaluation_id", store=True, index=True
    )
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="scorecard_id.partner_id", store=True, index=True, string="Supplier"
    )
    kpi_id = fields.Many2one(
        related="scorecard_line_id.kpi_id", store=True, string="KPI"
    )
    fact_id = fields.Char(readonly=True, help="Which record behind the figure it is.")
    record_name = fields.Char(
        string="Disputed Record", readonly=True, help="Empty: the figure as a whole."
    )
    user_id = fields.Many2one(
        "res.users", string="Disputed By", required=True, readonly=True
    )
    date = fields.Datetime(
        string="Disputed On", required=True, readonly=True, default=fields.Datetime.now
    )
    reason = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [
            ("new", "New"),
            ("in_review", "In Review"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
    )
    answer = fields.Text(readonly=True, copy=False)
    outcome = fields.Selection(OUTCOMES, readonly=True, copy=False)
    corrected_score = OptionalFloat(
        readonly=True, copy=False, digits=(5, 2), aggregator=None
    )
    reviewed_uid = fields.Many2one(
        "res.users", string="Reviewed By", readonly=True, copy=False
    )
    decided_uid = fields.Many2one(
        "res.users", string="Decided By", readonly=True, copy=False
    )
    date_decided = fields.Datetime(string="Decided On", readonly=True, copy=False)
    revision_id = fields.Many2one(
        "supplier.evaluation",
        string="Revision Made",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    revised_line_id = fields.Many2one(
        "supplier.scorecard.line",
        string="Figure Afterwards",
        compute="_compute_revised_line_id",
    )
    score_before = OptionalFloat(
        related="scorecard_line_id.score", string="Score Before", digits=(5, 2)
    )
    score_after = OptionalFloat(
        string="Score Afterwards", compute="_compute_revised_line_id", digits=(5, 2)
    )
    adjustment_ids = fields.Many2many(
        "supplier.adjustment",
        string="Changed by Hand",
        readonly=True,
        copy=False,
        help="By which rows of the register it became a part of the revision.",
    )

    # Two of its people may press the button at the same moment.
    _waits_once = models.UniqueIndex(
        "(scorecard_line_id, COALESCE(fact_id, ''))"
        " WHERE state IN ('new', 'in_review')",
        "A dispute is about this already, and not decided yet.",
    )

    @api.depends("revision_id.scorecard_ids.line_ids.score")
    def _compute_revised_line_id(self):
        lines = self.env["supplier.scorecard.line"].search(
            [
                ("evaluation_id", "in", self.revision_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("kpi_id", "in", self.kpi_id.ids),
            ]
        )
        found = lines.grouped(
            lambda line: (line.evaluation_id, line.partner_id, line.kpi_id)
        )
        for dispute in self:
            key = dispute.revision_id, dispute.partner_id, dispute.kpi_id
            dispute.revised_line_id = found.get(key, lines.browse())
            dispute.score_after = dispute.revised_line_id.score

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """Everything but the chatter: a dispute is what the supplier wrote."""
        own = {name for name, field in self._fields.items() if field.store}
        thread = {*self.env["mail.thread"]._fields, "activity_ids"}
        return super()._guarded_fields() | (own - thread)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        """It goes with its scorecard only, which the database takes care of."""
        raise AccessError(self.env._("A dispute stays, whatever became of it."))

    def _check_file_open(self):
        """What a decision rests on is not exchanged afterwards."""
        for dispute in self:
            if dispute.state not in WAITING:
                raise UserError(
                    self.env._(
                        "%s is decided: its files stay as they are.", dispute.name
                    )
                )
        return super()._check_file_open()

    # ------------------------------------------------------------
    # Disputing
    # ------------------------------------------------------------

    @api.model
    def _open(self, line, reason, record):
        """Make a dispute for the user, who was checked before.

        :param line: a published scorecard line
        :param str reason: why
        :param dict record: ``fact_id`` and ``record_name`` of a record behind it
        :return: the dispute, with all rights
        :raises UserError: it is too late, or there is one already
        """
        line.evaluation_id._check_can_be_disputed()
        disputes = self.sudo()._unguarded()
        fact_id = str(record["fact_id"]) if record else False
        twin = disputes.search(
            Domain("scorecard_line_id", "=", line.id)
            & Domain("fact_id", "=", fact_id)
            & Domain("state", "in", WAITING),
            limit=1,
        )
        if twin:
            raise UserError(
                self.env._("%s is about this already, and not decided yet.", twin.name)
            )
        sequences = self.env["ir.sequence"].sudo()
        vals = {
            **record,
            "fact_id": fact_id,
            "name": sequences._next_supplier_number(self._name, line.company_id),
            "scorecard_line_id": line.id,
            "user_id": self.env.uid,
            "reason": reason,
        }
        return disputes._create_once(vals).with_env(line.env)

    def _create_once(self, vals):
        """Create it, unless somebody was quicker, whom this transaction cannot see.

        :raises UserError: somebody was
        """
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.create(vals)
        except UniqueViolation as error:
            raise UserError(
                self.env._("A dispute is about this already, and not decided yet.")
            ) from error

    def _ask_reviewer(self):
        """Put it on the list of a manager who may decide on it."""
        self.ensure_one()
        users = self.env["res.users"].sudo()
        managers = users.search(
            holders_of(self.env, MANAGER_GROUP, self.company_id), order="id"
        )
        free = (managers - self._involved())[:1]
        if free:
            dispute = self.with_context(lang=free.lang)
            vals = {
                "res_id": self.id,
                "user_id": free.id,
                "date_deadline": self.company_id._supplier_day(fields.Datetime.now()),
                "summary": dispute.env._("Decide on the dispute %s", self.name),
            }
            plan(self, _ACTIVITY, [vals])

    # ------------------------------------------------------------
    # Four eyes
    # ------------------------------------------------------------

    def _involved(self):
        """Return who disputed it, or made the figure what it is."""
        line = self.scorecard_line_id.sudo()
        rows = line.evaluation_id._adjustments().filtered(
            lambda row: row.partner_id == line.partner_id
        )
        changers = line.override_uid | rows.user_id
        return super()._involved() | self.user_id | changers | self._sources(line)

    def _sources(self, line):
        """Return who rated the supplier, or saw to the record that is disputed.

        :rtype: res.users
        """
        if line.kpi_id.fact_model == REVIEWS:
            return line.scorecard_id.review_ids.user_id
        if not self.fact_id:
            return self.env["res.users"].sudo()
        records = self._disputed_fact()._records_left_out()
        found = self.env[INCIDENT].sudo().browse(records.get(INCIDENT, ()))
        incidents = found.exists()
        return incidents.reporter_id | incidents._all_owners()

    def _segregation_text(self):
        return self.env._(
            "You had a hand in what %s is about, so somebody else decides on it.",
            self.name,
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_review(self):
        """Take the disputes up; the suppliers see that somebody looks at them.

        :raises AccessError: the user has no right to supplier evaluation
        """
        self._check_user(USER_GROUP)
        new = self.filtered(lambda dispute: dispute.state == "new")
        new.sudo()._write_guarded({"state": "in_review", "reviewed_uid": self.env.uid})

    def action_open_revision(self):
        """Open the revision that was made because of it."""
        self.ensure_one()
        return self.revision_id.get_formview_action()

    def action_open_scorecard(self):
        """Open the scorecard that was disputed."""
        self.ensure_one()
        return self.scorecard_id.get_formview_action()

    def _check_user(self, group):
        self.check_access("read")
        if not self.env.user.has_group(group):
            raise AccessError(
                self.env._("Ask a manager of supplier evaluations to do this.")
            )
