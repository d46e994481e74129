from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...report.delivery.query import DeliveryQuery
from ..common import MANAGER
from ..fact.common import CatalogueCommon

PROGRAM_ERRORS = (
    AttributeError("a"),
    KeyError("k"),
    TypeError("t"),
    ValueError("v"),
)
MEASURE = "odoo.addons.supplier_evaluation.models.kpi.measure"


@tagged("post_install", "-at_install")
class TestKpiBroken(CatalogueCommon):
    """A wrong definition is a KPI that is not computed; a wrong program is a bug."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.otd = cls.env.ref("supplier_evaluation.supplier_kpi_otd")
        cls.own = cls._own_kpi("own")
        cls._receive(cls._order(10, 5, "2026-03-10"), "2026-03-10")
        cls._incident("Bad", cost=5)

    @classmethod
    def _own_kpi(cls, code, **vals):
        """A KPI that a manager defined, on incidents unless told otherwise."""
        manager = cls._create_user(f"manager_{code}", MANAGER)
        return (
            cls.env["supplier.kpi"]
            .with_user(manager)
            .create(
                {
                    "name": code,
                    "code": code,
                    "description": "A figure of our own.",
                    "unit": "number",
                    "fact_model": "supplier.incident",
                    "date_field": "date_opened",
                    "aggregator": "sum",
                    "numerator": "cost",
                    **vals,
                }
            )
            .with_env(cls.env)
        )

    def _problems(self, kpis):
        problems = []
        self.env.flush_all()
        with mute_logger(MEASURE, "odoo.sql_db"):
            kpis._measure(self._scope(), problems)
        return {kpi.code: why for broken, why in problems for kpi in broken}

    def _raising(self, error):
        def fail(*_args, **_kwargs):
            raise error

        return fail

    def test_bug_in_the_facts_is_loud(self):
        for error in PROGRAM_ERRORS:
            with (
                self.subTest(error=error),
                patch.object(DeliveryQuery, "sql", self._raising(error)),
                self.assertRaises(type(error)),
            ):
                self._problems(self.otd)

    def test_wrong_sql_of_the_facts_is_loud(self):
        wrong = SQL("SELECT nothing FROM purchase_order_line")
        with (
            patch.object(DeliveryQuery, "sql", lambda self: wrong),
            self.assertRaises(psycopg2.ProgrammingError),
        ):
            self._problems(self.otd)
        # The transaction is as it was before.
        self.assertEqual(self._value("otd"), 100)

    def test_bug_in_the_facts_leaves_no_half_evaluation(self):
        with (
            patch.object(DeliveryQuery, "sql", lambda self: self.gone()),
            self.assertRaises(AttributeError),
        ):
            self._evaluate(self._create_template("Both", ["otd", "own"]))

    def test_what_the_records_make_impossible_is_reported(self):
        """One figure too large for the database takes no other with it."""
        facts = type(self.env["supplier.delivery.fact"])
        for fail in (
            self._raising(UserError("Ask somebody else.")),
            self._raising(AccessError("You may not.")),
            lambda facts, *_args, **_kwargs: facts.env.cr.execute("SELECT 1 / 0"),
        ):
            with patch.object(facts, "_read_group", fail):
                self.assertEqual(set(self._problems(self.otd | self.own)), {"otd"})

    def test_wrong_definition_of_somebody_is_reported(self):
        incidents = type(self.env["supplier.incident"])
        for error in PROGRAM_ERRORS:
            with (
                self.subTest(error=error),
                patch.object(incidents, "_read_group", self._raising(error)),
            ):
                self.assertEqual(set(self._problems(self.otd | self.own)), {"own"})

    def test_what_is_being_typed_is_reported(self):
        """The preview says what is wrong with it; nobody is shown a program."""
        typed = self.otd.new(origin=self.otd, values={"preview_months": "1"})
        with (
            patch.object(DeliveryQuery, "sql", self._raising(TypeError("no number"))),
            mute_logger(MEASURE),
        ):
            self.assertEqual(typed.preview, {"problem": "no number"})

    def test_definition_of_somebody_on_facts_stops_none_of_the_app(self):
        """On the same facts, with the same domain: it is asked for by itself."""
        late = self._own_kpi(
            "late",
            fact_model="supplier.delivery.fact",
            date_field="date",
            aggregator="mean",
            numerator="days_late",
        )
        kpis = type(self.otd)
        answers = kpis._answers

        def fail(kpis, scope):
            if late in kpis:
                raise TypeError("no number")
            return answers(kpis, scope)

        with patch.object(kpis, "_answers", fail):
            self.assertEqual(self._problems(self.otd | late), {"late": "no number"})
            self.assertEqual(self._value("otd"), 100)
