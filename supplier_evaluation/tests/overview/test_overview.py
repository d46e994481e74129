from unittest.mock import patch

from odoo.tests import tagged

from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestOverview(OverviewCommon):
    """What the overview says is what the scorecards say."""

    def _looked_at(self, overview):
        cards = self.env["supplier.scorecard"].search(overview["domain"])
        return cards.evaluation_id

    def test_newest_period_first(self):
        overview = self._overview()
        self.assertEqual(overview["period"], "2026-03-01..2026-03-31")
        self.assertEqual(
            [period["label"] for period in overview["periods"]],
            ["March 2026", "February 2026"],
        )
        self.assertEqual(self._looked_at(overview), self.march)
        self.assertEqual(overview["template_id"], self.template.id)

    def test_period_before(self):
        """The first period has none to be compared with."""
        overview = self._overview(period="2026-02-01..2026-02-28")
        self.assertEqual(self._looked_at(overview), self.february)
        tiles = overview["tiles"]["all"]
        self.assertEqual(tiles["evaluated"], 2)
        self.assertIsNone(tiles["evaluated_change"])
        self.assertIsNone(tiles["on_time_change"])
        self.assertIsNone(tiles["incidents_change"])
        self.assertEqual(overview["changes"]["items"], [])

    def test_unknown_choices(self):
        """An address of before, or one that was cut, shows the newest."""
        overview = self._overview(period="2020", template_id=-1)
        self.assertEqual(self._looked_at(overview), self.march)

    def test_tiles(self):
        tiles = self._overview()["tiles"]["all"]
        self.assertEqual(tiles["evaluated"], 3)
        self.assertEqual(tiles["evaluated_change"], 1)
        self.assertAlmostEqual(tiles["on_time"], 10 / 15)
        self.assertAlmostEqual(tiles["on_time_change"], 10 / 15 - 1)
        cards = self.march.scorecard_ids
        self.assertEqual(
            tiles["grades"],
            {
                str(grade.id): len(
                    cards.filtered(lambda card, g=grade: card.grade_id == g)
                )
                for grade in cards.grade_id
            },
        )

    def test_spend_at_low_grades(self):
        """Of 750 dollars 250 went to the supplier with a D."""
        late = self._card(self.march, self.late_supplier)
        self.assertEqual(late.grade_id.name, "D")
        self.assertEqual(late.spend, 250)
        tiles = self._overview()["tiles"]["all"]
        self.assertEqual(tiles["spend"], 750)
        self.assertEqual(tiles["low_spend"], 250)
        self.assertAlmostEqual(tiles["low_spend_share"], 1 / 3)
        self.assertAlmostEqual(tiles["low_spend_change"], 1 / 3)

    def test_my_tiles(self):
        tiles = self._overview()["tiles"]["my"]
        self.assertEqual(tiles["evaluated"], 1)
        self.assertEqual(tiles["on_time"], 0)
        self.assertEqual(tiles["on_time_change"], -1)
        self.assertEqual(self._overview("manager")["tiles"]["my"]["evaluated"], 0)

    def test_incidents(self):
        """Open ones, those of them that are overdue, and those open in the end of
        the month before."""
        self.env["supplier.incident"].create(
            [
                {
                    "title": title,
                    "partner_id": self.late_supplier.id,
                    "company_id": self.company.id,
                    "date_opened": f"{opened} 04:00:00",
                    "date_due": due,
                }
                for title, opened, due in (
                    ("Old", "2026-02-10", "2026-02-20"),
                    ("Recent", "2026-03-10", False),
                )
            ]
        )
        tiles = self._overview()["tiles"]
        for name in ("all", "my"):
            self.assertEqual(tiles[name]["incidents"], 2)
            self.assertEqual(tiles[name]["incidents_overdue"], 1)
            self.assertEqual(tiles[name]["incidents_change"], 1)
        # Opened on 1 March in Shanghai, which is 28 February of UTC.
        self.env["supplier.incident"].create(
            {
                "title": "Night",
                "partner_id": self.late_supplier.id,
                "company_id": self.company.id,
                "date_opened": "2026-02-28 16:00:00",
            }
        )
        self.assertEqual(self._overview()["tiles"]["all"]["incidents_change"], 2)
        others = [("partner_id", "=", self.supplier.id)]
        self.assertIsNone(tiles["all"]["incident_partner_ids"])
        filtered = self._overview(domain=others)["tiles"]["all"]
        self.assertEqual(filtered["incidents"], 0)
        self.assertEqual(filtered["incident_partner_ids"], self.supplier.ids)

    def test_filters(self):
        """A domain narrows every section."""
        overview = self._overview(domain=[("buyer_id", "=", self.people["buyer"].id)])
        self.assertEqual(overview["tiles"]["all"]["evaluated"], 1)
        self.assertEqual(overview["tiles"]["all"]["evaluated_change"], 0)
        self.assertEqual([point["name"] for point in overview["points"]], ["Late"])
        cards = self.env["supplier.scorecard"].search(overview["domain"])
        self.assertEqual(cards, self._card(self.march, self.late_supplier))

    def test_filter_compares_the_same_suppliers(self):
        """Who has a bad grade now is beside its own past, whatever grade it had."""
        late = self._card(self.march, self.late_supplier)
        before = self._card(self.february, self.late_supplier)
        self.assertNotEqual(late.grade_id, before.grade_id)
        bad = [("grade_id", "=", late.grade_id.id)]
        tiles = self._overview(domain=bad)["tiles"]["all"]
        self.assertEqual((tiles["evaluated"], tiles["evaluated_change"]), (1, 0))
        self.assertEqual((tiles["on_time"], tiles["on_time_change"]), (0, -1))

    def test_only_values_have_a_currency(self):
        """Deliveries that count one each are not converted."""
        counted = self._publish(
            template=self._create_template("Counted", ["otd"], weighting="line")
        )
        scorecards = self.env["supplier.scorecard"]
        rates = {self.company.id: 3.0}
        with patch.object(
            type(scorecards), "_currency_rates", lambda _self, _choice: rates
        ):
            for run, factor in ((self.march, 3.0), (counted, 1.0)):
                choice = scorecards._choose(None, run.template_id.id)
                self.assertEqual(scorecards._delivery_factors(choice)[run.id], factor)

    def test_points(self):
        points = {point["name"]: point for point in self._overview()["points"]}
        late = self._card(self.march, self.late_supplier)
        self.assertEqual(points["Late"]["card_id"], late.id)
        self.assertEqual(points["Late"]["score"], late.score)
        self.assertEqual(points["Late"]["spend"], late.spend)
        self.assertEqual(points["Late"]["lines"], 5)

    def test_movers(self):
        movers = self._overview()["movers"]
        self.assertEqual(movers["up"], [])
        [late] = movers["down"]
        self.assertEqual(late["name"], "Late")
        self.assertEqual(
            late["trend"], self._card(self.march, self.late_supplier).trend
        )
        self.assertTrue(late["moved"])

    def test_matrix(self):
        tag = self.env["res.partner.category"].create({"name": "Castings"})
        self.late_supplier.category_id = tag
        tier = self.env.ref("supplier_evaluation.supplier_tier_partner")
        self.late_supplier.with_company(self.company).supplier_tier_id = tier
        matrix = self._overview()["matrix"]
        score = self._card(self.march, self.late_supplier).score
        germany = self.env.ref("base.de")
        for name, record in (("tags", tag), ("tiers", tier)):
            self.assertIn(
                {"row": record.id, "country": germany.id, "score": score, "count": 1},
                matrix[name]["cells"],
            )
            self.assertEqual(matrix[name]["rows"][0]["name"], record.display_name)
            # Who has none comes last, and is counted as well.
            self.assertEqual(matrix[name]["rows"][-1]["id"], False)
            self.assertEqual(matrix[name]["rows"][-1]["count"], 2)

    def test_tiers_of_two_companies(self):
        """Each scorecard counts with the tier that its own company gave."""
        other = self._publish_elsewhere()
        tiers = {}
        for company, name in ((self.company, "partner"), (other, "strategic")):
            tiers[company] = self.env.ref(f"supplier_evaluation.supplier_tier_{name}")
            self.supplier.with_company(company).supplier_tier_id = tiers[company]
        self.env.flush_all()
        cards = self._as(self.env["supplier.scorecard"], "manager")
        for company in tiers:
            scope = cards.with_company(company)
            runs = scope._choose(None, None).runs
            self.assertEqual(runs.company_id, self.company | other)
            self.assertEqual(
                {
                    (card.company_id, card.tier_id)
                    for card in scope._read_cards(runs, [])
                    if card.partner_id == self.supplier.id
                },
                {(one.id, tier.id) for one, tier in tiers.items()},
            )

    def test_stage_and_tier_of_a_scorecard_are_of_its_company(self):
        other = self._publish_elsewhere()
        for company, tier, stage in (
            (self.company, "partner", "blocked"),
            (other, "strategic", "potential"),
        ):
            known = self.supplier.with_company(company)
            known.supplier_tier_id = self.env.ref(
                f"supplier_evaluation.supplier_tier_{tier}"
            )
            stage = self.env.ref(f"supplier_evaluation.supplier_stage_{stage}")
            known._write_guarded({"supplier_stage_id": stage.id})
        self.env.flush_all()
        card = self._as(self._card(self.march, self.supplier), "manager")
        for company in (self.company, other):
            headline = card.with_company(company).retrieve_card()["headline"]
            self.assertEqual(
                (headline["tier"], headline["stage"]),
                (
                    self.env.ref("supplier_evaluation.supplier_tier_partner").name,
                    self.env.ref("supplier_evaluation.supplier_stage_blocked").name,
                ),
            )

    def test_funnel(self):
        stage = self.env.ref("supplier_evaluation.supplier_stage_potential")
        self.env["supplier.stage.change"].sudo()._append(
            [
                {
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                    "stage_to_id": stage.id,
                }
            ]
        )
        [row] = self._overview()["funnel"]
        self.assertEqual(row["stage_id"], stage.id)
        self.assertEqual(row["entered"], 1)


