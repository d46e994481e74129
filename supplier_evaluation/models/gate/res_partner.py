from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.numbers import number
from ...tools.wording import sentences
from .standing import VendorGate
from .verdict import LEVELS


class ResPartner(models.Model):
    """What a buyer should know of a vendor in the moment of choosing it."""

    _inherit = "res.partner"

    supplier_gate_level = fields.Selection(
        selection=LEVELS,
        string="Purchase Policy",
        compute="_compute_supplier_gate_level",
        groups=USER_GROUP,
        help="What the purchase policies say of an order there.",
    )

    @api.depends_context("company", "uid", "res_partner_search_mode")
    def _compute_supplier_gate_level(self):
        """Judge vendors; a list of contacts for something else needs none of it."""
        self.supplier_gate_level = False
        if self._chooses_supplier():
            gate = VendorGate(self, self.env.company)
            for partner in self:
                partner.supplier_gate_level = gate.standing(partner).level or False

    @api.model
    @api.readonly
    def web_name_search(
        self, name, specification, domain=None, operator="ilike", limit=100
    ):
        """Tell of each vendor that is offered how good it is, and if it is blocked.

        Only where a vendor is chosen, and to who may see scores: what is found then has
        one more key, ``supplier_choice``, as :meth:`_supplier_choices` returns it.
        """
        found = super().web_name_search(
            name, specification, domain=domain, operator=operator, limit=limit
        )
        if found and self._chooses_supplier():
            choices = self.browse([one["id"] for one in found])._supplier_choices()
            for one in found:
                one["supplier_choice"] = choices[one["id"]]
        return found

    def _supplier_choices(self, category=None):
        """Return what to know of these vendors, in a constant number of statements.

        :param category: product category that is bought; any without it
        :return: for each id a dict with ``grade``, ``grade_title``, ``color``,
            ``provisional``, ``score``, ``on_time`` in words, ``level`` (``"block"``,
            ``"warn"`` or empty) and the ``reason`` for it
        """
        company = self.env.company
        gate = VendorGate(self, company)
        choices = {}
        for partner in self:
            vendor = partner.commercial_partner_id
            verdict = gate.standing(partner, category)
            grade = vendor.supplier_grade_id
            choices[partner.id] = {
                "grade": grade.name or "",
                "grade_title": vendor._supplier_grade_title(),
                "color": grade.color,
                "provisional": vendor.supplier_score_provisional,
                "score": vendor.supplier_score if grade else False,
                "on_time": vendor._supplier_on_time_text(),
                "level": verdict.level,
                "reason": sentences(
                    self.env,
                    filter(None, [verdict.override_note, *verdict.reasons]),
                ),
            }
        return choices

    def _supplier_grade_title(self):
        """Return the grade in words, empty without one."""
        grade = self.supplier_grade_id.name
        if not grade:
            return ""
        if self.supplier_score_provisional:
            return self.env._("Grade %(grade)s, provisional", grade=grade)
        return self.env._("Grade %(grade)s", grade=grade)

    def _supplier_on_time_text(self):
        """Return the on-time delivery of the last scorecard in words, or nothing."""
        if not self.supplier_on_time_line_id:
            return ""
        return self.env._(
            "%(rate)s %% on time",
            rate=number(self.env, self.supplier_on_time_rate, 0),
        )
