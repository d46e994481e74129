from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from ..fact.price import TAXES_READ
from ..promise.at_cutoff import CHANGES_READ
from .cooperation import COOPERATION_IDS, KINDS, CooperationQuery
from .supplier_price_fact import SupplierPriceFact


class SupplierCooperationFact(models.Model):
    """What was ordered in the period, and a year before; the first order ever.

    One row per confirmed order line, native or imported, of the period and of the same
    days of the year before; and one for the first line with each supplier.
    """

    _name = "supplier.cooperation.fact"
    _inherit = ["supplier.order.fact.mixin", "supplier.fact.mixin"]
    _description = "Cooperation Analysis"
    _auto = False
    _fact_query = CooperationQuery
    # That there was an order once does not say that there is one now.
    _fact_enrols = False
    _fact_is_found_first = True
    _fact_aspects = tuple(KINDS)
    _depends = {**TAXES_READ, **CHANGES_READ, **SupplierPriceFact._depends}

    date = fields.Date(string="Confirmed On")
    kind = fields.Selection(
        selection=[
            ("ordered", "Ordered in the period"),
            ("before", "Ordered a year before"),
            ("first", "First order"),
        ],
        readonly=True,
    )
    value = OptionalFloat(
        readonly=True,
        digits=(16, 2),
        help="After discount, in company currency at the order's rate.",
    )
    growth_value = OptionalFloat(
        string="Growth",
        readonly=True,
        digits=(16, 2),
        help="The value in the period, or less it in the year before.",
    )
    before_value = OptionalFloat(
        string="Value a Year Before", readonly=True, digits=(16, 2)
    )
    years = OptionalFloat(
        string="Years of Cooperation",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="From the first order to the end of the period, or the cut-off if it is "
        "sooner; in an analysis, to today.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Lines of confirmed purchase orders of the period and of the same days "
                "of the year before, the first one with the supplier, and imported "
                "delivery history that says when it was ordered."
            ),
            self.env._(
                "Lines of cancelled orders, lines with nothing left to order, down "
                "payments, imported lines that are in Odoo as well, and what a "
                "manager left out with a reason."
            ),
        )

    def _fact_documents(self):
        lines = [COOPERATION_IDS.decode(fact_id)[0] for fact_id in self.ids]
        return self.env["supplier.price.fact"].browse(lines)._fact_documents()

    def _records_left_out(self):
        lines = {COOPERATION_IDS.decode(fact_id)[0] for fact_id in self.ids}
        return self.env["supplier.price.fact"].browse(lines)._records_left_out()