@tagged("post_install", "-at_install")
class TestChanges(OverviewCommon):
    """Sentences, of what chance does not explain."""

    def _items(self, **asked):
        return self._overview(**asked)["changes"]["items"]

    def test_told_with_the_cause(self):
        down, new = self._items()
        late = self._card(self.march, self.late_supplier)
        self.assertEqual(down["kind"], "down")
        self.assertEqual(down["card_id"], late.id)
        self.assertEqual(
            down["text"],
            "Late lost 50.0 points and has 50.0 now: On-time delivery went from "
            "100.0 % to 0.0 %.",
        )
        before = self._card(self.february, self.late_supplier)
        self.assertEqual(down["grades"], [before.grade_id.id, late.grade_id.id])
        self.assertEqual(new["kind"], "new")
        self.assertEqual(
            new["text"],
            "New was evaluated for the first time, with a score of 100.0.",
        )

    def test_all_of_them_open(self):
        changes = self._overview()["changes"]
        self.assertEqual(changes["total"], 2)
        self.assertEqual(
            set(changes["card_ids"]),
            set(
                (
                    self._card(self.march, self.late_supplier)
                    | self._card(self.march, self.new_supplier)
                ).ids
            ),
        )

    def test_noise_is_no_news(self):
        """The score before lies in the interval of the present one."""
        card = self._card(self.march, self.late_supplier)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_scorecard SET score_high = 100 WHERE id = %s", [card.id]
        )
        self.env.cr.execute(
            "UPDATE supplier_scorecard_dimension SET score_high = 100"
            " WHERE scorecard_id = %s",
            [card.id],
        )
        self.env.invalidate_all()
        self.assertNotIn("down", [item["kind"] for item in self._items()])
        [mover] = self._overview()["movers"]["down"]
        self.assertFalse(mover["moved"])

    def test_dimension_alone(self):
        """The score as a whole may stay within its interval when a part does not."""
        card = self._card(self.march, self.late_supplier)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_scorecard SET score_high = 100 WHERE id = %s", [card.id]
        )
        self.env.invalidate_all()
        item = self._items()[-1]
        self.assertEqual(item["card_id"], card.id)
        self.assertEqual(
            item["text"],
            "Late is worse in Delivery: its score there went from 100.0 to 50.0.",
        )

    def test_newly_provisional(self):
        card = self._card(self.march, self.supplier)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_scorecard SET provisional = TRUE WHERE id = %s", [card.id]
        )
        self.env.invalidate_all()
        texts = [item["text"] for item in self._items()]
        self.assertIn(
            "Golden Supplier is provisional now: there are too few records to judge.",
            texts,
        )

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.people["buyer"].lang = "de_DE"
        cards = self._as(self.env["supplier.scorecard"], "buyer")
        overview = cards.with_context(lang="de_DE").retrieve_overview()
        self.assertIn("50,0", overview["changes"]["items"][0]["text"])
        self.assertEqual(overview["periods"][0]["label"], "März 2026")
