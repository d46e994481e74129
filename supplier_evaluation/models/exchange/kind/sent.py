"""What only goes out: evaluations, scorecards, alerts, certifications, actions."""

from odoo import api, fields, models
from odoo.tools import SQL

_SEALED = ("published", "superseded")


def _instant(value):
    return f"{value.replace(microsecond=0).isoformat()}Z" if value else None


def _day(value):
    return fields.Date.to_string(value) if value else None


def _number(value):
    """No data is not 0."""
    return None if value is False else value


class SupplierExchangeKindEvaluation(models.AbstractModel):
    _name = "supplier.exchange.kind.evaluation"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    _kind = "evaluation"
    _writes = "supplier.evaluation"

    @api.model
    def _out_domain(self, company):
        return [*super()._out_domain(company), ("state", "in", _SEALED)]

    @api.model
    def _out(self, records):
        return {
            one.id: {
                "name": one.name,
                "template": one.template_id.name,
                "date_from": _day(one.date_from),
                "date_to": _day(one.date_to),
                "cutoff": _instant(one.cutoff),
                "scorecards": len(one.scorecard_ids),
                "status": one.state,
            }
            for one in records
        }


class SupplierExchangeKindScorecard(models.AbstractModel):
    _name = "supplier.exchange.kind.scorecard"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    _kind = "scorecard"
    _writes = "supplier.scorecard"

    @api.model
    def _out_domain(self, company):
        return [
            ("company_id", "=", company.id),
            ("evaluation_id.state", "in", _SEALED),
        ]

    @api.model
    def _out_clock(self, table):
        """What is said of an evaluation is said of all its scorecards at once."""
        return SQL(
            "(SELECT e.write_date FROM supplier_evaluation e WHERE e.id = %s)",
            SQL.identifier(table, "evaluation_id"),
        )

    @api.model
    def _vendor_of(self, record):
        return record.partner_id

    @api.model
    def _out(self, records):
        return {
            one.id: {
                "evaluation": str(one.evaluation_id.id),
                "date_from": _day(one.date_from),
                "date_to": _day(one.date_to),
                "score": _number(one.score),
                "score_low": _number(one.score_low),
                "score_high": _number(one.score_high),
                "coverage": one.coverage,
                "grade": one.grade_id.name or None,
                "rank": _number(one.rank),
                "provisional": one.provisional,
                "status": one.evaluation_id.state,
                "lines": [self._line(line) for line in one.line_ids],
            }
            for one in records
        }

    @api.model
    def _line(self, line):
        return {
            "kpi": line.kpi_id.code,
            "value": _number(line.value),
            "records": line.n,
            "score": _number(line.score),
            "weight": line.weight,
        }


class SupplierExchangeKindAlert(models.AbstractModel):
    _name = "supplier.exchange.kind.alert"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    _kind = "alert"
    _writes = "supplier.alert"

    @api.model
    def _vendor_of(self, record):
        return record.partner_id

    @api.model
    def _out(self, records):
        return {
            one.id: {
                "rule": one.rule_id.name,
                "severity": one.severity,
                "status": one.state,
                "date_opened": _instant(one.date_opened),
                "date_resolved": _instant(one.date_resolved),
                "seen": one.headline or None,
            }
            for one in records
        }


class SupplierExchangeKindCertificationChange(models.AbstractModel):
    _name = "supplier.exchange.kind.certification.change"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    _kind = "certification_change"
    _writes = "supplier.certification.transition"

    @api.model
    def _out_clock(self, table):
        return SQL.identifier(table, "date")

    @api.model
    def _vendor_of(self, record):
        return record.certification_id.partner_id.commercial_partner_id

    @api.model
    def _out(self, records):
        return {
            one.id: {
                "program": one.certification_id.program_id.name,
                "state_from": one.state_from or None,
                "state_to": one.state_to,
                "date_from": _day(one.date_from),
                "date_to": _day(one.date_to),
                "date": _instant(one.date),
            }
            for one in records
        }


class SupplierExchangeKindAction(models.AbstractModel):
    _name = "supplier.exchange.kind.action"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    _kind = "action"
    _writes = "supplier.corrective.action"

    @api.model
    def _vendor_of(self, record):
        return record.partner_id.commercial_partner_id

    @api.model
    def _out(self, records):
        return {
            one.id: {
                "number": one.name,
                "title": one.title,
                "status": one.state,
                "step": one.step_id.display_name or None,
                "date_opened": _instant(one.date_opened),
                "date_closed": _instant(one.date_closed),
            }
            for one in records
        }
