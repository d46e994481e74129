from odoo import api, models
from odoo.fields import Domain

from ...report.history.rows import FACT_IDS
from ...tools.scheduled import Work, run_scheduled
from .matching import ContractBook
from .supplier_contract import HELD

LINE = "purchase.order.line"
# What is open still, and follows the records.
FOLLOWING = ("proposed", "dropped")


class SupplierContractPenalty(models.Model):
    """Penalties are proposed of the delivery facts, and follow them until decided.

    An order line has one at most, whatever is computed how often.
    """

    _inherit = "supplier.contract.penalty"

    @api.model
    def _cron_propose(self):
        """Propose what is due in each company.

        :raises Exception: the error of a company that failed, when the others are done
        """
        lines = self.env["supplier.contract.line"].search(
            [("penalty_percent", ">", 0), ("contract_id.state", "in", HELD)]
        )
        run_scheduled(
            self.env,
            Work(
                "Penalties of contracts",
                lines.company_id,
                self._propose,
                stays=True,
            ),
        )

    @api.model
    def _propose(self, companies):
        """Propose, change and drop penalties by what was delivered.

        The number of statements does not depend on how many they are.

        :return: those that are proposed now
        """
        due = {}
        for company in companies:
            due.update(self._due(company))
        known = self.sudo().search([("company_id", "in", companies.ids)])
        by_line = known.grouped("purchase_line_id")
        missing = [vals for line, vals in due.items() if line not in by_line]
        made = self.sudo()._unguarded().create(missing)
        for penalty in known.filtered(lambda one: one.state in FOLLOWING):
            penalty._follow(due.get(penalty.purchase_line_id))
        known._compare_claims(due)
        proposed = known.filtered(lambda one: one.state == "proposed")
        return self.browse((made | proposed).ids)

    def _catch_up(self):
        """Follow the records once more: they may have changed since the last night.

        :return: those that changed
        """
        due = self._due_of_own()
        changed = self.sudo().filtered(
            lambda one: one._follow(due.get(one.purchase_line_id))
        )
        return self.browse(changed.ids)

    def _due_of_own(self):
        """Return ``{order line: values of a penalty}`` of these, see :meth:`_due`."""
        due = {}
        for company, some in self.sudo().grouped("company_id").items():
            due.update(self._due(company, some.purchase_line_id))
        return due

    def _follow(self, due):
        """Take over what the records say now; what they do not carry is dropped.

        :return: whether something changed
        """
        if not due:
            vals = {} if self.state == "dropped" else {"state": "dropped"}
        else:
            now = self._convert_to_write({name: self[name] for name in due})
            vals = {name: due[name] for name in due if now[name] != due[name]}
        if vals:
            self._write_guarded(vals)
        return bool(vals)

    @api.model
    def _due(self, company, asked=None):
        """Return ``{order line: values of a penalty}`` of what came late.

        :param company: one company
        :param asked: order lines; by default, all of them
        """
        lines = self.env["supplier.contract.line"].sudo()
        lines = lines.with_context(active_test=False).search(
            [
                ("company_id", "=", company.id),
                ("penalty_percent", ">", 0),
                ("contract_id.state", "in", HELD),
            ]
        )
        if not lines:
            return {}
        facts = self._late_facts(company, lines.contract_id, asked)
        # A fact tells its line by its identifier, and links to the order.
        bought = self.env[LINE].sudo().browse(FACT_IDS.split(facts.ids)[LINE])
        vendors = bought.partner_id.commercial_partner_id
        book = ContractBook(self.sudo().env, company, vendors, bought.product_id)
        due = {}
        for fact, line in zip(facts, bought, strict=True):
            term = book.line_for(
                company,
                line.partner_id.commercial_partner_id,
                line.product_id,
                line._contract_day(),
            )
            vals = term and term.penalty_percent and term._penalty_vals(fact, line)
            # Nobody decides on nothing: of what is free, or with at most 0 %.
            if vals and vals["amount"] > 0:
                due[line] = vals
        return due

    def _late_facts(self, company, contracts, asked=None):
        """Return the deliveries of order lines that were complete too late.

        What somebody left out with a reason, or what is open still, is not one.
        """
        facts = self.env["supplier.delivery.fact"].sudo()
        own = Domain.TRUE
        if asked is not None:
            own = Domain("id", "in", [FACT_IDS.encode(LINE, id_) for id_ in asked.ids])
        return facts.search_fetch(
            own
            & Domain(
                [
                    ("company_id", "=", company.id),
                    ("partner_id", "in", contracts.commercial_partner_id.ids),
                    ("date", ">=", min(contracts.mapped("date_from"))),
                    ("res_model", "=", "purchase.order"),
                    ("exclusion", "=", False),
                    ("is_complete", "=", True),
                    ("days_behind", ">", 0),
                ]
            ),
            ["date", "date_received", "days_behind", "quantity_ordered"],
        )


class SupplierContractLine(models.Model):
    _inherit = "supplier.contract.line"

    def _penalty_vals(self, fact, line):
        """Return the penalty of an order line that came late.

        :param fact: its delivery
        :param line: the order line
        """
        self.ensure_one()
        days = int(fact.days_behind)
        at_most = self.penalty_max_percent
        at_most = 100.0 if at_most is False else at_most
        percent = round(min(days * self.penalty_percent, at_most), 2)
        worth = line._worth_of(fact.quantity_ordered)
        return {
            "company_id": line.company_id.id,
            "partner_id": line.partner_id.commercial_partner_id.id,
            "contract_line_id": self.id,
            "purchase_line_id": line.id,
            "date_promised": fact.date,
            "date_received": fact.date_received,
            "days_late": days,
            "currency_id": line.currency_id.id,
            "worth": worth,
            "percent": percent,
            "amount": line.currency_id.round(worth * percent / 100),
            "state": "proposed",
        }


class PurchaseOrderLine(models.Model):
    _inherit = LINE

    def _worth_of(self, quantity):
        """Return what a quantity costs, without tax, at the present price.

        What was ordered beside it after the promised day did not come late.

        :param float quantity: in the product's own unit
        """
        self.ensure_one()
        ordered = self._get_ordered_quantity()
        if not ordered:
            return self.price_subtotal
        return self.currency_id.round(self.price_subtotal * quantity / ordered)
