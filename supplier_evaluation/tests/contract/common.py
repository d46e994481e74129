from freezegun import freeze_time

from odoo import Command
from odoo.tools import SQL

from ...models.gate.gate import PurchaseGate
from ..common import APPROVER, BUYER, MANAGER, SupplierEvaluationCommon

PDF = b"%PDF-1.4\n%%EOF\n"
NOON = " 04:00:00"


class ContractCommon(SupplierEvaluationCommon):
    """A buyer who writes contracts, and three others who may approve them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "contract",
            {
                "buyer": BUYER,
                "colleague": BUYER,
                "approver": APPROVER,
                "manager": MANAGER,
                "second": MANAGER,
            },
        )
        cls.goods = cls.env.ref("product.product_category_goods")
        cls.term = cls.env.ref("account.account_payment_term_30days")

    @classmethod
    def _contract(cls, lines=None, user="buyer", approved=True, **vals):
        """A contract of the year 2026, in force since its first day.

        :param list lines: values of its lines; 100 bolts for 10 each by default
        """
        lines = [{"price": 10, "quantity": 100}] if lines is None else lines
        company = vals.pop("company", cls.company)
        contracts = cls._as(cls.env["supplier.contract"], user)
        with freeze_time(f"2026-01-01{NOON}"):
            contract = contracts.with_company(company).create(
                {
                    "title": "Bolts",
                    "partner_id": cls.supplier.id,
                    "company_id": company.id,
                    "currency_id": company.currency_id.id,
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                    **vals,
                    "line_ids": [
                        Command.create(
                            line
                            if {"product_id", "categ_id"} & line.keys()
                            else {"product_id": cls.product.id, **line}
                        )
                        for line in lines
                    ],
                }
            )
            if approved:
                cls._approve(contract)
        return contract.with_env(cls.env)

    @classmethod
    def _approve(cls, contract):
        contract.action_submit()
        for user in ("approver", "manager"):
            cls._as(contract, user).action_approve()
        cls.env.invalidate_all()

    @classmethod
    def _indices(cls, values, **vals):
        """Price indices of the product by month, from one source."""
        return cls.env["supplier.price.index"].create(
            [
                {
                    "company_id": cls.company.id,
                    "product_id": cls.product.id,
                    "month": f"{month}-01",
                    "value": value,
                    "source": "LME",
                    **vals,
                }
                for month, value in values.items()
            ]
        )

    # ------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------

    @classmethod
    def _draft(cls, quantity=10, price=10, user="buyer", **vals):
        """A request of the buyer, of one line."""
        company = vals.pop("company", cls.company)
        line = {
            "product_id": vals.pop("product", cls.product).id,
            "product_qty": quantity,
            "product_uom_id": vals.pop("uom", cls.uom_unit).id,
            "price_unit": price,
            "discount": vals.pop("discount", 0),
            "date_planned": "2036-01-01 04:00:00",
            "tax_ids": [Command.set(vals.pop("taxes", cls.env["account.tax"]).ids)],
        }
        orders = cls.env["purchase.order"].with_company(company)
        order = orders.create(
            {
                "partner_id": cls.supplier.id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "user_id": cls.people[user].id,
                **vals,
                "order_line": [Command.create(line)],
            }
        )
        return order.with_user(cls.people[user]).with_company(company)

    def _reasons(self, orders, together=False):
        verdicts = PurchaseGate(orders, together).verdicts("order")
        return [" ".join(verdicts[order.id].reasons) for order in orders]

    def _reason(self, *args, **vals):
        [reason] = self._reasons(self._draft(*args, **vals))
        return reason

    @classmethod
    def _revision(cls, contract):
        """The next version of a contract, a draft of the buyer."""
        action = cls._as(contract, "buyer").action_revise()
        return cls._as(contract, "buyer").browse(action["res_id"])

    def _row(self, record):
        """Where the database keeps a row: another place is another version of it."""
        self.env.flush_all()
        table = SQL.identifier(record._table)
        found = SQL("SELECT ctid::text FROM %s WHERE id = %s", table, record.id)
        return self.env.execute_query(found)
