from odoo import fields
from odoo.tools import SQL

from ...models.alert.seen import Seen
from ..common import APPROVER, BUYER, MANAGER, SupplierEvaluationCommon


class AlertCommon(SupplierEvaluationCommon):
    """A company whose rules are those of the test, and one person of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.alert.rule"].search([]).active = False
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people = cls._create_people(
            "alert",
            {
                "buyer": BUYER,
                "colleague": BUYER,
                "approver": APPROVER,
                "manager": MANAGER,
                "portal": "base.group_portal",
                "nobody": "base.group_user",
            },
        )
        cls.people["stranger"] = cls._create_user(
            "alert_stranger", MANAGER, cls.elsewhere
        )
        cls.supplier.buyer_id = cls.people["buyer"]

    @classmethod
    def _rule(cls, name="Test rule", **vals):
        return cls.env["supplier.alert.rule"].create(
            {"name": name, "company_id": cls.company.id, **vals}
        )

    @classmethod
    def _shipped(cls, name):
        """A shipped rule, for the company of the test."""
        rule = cls.env.ref(f"supplier_evaluation.supplier_alert_rule_{name}")
        rule.write({"active": True, "company_id": cls.company.id})
        return rule

    @classmethod
    def _look(cls, rule):
        """Look at a rule, and return its alerts that are not resolved."""
        cls.env.flush_all()
        rule._look()
        return rule.alert_ids.filtered(lambda alert: alert.state != "resolved")

    @classmethod
    def _seen(cls, partner=None, **vals):
        return Seen(cls.company.id, (partner or cls.supplier).id, **vals)

    @classmethod
    def _alert(cls, rule=None, **vals):
        """Open an alert as a rule does."""
        rule = rule or cls._rule(threshold=80)
        seen = cls._seen(**{"value": 70.0, "threshold": 80.0, **vals})
        alert = cls.env["supplier.alert"]._open(rule, [seen])
        return alert

    @classmethod
    def _score(cls, card, score, provisional=False):
        """Give a published scorecard a score, as it is stored."""
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "UPDATE supplier_scorecard SET score = %s, has_score = %s,"
                " provisional = %s WHERE id = %s",
                score,
                score is not None,
                provisional,
                card.id,
            )
        )
        cls.env.invalidate_all()

    def _activities(self, alert):
        return self.env["mail.activity"].search(
            [("res_model", "=", alert._name), ("res_id", "in", alert.ids)]
        )

    @staticmethod
    def _moment(text):
        return fields.Datetime.to_datetime(text)
