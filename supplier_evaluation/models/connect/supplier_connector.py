from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ...exchange.kinds import IN
from ...tools.actions import open_records
from ...transport import Problem
from ...transport.client import check_address
from ..exchange.labels import KINDS
from ..outbox.supplier_outbox_channel import ADMIN
from ..outbox.words import in_words
from .presets import FIELDS, TIME_ZONES, VALUES

# What is read, and how it is cut into pages.
ASKED = ("preset", "url", "app", "object_name", "records_path", "page_size")


class SupplierConnector(models.Model):
    """Another system that we ask for its records, and how.

    What it gives goes through the exchange contract, under the name of a source: who
    is who, whose value stays and what is refused is decided there.
    """

    _name = "supplier.connector"
    _inherit = ["supplier.guard.mixin"]
    _description = "Connector to Another System"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        required=True,
        ondelete="restrict",
        check_company=True,
        help="Under its name the records are taken.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    preset = fields.Selection(
        [
            ("json", "JSON by Pages"),
            ("csv", "CSV File"),
            ("hub", "Data Hub (NDJSON with a Manifest)"),
            ("tianyancha", "Tianyancha-Style Register"),
            ("fxiaoke", "Fxiaoke"),
            ("zoho", "Zoho CRM"),
            ("jiandaoyun", "Jiandaoyun"),
        ],
        required=True,
        default="json",
    )
    kind = fields.Selection(
        [pair for pair in KINDS if pair[0] in IN],
        string="Kind of Records",
        required=True,
        default="supplier",
    )
    url = fields.Char(string="Address", required=True, groups=ADMIN)
    login_url = fields.Char(string="Address for Tokens", groups=ADMIN)
    login = fields.Char(string="Client", groups=ADMIN, copy=False)
    secret = fields.Char(string="Client Secret", groups=ADMIN, copy=False)
    key = fields.Char(string="Key or Refresh Token", groups=ADMIN, copy=False)
    app = fields.Char(
        string="Application or User",
        groups=ADMIN,
        help="Jiandaoyun: the application. Fxiaoke: the user for whom it is asked.",
    )
    object_name = fields.Char(
        string="Module, Form or Path", help="Which records of the system are read."
    )
    records_path = fields.Char(
        string="Where the Records Are", help="In an answer in JSON, as data.items."
    )
    page_size = fields.Integer(string="Records in a Page", required=True, default=100)
    per_second = fields.Float(
        string="Requests a Second",
        help="0: as many as the documentation of the system allows.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        compute="_compute_tz",
        store=True,
        readonly=False,
        precompute=True,
        help="In which a moment of the other system is a day.",
    )
    allow_private = fields.Boolean(
        string="May Be Inside Our Network",
        groups=ADMIN,
        help="Addresses of our own network are refused otherwise.",
    )
    interval_hours = fields.Integer(
        string="Every (hours)", required=True, default=24, help="0: only by hand."
    )
    date_next = fields.Datetime(string="Next Run", readonly=True, copy=False)
    cursor = fields.Json(readonly=True, copy=False)
    field_ids = fields.One2many(
        "supplier.connector.field", "connector_id", string="Fields", copy=True
    )
    run_ids = fields.One2many("supplier.connector.run", "connector_id", string="Runs")
    letter_ids = fields.One2many(
        "supplier.connector.letter", "connector_id", string="Refused Records"
    )
    letter_count = fields.Integer(
        string="Refused", compute="_compute_letter_count", compute_sudo=True
    )

    _size_positive = models.Constraint(
        "CHECK (page_size BETWEEN 1 AND 1000)",
        "A page has 1 to 1,000 records.",
    )
    _not_negative = models.Constraint(
        "CHECK (interval_hours >= 0 AND per_second >= 0)",
        "Hours and requests a second are 0 or more.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"cursor", "date_next"}

    @api.depends("preset", "company_id")
    def _compute_tz(self):
        for connector in self:
            own = connector.company_id or self.env.company
            connector.tz = TIME_ZONES.get(connector.preset) or own._supplier_tz()

    @api.depends("letter_ids.state")
    def _compute_letter_count(self):
        counts = dict(
            self.env["supplier.connector.letter"]._read_group(
                [("connector_id", "in", self.ids), ("state", "=", "open")],
                ["connector_id"],
                ["__count"],
            )
        )
        for connector in self:
            connector.letter_count = counts.get(connector, 0)

    def write(self, vals):
        """Write; what is asked for otherwise is asked for from its beginning."""
        asked = [name for name in ASKED if name in vals]
        other = self.filtered(
            lambda one: any((one[name] or False) != vals[name] for name in asked)
        )
        result = super().write(vals)
        if other:
            other._write_guarded({"cursor": False})
        return result

    @api.constrains("url", "login_url")
    def _check_addresses(self):
        for connector in self.sudo():
            for url in filter(None, (connector.url, connector.login_url)):
                try:
                    check_address(url)
                except Problem as problem:
                    words = in_words(self.env, problem.kind, problem.values)
                    message = f"{connector.name}: {' '.join(words)}"
                    raise ValidationError(message) from problem

    @api.onchange("preset")
    def _onchange_preset(self):
        """Begin as the preset does."""
        for name, value in VALUES[self.preset].items():
            self[name] = value
        self.field_ids = [
            fields.Command.clear(),
            *(
                fields.Command.create(
                    {"target": target, "path": path, "form": form, "sequence": number}
                )
                for number, (target, path, form) in enumerate(FIELDS[self.preset])
            ),
        ]

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_run(self):
        """Let the records be read in the background, now.

        :raises AccessError: the user may not read the connector
        :raises UserError: it is archived
        """
        self.ensure_one()
        self.check_access("read")
        if not self.active:
            raise UserError(
                self.env._("%s is archived: unarchive it first.", self.name)
            )
        self.sudo()._write_guarded({"date_next": fields.Datetime.now()})
        self.env.ref("supplier_evaluation.ir_cron_supplier_connector").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The records are read in a moment."),
            },
        }

    def action_open_runs(self):
        """Open when it was read, and what came."""
        return self._open("supplier_connector_run_action")

    def action_open_letters(self):
        """Open what was refused."""
        return self._open("supplier_connector_letter_action")

    def _open(self, name):
        self.ensure_one()
        return open_records(
            self.env, f"supplier_evaluation.{name}", [("connector_id", "=", self.id)]
        )
