from freezegun import freeze_time

from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestOtherWatches(AlertCommon):
    """Changes, dates, silence, the funnel and the seal."""

    def test_moved_to_a_lower_tier(self):
        with freeze_time("2026-03-01"):
            rule = self._rule(watch="change", change="tier")
            rule._look()
        own = self.supplier.with_company(self.company)
        strategic = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        partner = self.env.ref("supplier_evaluation.supplier_tier_partner")
        with freeze_time("2026-03-02"):
            own.supplier_tier_id = partner
            self.assertFalse(self._look(rule), "it had none before")
        with freeze_time("2026-03-03"):
            own.supplier_tier_id = strategic
            self.assertFalse(self._look(rule))
        with freeze_time("2026-03-04"):
            own.supplier_tier_id = partner
            alert = self._look(rule)
            self.assertEqual(alert.seen_text, "From Strategic to Partner")
        with freeze_time("2026-03-05"):
            self.assertEqual(self._look(rule), alert, "until somebody saw to it")

    def test_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        tiers = self.env["supplier.tier"].create(
            [
                {"name": name, "sequence": sequence}
                for sequence, name in enumerate(("Upper", "Lower"))
            ]
        )
        tiers[1].with_context(lang="de_DE").name = "Unten"
        self.company.partner_id.lang = "de_DE"
        rule = self._rule(watch="change", change="tier")
        own = self.supplier.with_company(self.company)
        own.supplier_tier_id = tiers[0]
        with freeze_time("2027-03-02"):
            own.supplier_tier_id = tiers[1]
        with freeze_time("2027-03-03"):
            self.assertIn("Unten", self._look(rule).seen_text)

    def test_stage(self):
        with freeze_time("2026-03-01"):
            rule = self._rule(watch="change", change="stage")
            rule._look()
        stage = self.env.ref("supplier_evaluation.supplier_stage_approved")
        blocked = self.env.ref("supplier_evaluation.supplier_stage_blocked")
        own = self.supplier.with_company(self.company)
        with freeze_time("2026-03-02"):
            own._set_supplier_stage(stage, "x", initial=True)
            self.assertFalse(self._look(rule))
        with freeze_time("2026-03-03"):
            own._set_supplier_stage(blocked, "Fraud")
            self.assertEqual(self._look(rule).partner_id, self.supplier)

    def _licence(self):
        """A verified document that is valid until the end of June."""
        kind = self.env["supplier.document.type"].create(
            {"name": "Licence", "code": "alert_licence"}
        )
        document = self.env["supplier.document"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "type_id": kind.id,
                "date_to": "2026-06-30",
            }
        )
        document.sudo().action_verify()
        return document

    def test_document(self):
        rule = self._shipped("document")
        document = self._licence()
        for day, fires in (("2026-04-30", False), ("2026-05-01", True)):
            with freeze_time(f"{day} 04:00:00"), self.subTest(day):
                self.assertEqual(bool(self._look(rule)), fires)
        alert = rule.alert_ids
        self.assertEqual((alert.res_id, alert.value), (document.id, 60))
        self.assertEqual(alert.action_open_records()["res_id"], document.id)
        renewed = document.create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "type_id": document.type_id.id,
                "previous_id": document.id,
                "date_to": "2027-06-30",
            }
        )
        renewed.sudo().action_verify()
        with freeze_time("2026-05-02 04:00:00"):
            self.assertFalse(self._look(rule))

    def test_expired_for_long_is_not_renewed(self):
        rule = self._shipped("document")
        rule.threshold = 5
        self._licence()
        with freeze_time("2026-06-28 04:00:00"):
            alert = self._look(rule)
            self.assertTrue(alert)
        with freeze_time("2026-08-31 04:00:00"):
            self.assertEqual(self._look(rule), alert)
            self.assertEqual(alert.value, -62)
            alert._resolve("It delivers nothing any more")
        with freeze_time("2026-09-10 04:00:00"):
            self.assertFalse(self._look(rule))

    def test_an_instant_is_of_the_day_where_the_company_is(self):
        rule = self._rule(
            watch="date",
            model_name="purchase.order",
            date_field="date_planned",
            threshold=5,
        )
        line = self._order(10, 5, "2026-03-21")
        # One o'clock on the 21st in Shanghai.
        line.order_id.date_planned = "2026-03-20 17:00:00"
        for day, fires in (("2026-03-15", False), ("2026-03-16", True)):
            with freeze_time(f"{day} 03:00:00"), self.subTest(day):
                self.assertEqual(bool(self._look(rule)), fires)
        self.assertEqual(rule.alert_ids.value, 5)

    def test_no_date_is_awaited_from_the_archive(self):
        rule = self._shipped("document")
        kind = self.env["supplier.document.type"].create(
            {"name": "Licence", "code": "alert_licence"}
        )
        document = self.env["supplier.document"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "type_id": kind.id,
                "date_to": "2026-04-10",
            }
        )
        document.sudo().action_verify()
        with freeze_time("2026-04-02 03:00:00"):
            self.assertTrue(self._look(rule))
            self.supplier.active = False
            self.assertFalse(self._look(rule))

    def test_shared_document_is_watched_once(self):
        rule = self._shipped("document")
        rule.company_id = False
        kind = self.env["supplier.document.type"].create(
            {"name": "Licence", "code": "alert_licence"}
        )
        document = self.env["supplier.document"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": False,
                "type_id": kind.id,
                "user_id": self.people["buyer"].id,
                "date_to": "2026-06-30",
            }
        )
        document.sudo().action_verify()
        with freeze_time("2026-06-01 04:00:00"):
            self.assertEqual(self._look(rule).company_id, self.company)

    def test_silence(self):
        self._order(10, 5, "2026-03-10", confirmed="2026-03-01")
        for kind in ("order", "evaluation", "message"):
            rule = self._rule(watch="silence", silence=kind, threshold=30)
            for day, fires in (("2026-03-31", False), ("2026-04-02", True)):
                with freeze_time(f"{day} 03:00:00"), self.subTest(kind, day=day):
                    self.assertEqual(bool(self._look(rule)), fires)
        self.assertFalse(
            self._look(self._rule(watch="silence", silence="order", threshold=3000))
        )

    def test_nothing_is_expected_from_the_archive(self):
        self._order(10, 5, "2026-03-10", confirmed="2026-03-01")
        rule = self._rule(watch="silence", silence="order", threshold=30)
        self.supplier.active = False
        with freeze_time("2026-04-02 03:00:00"):
            self.assertFalse(self._look(rule))
            self.supplier.active = True
            self.assertTrue(self._look(rule))

    def test_silent_again(self):
        """What was answered stays so until it is over, and not for ever."""
        rule = self._rule(watch="silence", silence="order", threshold=30, cool_down=1)
        self._order(10, 5, "2026-03-10", confirmed="2026-03-01")
        with freeze_time("2026-04-02 03:00:00"):
            self._look(rule)._resolve("Nothing is needed now")
        with freeze_time("2026-04-03 03:00:00"):
            self.assertFalse(self._look(rule))
        self._order(10, 5, "2026-04-20", confirmed="2026-04-10")
        for day, fires in (("2026-04-11", False), ("2026-05-12", True)):
            with freeze_time(f"{day} 03:00:00"), self.subTest(day):
                self.assertEqual(bool(self._look(rule)), fires)

    def _funnel(self, went_on):
        """Ten come into a stage, and some go on."""
        first = self.env["supplier.stage"].create(
            {
                "name": "Fair",
                "code": "alert_fair",
                "sequence": 1,
                "conversion_target": 40,
            }
        )
        later = self.env["supplier.stage"].create(
            {"name": "Later", "code": "alert_later", "sequence": 2}
        )
        for number in range(10):
            own = self._create_supplier(f"Fair {number}").with_company(self.company)
            with freeze_time("2026-02-10"):
                own._set_supplier_stage(first, "Met", initial=True)
            if number < went_on:
                with freeze_time("2026-02-20"):
                    own._set_supplier_stage(later, "Good")
        return first

    def test_weak_stage(self):
        for went_on, fires in ((4, False), (3, True)):
            with self.subTest(went_on=went_on), self.env.cr.savepoint() as point:
                stage = self._funnel(went_on)
                rule = self._shipped("funnel")
                with freeze_time("2026-04-01"):
                    alert = self._look(rule)
                self.assertEqual(bool(alert), fires)
                if fires:
                    self.assertEqual(alert.res_id, stage.id)
                    self.assertFalse(alert.partner_id)
                    self.assertEqual(alert.value, 10)
                    self.assertIn("30.0 % of 10 went on", alert.seen_text)
                    self.assertEqual(alert.user_id, self.people["manager"])
                self.env.invalidate_all()
                point.rollback()

    def test_weak_stage_relatively_and_by_region(self):
        self._funnel(3)
        rule = self._rule(watch="funnel", threshold=25, is_relative=True)
        with freeze_time("2026-04-01"):
            self.assertFalse(self._look(rule), "30 of 40 is 25 % below")
            rule.threshold = 24.9
            self.assertTrue(self._look(rule))
            rule.alert_ids.unlink()
            rule.country_group_ids = self.env["res.country.group"].create(
                {"name": "Asia", "country_ids": self.env.ref("base.cn").ids}
            )
            self.assertFalse(self._look(rule), "nobody comes from there")

    def test_broken_seal(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        self._evaluate().action_publish()
        rule = self._shipped("seal")
        self.assertFalse(self._look(rule))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_scorecard SET score = 1 WHERE company_id = %s",
            [self.company.id],
        )
        self.env.invalidate_all()
        alert = self._look(rule)
        self.assertIn("does not match its seal", alert.seen_text)
        self.assertFalse(alert.partner_id)
