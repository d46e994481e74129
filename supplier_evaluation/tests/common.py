from contextlib import contextmanager
from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, new_test_user

from ..scoring import FactScope
from ..tools.groups import APPROVER_GROUP, REVIEWER_GROUP
from .scheduled import ScheduledCommon

BUYER = "purchase.group_purchase_user"
MANAGER = "purchase.group_purchase_manager"
APPROVER = f"{BUYER},{APPROVER_GROUP}"
REVIEWER = REVIEWER_GROUP


class PeopleCommon(TransactionCase):
    """Users, records as they see them, and what they are refused.

    A class made of this one has a ``company``, and may name its users in ``people``.
    """

    @classmethod
    def _create_user(cls, login, groups, company=None, **vals):
        """Create a user of one company, unless ``vals`` say otherwise.

        :param str groups: external ids, separated by commas
        """
        company = company or cls.company
        own = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        return new_test_user(cls.env, login, groups=groups, **{**own, **vals})

    @classmethod
    def _create_people(cls, kind, people):
        """Create users of the company, and return them by their names.

        :param str kind: with which their logins begin
        :param dict people: for each name, what :meth:`_create_user` takes as groups
        """
        return {
            name: cls._create_user(f"{kind}_{name}", groups)
            for name, groups in people.items()
        }

    @classmethod
    def _as(cls, records, user):
        """Return records as a user sees them, in the companies of this user.

        :param user: a user, or a name in ``people``
        """
        if isinstance(user, str):
            user = cls.people[user]
        return (
            records.with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .sudo(False)
        )

    @classmethod
    def _close_company(cls, company=None):
        """Put a company into the archive; its people act in another one."""
        company = company or cls.company
        main = cls.env.ref("base.main_company")
        people = cls.env["res.users"].with_context(active_test=False)
        people = people.search([("company_id", "=", company.id)])
        people.write({"company_ids": [Command.link(main.id)], "company_id": main.id})
        company.active = False

    def _statements_of(self, operation):
        """Return how many SQL statements an operation makes, with empty caches."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        operation()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    @contextmanager
    def assertRefused(self, text="", error=UserError):
        """What is done in this block is refused in these words, and is taken back.

        :param str text: regular expression
        :param error: what is raised; errors of access and validation are UserErrors
        """
        with self.assertRaises(error) as refusal:
            yield refusal
        self.assertRegex(str(refusal.exception), text)


class SupplierEvaluationCommon(ScheduledCommon, PeopleCommon):
    """A company in Shanghai with its own products; builders for real records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls._create_company("Golden Works", "Asia/Shanghai", "USD")
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.uom_unit = cls.env.ref("uom.product_uom_unit")
        cls.uom_dozen = cls.env.ref("uom.product_uom_dozen")
        cls.supplier = cls._create_supplier("Golden Supplier")
        cls.product = cls._create_product("Bolt")
        cls.template = cls._create_template("Golden")

    # ------------------------------------------------------------
    # Builders
    # ------------------------------------------------------------

    @classmethod
    def _create_company(cls, name, tz, currency):
        currency = (
            cls.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", currency)])
        )
        currency.active = True
        company = cls.env["res.company"].create(
            {"name": name, "currency_id": currency.id}
        )
        company.partner_id.tz = tz
        return company

    @classmethod
    def _euros(cls, rates):
        """Return the euro with its rates in the company.

        :param dict rates: for each day on which one begins, euros for a dollar
        """
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.env["res.currency.rate"].create(
            [
                {
                    "name": day,
                    "currency_id": euro.id,
                    "company_id": cls.company.id,
                    "rate": rate,
                }
                for day, rate in rates.items()
            ]
        )
        return euro

    @classmethod
    def _create_supplier(cls, name, supplier_rank=0, **vals):
        """Create a company; the rank is set later, since others reset it (OCA's do)."""
        partner = cls.env["res.partner"].create(
            {"name": name, "is_company": True, **vals}
        )
        if supplier_rank:
            partner.supplier_rank = supplier_rank
        return partner

    @classmethod
    def _create_contact(cls, name, **vals):
        """Somebody at the supplier, unless ``vals`` name another one."""
        return cls._create_supplier(
            name, **{"parent_id": cls.supplier.id, "is_company": False, **vals}
        )

    @classmethod
    def _create_product(cls, name, **vals):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "uom_id": cls.uom_unit.id,
                **vals,
            }
        )

    @classmethod
    def _create_template(cls, name, codes=None, **vals):
        """A template that scores the KPIs, each linearly over its usual range."""
        kpis = cls.env["supplier.kpi"].search([("code", "in", codes)] if codes else [])
        return cls.env["supplier.scorecard.template"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "date_start": date(2026, 3, 1),
                "line_ids": [
                    Command.create(
                        {
                            "kpi_id": kpi.id,
                            "weight": 10,
                            "point_ids": [
                                Command.create(point)
                                for point in cls._points(kpi.higher_is_better)
                            ],
                        }
                    )
                    for kpi in kpis
                ],
                **vals,
            }
        )

    @staticmethod
    def _points(higher_is_better):
        scores = (0, 100) if higher_is_better else (100, 0)
        return [
            {"value": value, "score": score}
            for value, score in zip((0, 100), scores, strict=True)
        ]

    @classmethod
    def _order(cls, quantity, price, promise, confirmed="2026-03-01", **vals):
        """Confirm an order of one line at 10 o'clock Shanghai time.

        :param str promise: local day
        :return: the order line
        """
        uom = vals.pop("uom", cls.uom_unit)
        product = vals.pop("product", cls.product)
        partner = vals.pop("partner", cls.supplier)
        company = vals.pop("company", cls.company)
        with freeze_time(f"{confirmed} 02:00:00"):
            order = (
                cls.env["purchase.order"]
                .with_company(company)
                .create(
                    {
                        "partner_id": partner.id,
                        "company_id": company.id,
                        "currency_id": company.currency_id.id,
                        **vals,
                        "order_line": [
                            Command.create(
                                {
                                    "product_id": product.id,
                                    "product_qty": quantity,
                                    "product_uom_id": uom.id,
                                    "price_unit": price,
                                    "date_planned": f"{promise} 04:00:00",
                                    "tax_ids": [Command.clear()],
                                }
                            )
                        ],
                    }
                )
            )
            order.button_confirm()
        return order.order_line

    @classmethod
    def _receive(cls, line, when, quantity=None, backorder=True):
        """Validate the open receipt of a line.

        :param str when: UTC, ``2026-03-10`` (noon Shanghai) or with a time
        :param quantity: in the product's unit; all that is open by default
        """
        when = when if " " in when else f"{when} 04:00:00"
        with freeze_time(when):
            picking = cls._open_transfers(line.move_ids.picking_id)[:1]
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty if quantity is None else quantity
                move.picked = True
            cls._validate(picking, backorder)
        return picking

    @classmethod
    def _open_transfers(cls, pickings):
        """The transfers that are neither done nor cancelled."""
        return pickings.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )

    @classmethod
    def _validate(cls, picking, backorder=True):
        """Validate a transfer; the rest waits as a back order, or comes no more."""
        picking.with_context(
            skip_backorder=True,
            picking_ids_not_to_backorder=[] if backorder else picking.ids,
        ).button_validate()

    @classmethod
    def _return(
        cls,
        picking,
        when,
        quantity,
        *,
        to=None,
        reason=None,
        exchange=False,
        type_=None,
    ):
        """Return goods to the supplier with the wizard.

        :param to: the location to which the return is sent instead
        :param reason: given in the dialog instead of what it proposes
        :param exchange: whether they are to be replaced
        :param type_: the operation type that is chosen on the return instead
        """
        with freeze_time(f"{when} 04:00:00"):
            form = Form(
                cls.env["stock.return.picking"].with_context(
                    active_ids=picking.ids,
                    active_id=picking.id,
                    active_model="stock.picking",
                )
            )
            wizard = form.save()
            wizard.product_return_moves.quantity = quantity
            if reason:
                wizard.supplier_return_reason = reason
            if exchange:
                action = wizard.action_create_exchanges()
            else:
                action = wizard.action_create_returns()
            back = cls.env["stock.picking"].browse(action["res_id"])
            if type_:
                with Form(back) as form:
                    form.picking_type_id = type_
            if to:
                back.location_dest_id = to
                back.move_ids.location_dest_id = to
            back.action_assign()
            back.move_ids.quantity = quantity
            back.move_ids.picked = True
            back.with_context(skip_backorder=True).button_validate()
        return back

    @classmethod
    def _change_promise(cls, line, new_day, reason, when="2026-03-02"):
        with freeze_time(f"{when} 02:00:00"):
            wizard = cls.env["supplier.promise.change.wizard"].create(
                {
                    "line_ids": line.ids,
                    "reason": reason,
                    "date_to": f"{new_day} 04:00:00",
                    "note": "agreed by phone",
                }
            )
            wizard.action_apply()

    # ------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------

    @classmethod
    def _scope(cls, **vals):
        """March 2026 with the cut-off of the golden set."""
        defaults = {
            "company_id": cls.company.id,
            "date_from": date(2026, 3, 1),
            "date_to": date(2026, 3, 31),
            "cutoff": datetime(2026, 4, 4, 16, 0),
            "tz": "Asia/Shanghai",
        }
        return FactScope(**{**defaults, **vals})

    @classmethod
    def _measure(cls, code, partner=None, **scope):
        kpi = cls.env["supplier.kpi"].search([("code", "=", code)])
        cls.env.flush_all()
        measures = kpi._measure(cls._scope(**scope))
        return measures.get((partner or cls.supplier).id, {}).get(code)

    @classmethod
    def _value(cls, code, **scope):
        measure = cls._measure(code, **scope)
        return measure and measure.value

    @classmethod
    def _fact(cls, line, **scope):
        cls.env.flush_all()
        facts = cls.env["supplier.delivery.fact"]._with_fact_scope(
            cls._scope(with_excluded=True, **scope)
        )
        return facts.search([("id", "=", line.id * 2)])

    @classmethod
    def _evaluate(cls, template=None, **vals):
        """Create and compute the evaluation of March 2026."""
        cls.env.flush_all()
        evaluation = cls.env["supplier.evaluation"].create(
            {
                "template_id": (template or cls.template).id,
                "company_id": cls.company.id,
                "date_from": date(2026, 3, 1),
                "date_to": date(2026, 3, 31),
                "cutoff": datetime(2026, 4, 4, 16, 0),
                **vals,
            }
        )
        evaluation.action_compute()
        return evaluation
