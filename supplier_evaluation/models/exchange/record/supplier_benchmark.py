from odoo import fields, models

from ....tools.optional_numbers import OptionalFloat


class SupplierBenchmark(models.Model):
    """What others reach for a figure: a reference, which scores nobody."""

    _name = "supplier.benchmark"
    _inherit = [
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.optional.numbers.mixin",
    ]
    _description = "Benchmark of a KPI"
    _order = "kpi_id, date_from desc, group_name, id"
    _rec_name = "group_name"
    _check_company_auto = True

    kpi_id = fields.Many2one(
        "supplier.kpi", string="KPI", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    group_name = fields.Char(
        string="Of Whom", required=True, help="As an industry or a country."
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    value = fields.Float(
        string="Usual Value", required=True, aggregator=None, help="In the KPI's unit."
    )
    value_low = OptionalFloat(string="Lower Quarter", aggregator=None)
    value_high = OptionalFloat(string="Upper Quarter", aggregator=None)
    publisher = fields.Char(help="Who says so.")

    _once = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT (company_id, kpi_id, group_name, date_from,"
        " publisher)",
        "There is a benchmark of this KPI for the same group, day and publisher.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A benchmark ends after it begins: check its two dates.",
    )
