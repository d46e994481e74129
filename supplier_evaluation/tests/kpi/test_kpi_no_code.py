from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MANAGER
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestKpiNoCode(CatalogueCommon):
    """A manager makes a KPI on any model that has a supplier, a date and a company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", MANAGER)

    def _kpi(self, **vals):
        return self.env["supplier.kpi"].create(
            {
                "name": "Cost of incidents",
                "code": "test_cost",
                "description": "What incidents cost us.",
                "dimension": "quality",
                "unit": "number",
                "higher_is_better": False,
                "fact_model": "supplier.incident",
                "partner_field": "partner_id",
                "date_field": "date_opened",
                "company_field": "company_id",
                "aggregator": "sum",
                "numerator": "cost",
                **vals,
            }
        )

    def _of(self, kpi, partner=None, **scope):
        self.env.flush_all()
        answers = kpi._measure(self._scope(**scope))
        return answers.get((partner or self.supplier).id, {}).get(kpi.code)

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

    def test_sum_mean_count_ratio(self):
        for cost, quantity in ((100, 4), (50, 1)):
            self._incident("Bad", cost=cost, quantity=quantity)
        figures = {
            "sum": (self._kpi(), 150),
            "mean": (self._kpi(code="m", aggregator="mean"), 75),
            "count": (self._kpi(code="c", aggregator="count", numerator=False), 2),
            "ratio": (
                self._kpi(code="r", aggregator="ratio", denominator="quantity"),
                30,
            ),
        }
        for name, (kpi, value) in figures.items():
            with self.subTest(aggregator=name):
                self.assertAlmostEqual(self._of(kpi).value, value)
                self.assertEqual(self._of(kpi).n, 2)

    def test_variation_over_ordinary_records(self):
        """9 and 11: a deviation of √2 over a mean of 10."""
        kpi = self._kpi(aggregator="cv", unit="percent")
        self._incident("Bad", cost=9)
        self.assertIsNone(self._of(kpi).value)
        self._incident("Bad", cost=11)
        self.assertAlmostEqual(self._of(kpi).value, 14.1421, 4)

    def test_contacts_count_for_their_company(self):
        self._incident("Bad", cost=100)
        self._incident("Worse", cost=50, partner_id=self.contact.id)
        kpi = self._kpi()
        self.assertEqual(self._of(kpi).value, 150)
        self.assertIsNone(self._of(kpi, self.contact))

    def test_period_and_cutoff(self):
        """Days are the company's; nothing after the cut-off is looked at."""
        for opened in (
            "2026-02-28 15:59:59",
            "2026-02-28 16:00:00",
            "2026-03-31 15:59:59",
            "2026-03-31 16:00:00",
        ):
            self._incident("Bad", opened=opened, cost=1)
        kpi = self._kpi()
        self.assertEqual(self._of(kpi).value, 2)
        self.assertEqual(self._of(kpi, cutoff=datetime(2026, 3, 15)).value, 1)

    def test_known_since(self):
        """An incident that was resolved after the cut-off is not known yet."""
        kpi = self._kpi(cutoff_field="date_resolved")
        incident = self._incident("Bad", cost=1)
        self.assertIsNone(self._of(kpi))
        with freeze_time("2026-04-10"):
            incident.state = "resolved"
        self.assertIsNone(self._of(kpi))
        self.assertEqual(self._of(kpi, cutoff=datetime(2026, 4, 11)).value, 1)

    def test_domain_and_other_company(self):
        self._incident("Bad", cost=1, severity="critical")
        self._incident("Less bad", cost=2, severity="minor")
        other = self._create_company("Elsewhere", "UTC", "USD")
        self._incident("Theirs", cost=4, company_id=other.id)
        kpi = self._kpi(domain="[('severity', '=', 'critical')]")
        self.assertEqual(self._of(kpi).value, 1)

    def test_date_without_a_time(self):
        for day in ("2026-03-01", "2026-03-31", "2026-04-01"):
            self._incident("Bad", cost=1, date_due=day)
        kpi = self._kpi(date_field="date_due")
        self.assertEqual(self._of(kpi).value, 2)

    # ------------------------------------------------------------
    # Refused
    # ------------------------------------------------------------

    def test_definitions_are_refused_with_the_reason(self):
        for vals, reason in (
            ({"fact_model": "no.model"}, "no records no.model"),
            ({"fact_model": "supplier.fact.mixin"}, "no lasting records"),
            ({"fact_model": "supplier.exclusion.wizard"}, "no lasting records"),
            ({"partner_field": "nowhere"}, "has no field nowhere"),
            ({"partner_field": "title"}, "no field with a contact"),
            ({"date_field": "title"}, "title of supplier.incident is no date"),
            ({"company_field": "partner_id"}, "no field with a company"),
            ({"cutoff_field": "date_due"}, "no date with a time"),
            ({"numerator": "title"}, "is no number"),
            ({"numerator": "display_name"}, "is not stored"),
            ({"numerator": "activity_ids"}, "is not stored"),
            ({"aggregator": "ratio"}, "a numerator and a denominator"),
            ({"numerator": False}, "the field to take"),
            ({"domain": "[('severity', '='"}, "its domain cannot be read"),
            ({"domain": "[('nothing', '=', 1)]"}, "its domain cannot be read"),
            ({"domain": "[('cost', 'child_of', 'x')]"}, "domain"),
            ({"aspect": "receipts"}, "has no aspect receipts"),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(ValidationError) as caught,
                self.env.cr.savepoint(),
            ):
                self._kpi(**vals)
            self.assertIn(reason, str(caught.exception))

    def test_amounts_in_different_currencies_are_refused(self):
        with (
            self.assertRefused("different currencies", ValidationError),
            self.env.cr.savepoint(),
        ):
            self._kpi(
                fact_model="purchase.order",
                date_field="date_order",
                numerator="amount_total",
            )
        in_company_currency = self._kpi(
            fact_model="account.move.line",
            date_field="date",
            numerator="balance",
        )
        self.assertFalse(in_company_currency.problem)

    def test_what_a_manager_may_not_read_is_refused(self):
        kpis = self.env["supplier.kpi"].with_user(self.manager)
        vals = {
            "name": "Lines",
            "description": "Number of journal items.",
            "fact_model": "account.bank.statement.line",
            "date_field": "create_date",
            "aggregator": "count",
        }
        with (
            self.assertRefused("you may not read records", ValidationError),
            self.env.cr.savepoint(),
        ):
            kpis.create(vals)
        own = kpis.create({**vals, "fact_model": "purchase.order"})
        with self.assertRefused("you may not read records", ValidationError):
            own.fact_model = vals["fact_model"]
        self.assertNotIn("account.bank.statement.line", kpis.get_fact_models())

    def test_messages_are_no_records_of_suppliers(self):
        """Whoever could filter their texts could read what was written to others."""
        with self.assertRefused("none that suppliers are judged", ValidationError):
            self.env["supplier.kpi"].with_user(self.manager).create(
                {
                    "name": "Letters",
                    "description": "Letters that say a word.",
                    "fact_model": "mail.message",
                    "partner_field": "author_id",
                    "company_field": "record_company_id",
                    "aggregator": "count",
                    "domain": "[('body', 'ilike', 'bonus')]",
                }
            )

    def test_condition_on_a_hidden_field_is_refused(self):
        vals = {
            "name": "Orders",
            "description": "Orders of a kind.",
            "fact_model": "purchase.order",
            "date_field": "date_order",
            "aggregator": "count",
            "domain": "[('partner_id.signup_type', '=', 'reset')]",
        }
        with self.assertRefused("does not evaluate", ValidationError):
            self.env["supplier.kpi"].with_user(self.manager).create(vals)

    def test_evaluation_reads_with_the_rights_of_the_definer(self):
        """A figure does not tell what a record rule hides from its author."""
        self._incident("Cheap", cost=10)
        self._incident("Dear", cost=90)
        self.env["ir.rule"].create(
            {
                "name": "Cheap ones only",
                "model_id": self.env["ir.model"]._get_id("supplier.incident"),
                "domain_force": "[('cost', '<', 50)]",
                "groups": [Command.set(self.env.ref(MANAGER).ids)],
            }
        )
        own = self._kpi()
        kpis = self.env["supplier.kpi"].with_user(self.manager)
        vals = own.copy_data({"code": "mine", "name": "Mine"})[0]
        mine = kpis.create({**vals, "definer_id": self.env.uid})
        self.assertEqual(mine.definer_id, self.manager)
        self.assertFalse(own.definer_id)
        template = self._create_template("Both", ["test_cost", "mine"])
        evaluation = self._evaluate(template)
        values = {
            line.kpi_id.code: line.value for line in evaluation.scorecard_ids.line_ids
        }
        self.assertEqual(values, {"test_cost": 100, "mine": 10})
        mine.definer_id = False
        self.assertEqual(mine.definer_id, self.manager)

    def test_empty_number_is_zero(self):
        """As the screen shows it, however the record was made."""
        self._incident("Bad", cost=30)
        self._incident("Unknown")
        self._incident("Free", cost=0)
        kpi = self._kpi(aggregator="mean")
        self.assertEqual((self._of(kpi).value, self._of(kpi).n), (10, 3))

    def test_models_that_are_offered(self):
        offered = self.env["supplier.kpi"].with_user(self.manager).get_fact_models()
        for model in ("supplier.delivery.fact", "supplier.incident", "purchase.order"):
            self.assertIn(model, offered)
        for model in ("supplier.kpi", "res.partner", "supplier.exclusion.wizard"):
            self.assertNotIn(model, offered)

    # ------------------------------------------------------------
    # The form
    # ------------------------------------------------------------

    def test_form_proposes_and_previews(self):
        """The best and the worst are seen before anything is saved."""
        today = datetime.now().strftime("%Y-%m-%d 00:00:00")
        worse = self._create_supplier("Worse")
        self._incident("Bad", opened=today, cost=10)
        self._incident("Worse", opened=today, cost=90, partner_id=worse.id)
        self.env.flush_all()
        before = self.env["supplier.kpi"].search_count([])
        form = Form(self.env["supplier.kpi"].with_user(self.manager))
        form.name = "Überfällige Kosten (USD)"
        form.description = "What incidents cost us."
        form.fact_model = "supplier.incident"
        self.assertEqual(form.date_field, "date_opened")
        self.assertEqual(form.company_field, "company_id")
        form.aggregator = "sum"
        form.numerator = "cost"
        form.unit = "number"
        form.higher_is_better = False
        form.preview_months = "1"
        self.assertEqual(form.preview["count"], 2)
        self.assertEqual(
            [row["name"] for row in form.preview["best"]],
            [self.supplier.name, worse.name],
        )
        form.domain = "[('cost', '>', 50)]"
        self.assertEqual([row["value"] for row in form.preview["best"]], [90])
        form.numerator = "title"
        self.assertIn("is no number", form.preview["problem"])
        self.assertEqual(self.env["supplier.kpi"].search_count([]), before)
        form.numerator = "cost"
        kpi = form.save()
        self.assertEqual(kpi.code, "uberfallige_kosten_usd")

    def test_preview_shows_ten_at_either_end(self):
        today = datetime.now().strftime("%Y-%m-%d 00:00:00")
        suppliers = [self._create_supplier(f"S{index:02}") for index in range(25)]
        for cost, supplier in enumerate(suppliers, start=1):
            self._incident("Bad", opened=today, cost=cost, partner_id=supplier.id)
        kpi = self._kpi()
        kpi.preview_months = "1"
        self.assertEqual(kpi.preview["count"], 25)
        best = [row["value"] for row in kpi.preview["best"]]
        worst = [row["value"] for row in kpi.preview["worst"]]
        self.assertEqual(best, list(range(1, 11)))
        self.assertEqual(worst, list(range(25, 15, -1)))

    def test_same_name_gets_another_code(self):
        vals = {
            "name": "Cost",
            "description": "Cost.",
            "aggregator": "count",
            "code": False,
        }
        one, two = self.env["supplier.kpi"].create([vals, {**vals}])
        self.assertEqual((one.code, two.code), ("cost", "cost_2"))

    # ------------------------------------------------------------
    # On a scorecard
    # ------------------------------------------------------------

    def test_scorecard_opens_the_records(self):
        counted = self._incident("Bad", cost=10, severity="critical")
        left_out = self._incident("Not so bad", cost=5, severity="minor")
        self._kpi(domain="[('severity', '=', 'critical')]")
        template = self._create_template("Own", ["test_cost"])
        evaluation = self._evaluate(template)
        line = evaluation.scorecard_ids.line_ids
        self.assertEqual((line.value, line.n), (10, 1))
        for action, incident in (
            (line.action_open_counted(), counted),
            (line.action_open_excluded(), left_out),
        ):
            self.assertEqual(action["res_model"], "supplier.incident")
            found = self.env["supplier.incident"].search(action["domain"])
            self.assertEqual(found, incident)

    def test_drill_down_asks_as_it_was_asked_then(self):
        incident = self._incident("Bad", cost=10)
        kpi = self._kpi()
        evaluation = self._evaluate(self._create_template("Own", ["test_cost"]))
        kpi.write({"domain": "[('severity', '=', 'critical')]"})
        action = evaluation.scorecard_ids.line_ids.action_open_counted()
        self.assertEqual(
            self.env["supplier.incident"].search(action["domain"]), incident
        )

    def test_broken_kpi_stops_no_other(self):
        """As after uninstalling the app that a KPI was about."""
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        kpi = self._kpi()
        template = self._create_template("Both", ["test_cost", "otd"])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_kpi SET fact_model = 'gone.model' WHERE id = %s",
            [kpi.id],
        )
        kpi.invalidate_recordset()
        self.assertIn("no records gone.model", kpi.problem)
        evaluation = self._evaluate(template)
        self.assertIn("Cost of incidents not computed", evaluation.problems)
        lines = {line.kpi_id.code: line for line in evaluation.scorecard_ids.line_ids}
        self.assertEqual(lines["otd"].value, 100)
        self.assertFalse(lines["test_cost"].has_value)
        self.assertEqual(lines["test_cost"].value_text, "not computed")
        self.assertEqual(evaluation.scorecard_ids.coverage, 50)

    def test_figure_that_the_database_refuses_stops_no_other(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        self._kpi()
        template = self._create_template("Both", ["test_cost", "otd"])
        incidents = type(self.env["supplier.incident"])

        def refuse(records, *_args, **_kwargs):
            records.env.cr.execute("SELECT 1 / 0")

        with (
            patch.object(incidents, "_read_group_groupby", refuse),
            mute_logger(
                "odoo.sql_db",
                "odoo.addons.supplier_evaluation.models.kpi.measure",
            ),
        ):
            evaluation = self._evaluate(template)
        self.assertIn("division by zero", evaluation.problems)
        lines = evaluation.scorecard_ids.line_ids
        self.assertEqual(lines.mapped("has_value"), [True, False])
