import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...exchange.checking import plain
from ...tools.actions import open_records
from ...tools.counts import count_by

CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.ASCII)


class SupplierExchangeSource(models.Model):
    """Another system that sends us records, or takes ours.

    Identifiers and values are known by it: what two systems call 4711 is two things.
    """

    _name = "supplier.exchange.source"
    _inherit = ["supplier.guard.mixin"]
    _description = "System That Exchanges Records"
    _order = "priority desc, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(
        required=True,
        help="By which the system names itself: small letters, digits, dots, dashes "
        "and underscores.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="Its records are of this company.",
    )
    priority = fields.Integer(
        default=10,
        required=True,
        help="Where two systems tell different things, the value of the one with the "
        "higher priority stays. Of two equal ones, the later value counts.",
    )
    hand_wins = fields.Boolean(
        string="Entries by Hand Stay",
        default=True,
        help="What somebody entered or changed here is not overwritten by this "
        "system; empty fields are filled.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is asked where it is not clear which supplier is meant.",
    )
    active = fields.Boolean(default=True)
    date_last = fields.Datetime(string="Last Message", readonly=True, copy=False)
    message_count = fields.Integer(
        string="Messages", compute="_compute_counts", compute_sudo=True
    )
    question_count = fields.Integer(
        string="Open Questions", compute="_compute_counts", compute_sudo=True
    )
    identity_count = fields.Integer(
        string="Identifiers", compute="_compute_counts", compute_sudo=True
    )

    _code_uniq = models.Constraint(
        "UNIQUE (company_id, code)",
        "There is a system with this code already. Use another code.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_last"}

    @api.constrains("code")
    def _check_code(self):
        for source in self:
            if not CODE.fullmatch(source.code or ""):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is no code of a system: use small letters, digits, "
                        "dots, dashes and underscores, as erp-1.",
                        code=source.code,
                    )
                )

    def copy_data(self, default=None):
        """Give a copy a code of its own."""
        vals_list = super().copy_data(default)
        if "code" not in (default or {}):
            for source, vals in zip(self, vals_list, strict=True):
                vals["code"] = f"{source.code}-2"
        return vals_list

    def _compute_counts(self):
        messages = count_by(self.env["supplier.exchange.message"], "source_id", self)
        identities = count_by(self.env["supplier.exchange.identity"], "source_id", self)
        questions = dict(
            self.env["supplier.exchange.question"]._read_group(
                [("source_id", "in", self.ids), ("state", "=", "open")],
                ["source_id"],
                ["__count"],
            )
        )
        for source in self:
            source.message_count = messages.get(source, 0)
            source.identity_count = identities.get(source, 0)
            source.question_count = questions.get(source, 0)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_messages(self):
        """Open what the system sent."""
        return self._open("supplier_exchange_message_action")

    def action_open_identities(self):
        """Open the identifiers that are known of the system."""
        return self._open("supplier_exchange_identity_action")

    def action_open_questions(self):
        """Open what it could not be found out about its suppliers."""
        return self._open("supplier_exchange_question_action")

    def _open(self, name):
        self.ensure_one()
        return open_records(
            self.env, f"supplier_evaluation.{name}", [("source_id", "=", self.id)]
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _lock(self):
        """Let one message of the system be taken after the other.

        Whoever waits meets a conflict afterwards, and is done again by Odoo: then it
        sees what the other one took.
        """
        self.ensure_one()
        self._write_guarded({"date_last": fields.Datetime.now()})
        self.flush_recordset()

    @api.model
    def _find(self, code):
        """Return the source with a code in the user's company, or an empty one."""
        return self.search(
            [("code", "=", plain(code)), ("company_id", "=", self.env.company.id)],
            limit=1,
        )
