from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.risk.kinds import KINDS, SEVERITIES, STATES
from ...tools.optional_numbers import OptionalFloat
from .query import FACT_IDS, SIGNAL, RiskQuery

#: The kind of a record that says that somebody looked.
CHECKED = ("checked", "Looked At, Nothing Counted")


class SupplierRiskFact(models.Model):
    """What is known of a supplier from outside: signals, and that somebody looked.

    Looking is a record with nothing in it, so "nothing found" is 0, and "nobody
    looked" is no data.
    """

    _name = "supplier.risk.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Risk Analysis"
    _auto = False
    _fact_query = RiskQuery
    # A lawsuit alone is no reason to evaluate a supplier.
    _fact_enrols = False
    _depends = {
        "supplier.risk.signal": [
            "commercial_partner_id",
            "company_id",
            "date",
            "date_closed",
            "date_end",
            "kind",
            "name",
            "rating_score",
            "severity",
            "source",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
        "supplier.risk.check": [
            "commercial_partner_id",
            "company_id",
            "date",
            "has_environment",
            "has_legal",
            "source",
        ],
    }

    date = fields.Date(
        help="When it happened, as the source says, or when the source was looked at."
    )
    topic = fields.Selection(
        selection=[
            ("legal", "Lawsuits and Penalties"),
            ("rating", "Credit Rating"),
            ("environment", "Environment"),
        ],
        readonly=True,
    )
    kind = fields.Selection(selection=[*KINDS, CHECKED], readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    state = fields.Selection(STATES, string="Status", readonly=True)
    source = fields.Char(readonly=True)
    cases = OptionalFloat(
        string="Lawsuits and Penalties, Number",
        readonly=True,
        digits=(16, 0),
        help="1 of a lawsuit or a penalty, 0 where somebody looked.",
    )
    environment_points = OptionalFloat(
        string="Environment, Points",
        readonly=True,
        digits=(16, 1),
        help="1 of a low violation, 2 of a medium, 4 of a high, 8 of a critical one; "
        "half of it where measures were taken. 0 where somebody looked.",
    )
    rating_score = OptionalFloat(
        string="Rating, Points", readonly=True, digits=(16, 1), aggregator="avg"
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Risk signals (lawsuits, penalties, violations of environmental law, "
                "credit ratings) entered by hand, from files and from other systems, "
                "and the notes that a register was looked at."
            ),
            self.env._(
                "False alarms, lawsuits that had ended or were closed by the cut-off, "
                "ratings that a newer one of the same source replaced, and signals "
                "that a manager left out with a reason. A signal counts until it is "
                "found to be a false alarm, confirmed or not."
            ),
        )

    def action_leave_out(self):
        """Ask why these signals shall not count.

        :raises UserError: none of these is a signal
        """
        signals = self._left_out_signals()
        if not signals:
            raise UserError(
                self.env._("That somebody looked always counts: choose signals.")
            )
        return signals.action_leave_out()

    def _records_left_out(self):
        return {"supplier.risk.signal": self._left_out_signals().ids}

    def _left_out_signals(self):
        decoded = (FACT_IDS.decode(fact_id) for fact_id in self.ids)
        return self.env["supplier.risk.signal"].browse(
            [record_id for record_id, kind in decoded if kind == SIGNAL]
        )
