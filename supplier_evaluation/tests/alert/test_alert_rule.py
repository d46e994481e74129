from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import convert_file, file_path, mute_logger

from ..scheduled import IR_CRON, SCHEDULED
from .common import AlertCommon

TARGETS = "supplier_evaluation/migrations/19.0.1.7.0/post-90-alert-targets.py"


@tagged("post_install", "-at_install")
class TestAlertRule(AlertCommon):
    """A rule is made without code, says what it does, and fails alone."""

    def test_every_shipped_rule_says_what_it_does(self):
        rules = self.env["supplier.alert.rule"].with_context(active_test=False)
        shipped = rules.search([("company_id", "=", False)])
        self.assertEqual(len(shipped), 12)
        sentences = shipped.mapped("sentence")
        self.assertTrue(all(sentences))
        self.assertIn("Opens an alert when the score is below 80.0.", sentences)

    def test_what_is_for_information_has_no_target(self):
        names = ("document", "certification", "funnel")
        rules = self.env["supplier.alert.rule"]
        for name in names:
            rules += self.env.ref(f"supplier_evaluation.supplier_alert_rule_{name}")
        rules.answer_hours = 3
        convert_file(
            self.env,
            "supplier_evaluation",
            "data/alert/supplier_alert_rule_data.xml",
            {},
            mode="init",
            noupdate=True,
        )
        self.assertEqual(rules.mapped("answer_hours"), [False] * 3)
        # They came with a target of 0 hours once, and so did their alerts.
        rules.answer_hours = 0
        self.env.flush_all()
        script = load_script(file_path(TARGETS), "post-90-alert-targets")
        script.migrate(self.cr, "19.0.1.6.0")
        rules.invalidate_recordset()
        self.assertEqual(rules.mapped("answer_hours"), [False] * 3)

    def test_what_is_wrong_is_said(self):
        for text, vals in (
            ("no threshold", {"watch": "kpi", "threshold": False}),
            ("names no KPI", {"figure": "kpi_value", "threshold": 1}),
            ("names no dimension", {"figure": "dimension", "threshold": 1}),
            ("only the value", {"comparison": "target", "threshold": 2}),
            ("close where it opens", {"threshold": 80, "threshold_close": 79}),
            ("says no records", {"watch": "records"}),
            ("no records nix", {"watch": "records", "model_name": "nix"}),
            (
                "cannot be read",
                {
                    "watch": "records",
                    "model_name": "supplier.incident",
                    "record_domain": "[('nix', '=', 1)]",
                },
            ),
            ("cannot be read", {"threshold": 1, "partner_domain": "[('nix', '=', 1)]"}),
        ):
            with self.subTest(text), self.assertRefused(text, ValidationError):
                self._rule(**vals)

    def test_managers_make_rules(self):
        for person, may in (
            ("manager", True),
            ("approver", False),
            ("buyer", False),
            ("portal", False),
        ):
            rules = self._as(self.env["supplier.alert.rule"], person)
            vals = {"name": person, "company_id": self.company.id, "threshold": 80}
            with self.subTest(person):
                if may:
                    self.assertTrue(rules.create(vals))
                else:
                    with self.assertRaises(AccessError):
                        rules.create(vals)
        rule = self._rule(threshold=80)
        with self.assertRaises(AccessError):
            self._as(rule, "buyer").action_look()
        with self.assertRaises(AccessError):
            self._as(rule, "stranger").name = "x"

    def test_a_rule_shows_nothing_that_its_maker_may_not_read(self):
        rules = self._as(self.env["supplier.alert.rule"], "manager")
        vals = {
            "name": "Users",
            "company_id": self.company.id,
            "watch": "records",
            "model_name": "res.users",
            "partner_field": "partner_id",
            "date_field": "create_date",
            "company_field": "company_id",
        }
        with self.assertRaises(ValidationError):
            rules.create(vals)

    def test_a_filter_asks_for_nothing_that_its_maker_may_not_read(self):
        self.assertTrue(self.env["res.partner"]._fields["signup_type"].groups)
        rule = self._rule(threshold=80)
        own = self._as(rule, "manager")
        own.partner_domain = "[('name', 'ilike', 'golden')]"
        with self.assertRaises(AccessError):
            own.partner_domain = "[('signup_type', '=', 'reset')]"
        with self.assertRefused("cannot be read", ValidationError):
            own.partner_domain = "[('id', '=', 'abc')]"

    @mute_logger(SCHEDULED)
    def test_one_that_fails_says_so_and_the_others_run(self):
        self._order(10, 5, "2026-03-10")
        bad = self._rule(
            "Bad", watch="records", model_name="supplier.incident", sequence=1
        )
        good = self._rule(
            "Good",
            watch="records",
            model_name="supplier.delivery.fact",
            record_domain="[('days_behind', '>', 3)]",
            sequence=2,
        )
        self.env.flush_all()
        # What it watches is gone, as after an app was uninstalled.
        self.env.cr.execute(
            "UPDATE supplier_alert_rule SET model_name = 'nix' WHERE id = %s", [bad.id]
        )
        self.env.invalidate_all()
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert")
        with (
            freeze_time("2026-03-20 04:00:00"),
            self.enter_registry_test_mode(),
            self.assertLogs(IR_CRON, "ERROR"),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertIn("no records nix", bad.last_error)
        self.assertFalse(good.last_error)
        self.assertEqual(good.alert_ids.partner_id, self.supplier)
        bad.model_name = "supplier.incident"
        bad._look()
        self.assertFalse(bad.last_error)

    def test_each_rule_is_looked_at_however_short_the_time_is(self):
        """A run is over after some seconds: the next one goes on with the others."""
        rules = self.env["supplier.alert.rule"].search([])
        for number in range(12):
            rules += self._rule(f"Rule {number}", threshold=80)
        looked = []

        def look(rule):
            looked.append(rule.id)
            return False

        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert")
        with (
            patch.object(self.registry["supplier.alert.rule"], "_look", look),
            patch(f"{IR_CRON}.MIN_TIME_PER_JOB", 0),
        ):
            # Odoo runs it ten times, and again as soon as it can.
            for _job in range(3):
                with self.enter_registry_test_mode():
                    cron.method_direct_trigger()
            self.assertEqual(sorted(looked), sorted(rules.ids))
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.assertEqual(looked[len(rules)], looked[0], "the next night begins anew")

    def test_a_consequence_that_fails_is_told_by_the_scheduled_action(self):
        bad = self.env["ir.actions.server"].create(
            {
                "name": "Bad",
                "model_id": self.env["ir.model"]._get_id("supplier.alert"),
                "state": "code",
                "code": "raise UserError('no such thing')",
            }
        )
        rule = self._rule(
            watch="records",
            model_name="supplier.delivery.fact",
            record_domain="[('days_behind', '>', 3)]",
            action_server_ids=bad.ids,
        )
        self._order(10, 5, "2026-03-10")
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert")
        with (
            freeze_time("2026-03-20 04:00:00"),
            self.enter_registry_test_mode(),
            self.assertLogs(IR_CRON, "ERROR") as logged,
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertIn("Bad: no such thing", "".join(logged.output))
        # The alert stays, and the rule was looked at.
        self.assertEqual(rule.alert_ids.partner_id, self.supplier)
        self.assertTrue(rule.date_run)
        self.assertFalse(rule.last_error)

    def test_two_at_once(self):
        """Two scheduled actions look at rules on records: one at a time."""
        self._order(10, 5, "2026-03-10")
        rule = self._shipped("late")
        busy = patch.object(
            type(rule), "try_lock_for_update", lambda self, **kw: self.browse()
        )
        with freeze_time("2026-03-20"):
            with busy:
                self.assertFalse(self._look(rule))
            self.assertFalse(rule.date_run)
            self.assertTrue(self._look(rule))

    def test_scope(self):
        other = self._create_supplier("Other")
        tag = self.env["res.partner.category"].create({"name": "Castings"})
        self.supplier.category_id = tag
        for partner in (self.supplier, other):
            self._order(10, 5, "2026-03-10", partner=partner)
        rule = self._rule(
            watch="records",
            model_name="supplier.delivery.fact",
            record_domain="[('days_behind', '>', 3)]",
        )
        partner = self.supplier
        tier = self.env.ref("supplier_evaluation.supplier_tier_partner")
        partner.with_company(self.company).supplier_tier_id = tier
        partner.country_id = self.env.ref("base.cn")
        region = self.env["res.country.group"].create(
            {"name": "Asia", "country_ids": partner.country_id.ids}
        )
        with freeze_time("2026-03-20"):
            self.assertEqual(len(self._look(rule)), 2)
            for vals in (
                {"category_ids": tag.ids},
                {"tier_ids": tier.ids},
                {"buyer_ids": self.people["buyer"].ids},
                {"country_group_ids": region.ids},
                {"partner_domain": f"[('id', '=', {partner.id})]"},
            ):
                rule.alert_ids.unlink()
                [(name, value)] = vals.items()
                rule[name] = value
                with self.subTest(name):
                    self.assertEqual(self._look(rule).partner_id, partner)
                rule[name] = "[]" if name == "partner_domain" else False

    def test_each_company_for_itself(self):
        self._order(10, 5, "2026-03-10")
        rule = self._shipped("late")
        rule.company_id = self.elsewhere
        with freeze_time("2026-03-20"):
            self.assertFalse(self._look(rule))
            rule.company_id = False
            self.assertEqual(self._look(rule).company_id, self.company)

    def test_dry_run(self):
        self._order(10, 5, "2026-03-10")
        rule = self._shipped("late")
        with freeze_time("2026-04-01"):
            action = self._as(rule, "manager").action_dry_run()
            run = self.env["supplier.alert.dry.run"].browse(action["res_id"])
            self.assertEqual(len(run.line_ids), 12)
            self.assertEqual(run.total, 1)
            self.assertEqual(run.line_ids[-1].names, "Golden Supplier")
            with self.assertRaises(AccessError):
                self._as(rule, "buyer").action_dry_run()
        self.assertFalse(rule.alert_ids)

    def test_dry_run_reads_all_names_at_once(self):
        suppliers = self.supplier | self._create_supplier("Second")
        opened = [
            *(SimpleNamespace(partner_id=one.id, text="") for one in suppliers),
            SimpleNamespace(partner_id=0, text="Funnel"),
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            names = self.env["supplier.alert.dry.run"]._names(opened)
        self.assertEqual(names, "Golden Supplier, Second, Funnel")

    def test_dry_run_of_every_shipped_rule(self):
        rules = self.env["supplier.alert.rule"].with_context(active_test=False)
        for rule in rules.search([("company_id", "=", False)]):
            with self.subTest(rule.name):
                self.assertTrue(rule.action_dry_run()["res_id"])

    def test_statements_depend_on_no_record(self):
        """As many to open and to name an alert for each of 30 records as of 3."""
        rule = self._shipped("incident_critical")
        rule.action_server_ids = False
        buyer = self.people["buyer"]

        def complain(count):
            self.env["supplier.incident"].create(
                [
                    {
                        "title": f"Cracked {number}",
                        "severity": "critical",
                        "date_opened": "2026-03-10 04:00:00",
                        "company_id": self.company.id,
                        "partner_id": self._create_supplier(
                            f"C{number}", buyer_id=buyer.id
                        ).id,
                    }
                    for number in range(count)
                ]
            )

        with freeze_time("2026-03-20 04:00:00"):
            complain(2)
            rule._look()
            complain(3)
            few = self._statements_of(rule._look)
            complain(30)
            many = self._statements_of(rule._look)
        self.assertLessEqual(many, few + 2)
        alerts = self.env["supplier.alert"].search([("rule_id", "=", rule.id)])
        self.assertEqual(len(alerts), 35)
        few = self._statements_of(lambda: alerts[:3].mapped("headline"))
        many = self._statements_of(lambda: alerts.mapped("headline"))
        self.assertLessEqual(many, few + 2)
        # One that is deleted takes no name away from the others.
        self.env["supplier.incident"].browse(alerts[0].res_id).unlink()
        self.env.invalidate_all()
        self.assertTrue(all(alerts[1:].mapped("headline")))
        self.assertIn("Critical incident", alerts[0].headline)

    def test_statements_depend_on_no_supplier(self):
        rule = self._shipped("late")
        for number in range(3):
            self._order(1, 5, "2026-03-10", partner=self._create_supplier(f"A{number}"))
        companies = rule._companies()
        with freeze_time("2026-03-20"):
            now = self._moment("2026-03-20 12:00:00")
            rule._see(companies, now)
            few = self._statements_of(lambda: rule._see(companies, now))
            for number in range(12):
                self._order(
                    1, 5, "2026-03-10", partner=self._create_supplier(f"B{number}")
                )
            rule._see(companies, now)
            many = self._statements_of(lambda: rule._see(companies, now))
        self.assertEqual(few, many)
