from collections import defaultdict

from odoo import api, fields, models

from ...report.history.rows import FACT_IDS
from ...tools.actions import open_records
from ...tools.optional_numbers import OptionalFloat
from ..contract.matching import ContractBook
from ..contract.supplier_contract import HELD

ORDER_LINE = "purchase.order.line"


class SupplierContractLine(models.Model):
    """What is agreed beside what came: lead time and defects, with their records.

    They are those of the delivery and receipt facts of the orders that were under the
    line. What nothing was delivered of has no figure.
    """

    _inherit = "supplier.contract.line"

    lead_time_actual = OptionalFloat(
        string="Actual Lead Time (days)",
        digits=(16, 1),
        compute="_compute_actual",
        help="Mean over the order lines under this line that came, of their "
        "quantity-weighted days from confirmation to receipt.",
    )
    lead_time_count = fields.Integer(
        string="Order Lines That Came", compute="_compute_actual"
    )
    defect_percent_actual = OptionalFloat(
        string="Actual Defects (%)",
        digits=(16, 2),
        compute="_compute_actual",
        help="How much of the received quantity was faulty: returned as bad or wrong, "
        "scrapped, or rejected in an incident.",
    )
    defect_count = fields.Integer(
        string="Receipts of the Line", compute="_compute_actual"
    )

    @api.depends("state", "product_id", "categ_id", "uom_id")
    def _compute_actual(self):
        delivered, received = self._origin._actual_facts()
        for line in self:
            days = delivered[line._origin.id].mapped("lead_time")
            line.lead_time_count = len(days)
            line.lead_time_actual = sum(days) / len(days) if days else False
            share, count = line._origin._defect_share(received[line._origin.id])
            line.defect_percent_actual = share
            line.defect_count = count

    def action_open_lead_time(self):
        """Open the deliveries of which the actual lead time is the mean."""
        return self._open_facts("supplier_delivery_fact_action", 0)

    def action_open_defects(self):
        """Open the receipts of which the share of defects is made."""
        return self._open_facts("supplier_receipt_fact_action", 1)

    def _open_facts(self, action, place):
        self.ensure_one()
        facts = self._actual_facts()[place][self.id]
        return open_records(
            self.env,
            f"supplier_evaluation.{action}",
            [("id", "in", facts.ids)],
            name=self.display_name,
        )

    # ------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------

    def _actual_facts(self):
        """Return the deliveries and the receipts of the orders under each line.

        The number of statements does not depend on how many lines they are.

        :return: two dicts ``{line id: facts}``, empty for a line without any
        """
        lines = self.sudo().filtered(lambda line: line.contract_id.state in HELD)
        asked = lines.with_env(self.env)
        came, checked = asked._facts("delivery"), asked._facts("receipt")
        ids = FACT_IDS.split(came.ids)[ORDER_LINE]
        bought = self.env[ORDER_LINE].sudo().browse(ids)
        received = [fact.sudo().purchase_line_id for fact in checked]
        terms = self._terms_of(lines, bought.union(*received))
        return _by_term(came, bought, terms), _by_term(checked, received, terms)

    def _facts(self, kind):
        """Return what may have come of orders under the lines.

        :param str kind: ``delivery`` or ``receipt``
        """
        facts = self.env[f"supplier.{kind}.fact"]
        if not self:
            return facts
        contracts = self.contract_id
        own = {
            "delivery": [("res_model", "=", "purchase.order")],
            "receipt": [("kind", "=", "receipt"), ("purchase_line_id", "!=", False)],
        }
        read = {
            "delivery": ["lead_time"],
            "receipt": ["purchase_line_id", "quantity_received", "quantity_defective"],
        }
        return facts.search_fetch(
            [
                ("company_id", "in", contracts.company_id.ids),
                ("partner_id", "in", contracts.commercial_partner_id.ids),
                ("date", ">=", min(contracts.mapped("date_from"))),
                ("exclusion", "=", False),
                *own[kind],
            ],
            read[kind],
        ).filtered(lambda fact: kind == "receipt" or fact.lead_time is not False)

    @api.model
    def _terms_of(self, lines, bought):
        """Return ``{order line: id of the contract line}`` that counts for it.

        :param lines: contract lines, with full rights
        :param bought: order lines, with full rights
        """
        contracts = lines.contract_id
        book = ContractBook(
            lines.env,
            contracts.company_id,
            contracts.commercial_partner_id,
            bought.product_id,
        )
        terms = {}
        for line in bought:
            term = book.line_for(
                line.company_id,
                line.partner_id.commercial_partner_id,
                line.product_id,
                line._contract_day(),
            )
            if term:
                terms[line] = term.id
        return terms

    def _defect_share(self, receipts):
        """Return how many percent were faulty, and of how many receipts.

        Quantities are added in the unit of the line, or of its first receipt; what
        cannot be turned into it does not count.
        """
        received = defective = count = 0
        unit = self.uom_id or receipts[:1].sudo().purchase_line_id.product_id.uom_id
        for fact in receipts:
            own = fact.sudo().purchase_line_id.product_id.uom_id
            if not fact.quantity_received or not own._has_common_reference(unit):
                continue
            count += 1
            received += own._compute_quantity(fact.quantity_received, unit, round=False)
            defective += own._compute_quantity(
                fact.quantity_defective or 0.0, unit, round=False
            )
        return (100 * defective / received if received else False), count


def _by_term(facts, bought, terms):
    """Return ``{contract line id: facts}``.

    :param facts: of which each belongs to the order line at its place in ``bought``
    :param dict terms: see :meth:`SupplierContractLine._terms_of`
    """
    ids = defaultdict(list)
    for fact, line in zip(facts, bought, strict=True):
        ids[terms.get(line)].append(fact.id)
    found = defaultdict(facts.browse)
    found.update({term: facts.browse(some) for term, some in ids.items()})
    return found
