from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ....models.scorecard.seal import verify_seals
from ....tools.actions import can_open_form
from ...common import BUYER
from .common import CardCommon

QUESTION = "Why so late?"


@tagged("post_install", "-at_install")
class TestCard(CardCommon):
    """One answer feeds all parts of the page, and says what is stored."""

    def _store(self, **vals):
        """Write figures into the published card, past its seal."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE supplier_scorecard SET (%s) = ROW(%s) WHERE id = %s",
                SQL(", ").join(map(SQL.identifier, vals)),
                SQL(", ").join(SQL("%s", value) for value in vals.values()),
                self.card.id,
            )
        )
        self.env.invalidate_all()

    def test_lines_are_those_of_the_scorecard_the_costliest_first(self):
        rows = self.card.retrieve_card()["lines"]
        self.assertEqual(
            [(row["kpi"], row["loss"]) for row in rows],
            [("On-time delivery", 50.0), ("Fill rate", 0.0)],
        )
        for row in rows:
            line = self.card.line_ids.browse(row["id"])
            self.assertEqual(row["score"], line.score)
            self.assertEqual(row["weight"], line.effective_weight)
            self.assertEqual(row["peer"], line.peer_median)
            self.assertEqual(
                (row["low"], row["high"]), (line.score_low, line.score_high)
            )
        self.assertEqual(rows[0]["value"], "0.0 %")
        self.assertEqual(rows[0]["others"], "100.0 %")
        self.assertEqual(rows[0]["target"], "100.0 %")
        self.assertEqual(rows[0]["trail"], [0.0])

    def test_dimensions(self):
        [bar] = self.card.retrieve_card()["dimensions"]
        part = self.card.dimension_ids
        self.assertEqual(bar["label"], "Delivery")
        self.assertEqual((bar["score"], bar["peer"]), (part.score, part.peer_median))
        self.assertEqual(bar["score_text"], "50.0")

    def test_headline(self):
        headline = self.card.retrieve_card()["headline"]
        self.assertEqual(headline["score"], "50.0")
        self.assertEqual(headline["grade"], "D")
        self.assertEqual(headline["place"], "March 2026, rank 2 of 2")
        self.assertRegex(
            headline["sure"],
            r"^How sure: ±\d+\.\d, 100 % of the weight \(delivery lines: 5\)$",
        )
        self.assertRegex(headline["spend"], r"250\.00")

    def test_an_interval_that_is_cut_is_not_told_as_plus_minus(self):
        """At 0 and 100 a score ends: ± would name ends that are none."""
        for score, low, high in ((97.0, 91.0, 100.0), (100.0, 94.0, 100.0)):
            self._store(score=score, score_low=low, score_high=high)
            sure = self.card.retrieve_card()["headline"]["sure"]
            self.assertEqual(
                sure, "How sure: 100 % of the weight (delivery lines: 5)", score
            )
        self._store(score=90.0, score_low=84.0, score_high=96.0)
        sure = self.card.retrieve_card()["headline"]["sure"]
        self.assertIn("±6.0", sure)

    def test_the_rank_has_a_range_where_intervals_overlap(self):
        """Five punctual lines may be a better supplier than six, or a worse one."""
        for _index in range(5):
            line = self._order(10, 5, "2026-03-10", partner=self.small_supplier)
            self._receive(line, "2026-03-10")
        evaluation = self._evaluate(self._create_template("Again", ["otd"]))
        places = [
            self._card(evaluation, partner).retrieve_card()["headline"]["place"]
            for partner in (self.small_supplier, self.late_supplier)
        ]
        self.assertEqual(
            places,
            ["March 2026, rank 1 of 3 (1–2)", "March 2026, rank 3 of 3"],
        )

    def test_history(self):
        [point] = self.card.retrieve_card()["history"]
        self.assertEqual((point["id"], point["score"]), (self.card.id, 50.0))

    def test_a_full_count_has_no_interval(self):
        """What is no sample is exact, also where an old card has stored one."""
        line = self.card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        line.kpi_id.is_share = False
        row = self.card.retrieve_card()["lines"][0]
        self.assertTrue(line.has_interval)
        self.assertEqual((row["low"], row["high"]), (False, False))
        documents = self.env.ref("supplier_evaluation.supplier_kpi_document_validity")
        self.assertFalse(documents.is_share)

    def test_statements_do_not_grow_with_suppliers(self):
        counts = []
        for suppliers in (0, 20):
            for index in range(suppliers):
                line = self._order(
                    10, 5, "2026-03-10", partner=self._create_supplier(f"S{index}")
                )
                self._receive(line, "2026-03-10")
            card = self._card(
                self._evaluate(self._create_template(f"T{suppliers}", ["otd"]))
            )
            card.retrieve_card()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            card.retrieve_card()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestCardAccess(CardCommon):
    """Who may read the scorecard sees the page, and talks about it."""

    def test_form_opens_for_everybody_who_reads_scorecards(self):
        """Also for those who may read no order."""
        for name in ("buyer", "approver", "manager", "quality"):
            with self.subTest(user=name):
                self.assertTrue(can_open_form(self._as(self.card, name)))

    def test_who_sees_it(self):
        for login in ("buyer", "approver", "manager"):
            with self.subTest(login):
                card = self._as(self.card, login).retrieve_card()
                self.assertEqual(card["headline"]["score"], "50.0")

    def test_who_does_not(self):
        with self.assertRefused("Supplier Scorecard", AccessError):
            self._as(self.card, "reviewer").retrieve_card()

    def test_another_company(self):
        company = self._create_company("Elsewhere", "Asia/Shanghai", "USD")
        stranger = self._create_user("card_stranger", BUYER, company)
        with self.assertRefused("Supplier Scorecard", AccessError):
            self._as(self.card, stranger).retrieve_card()

    def test_a_buyer_discusses_what_is_published(self):
        card = self._as(self.card, "buyer")
        message = card.message_post(body=QUESTION, message_type="comment")
        self.assertIn(message, self.card.message_ids)
        own = self.people["buyer"].partner_id
        card.message_subscribe(own.ids)
        self.assertIn(own, self.card.message_partner_ids)
        self.assertFalse(verify_seals(self.company))

    def test_a_reviewer_does_not(self):
        with self.assertRefused("Message", AccessError):
            self._as(self.card, "reviewer").message_post(body=QUESTION)

    def test_figures_stay_guarded(self):
        with self.assertRefused("written by an evaluation"):
            self._as(self.card, "manager").write({"score": 100})

    def test_what_was_said_goes_with_the_card_of_a_draft(self):
        """Computed again, the supplier has the same card, as long as there is one."""
        evaluation = self._evaluate(self._create_template("Draft", ["otd"]))
        card = self._card(evaluation)
        card.message_post(body=QUESTION)
        messages = card.message_ids
        self.assertTrue(messages)
        evaluation.action_compute()
        self.assertEqual(card.message_ids, messages)
        template = evaluation.template_id
        template.partner_domain = str([("id", "!=", card.partner_id.id)])
        evaluation.action_compute()
        self.assertTrue(evaluation.scorecard_ids)
        self.assertFalse(card.exists() or messages.exists())

    def test_what_was_said_goes_with_a_deleted_evaluation(self):
        evaluation = self._evaluate(self._create_template("Draft", ["otd"]))
        card = self._card(evaluation)
        card.message_subscribe(self.people["buyer"].partner_id.ids)
        message = card.message_post(body=QUESTION, attachments=[("a.txt", b"Late")])
        left = (message, message.attachment_ids, card.message_follower_ids)
        self.assertTrue(all(left))
        kept = self.card.message_post(body=QUESTION, attachments=[("b.txt", b"Late")])
        self._as(evaluation, "manager").unlink()
        self.assertFalse(any(records.exists() for records in (*left, card)))
        self.assertTrue(kept.exists().attachment_ids)


@tagged("post_install", "-at_install")
class TestNextSteps(CardCommon):
    """From a scorecard to what is done about it."""

    def test_report_an_incident(self):
        action = self._as(self.card, "buyer").action_report_incident()
        self.assertEqual(action["res_model"], "supplier.incident")
        self.assertEqual(action["context"]["default_partner_id"], self.late_supplier.id)

    def test_ask_the_supplier(self):
        self.late_supplier.email = "late@example.com"
        action = self._as(self.card, "buyer").action_ask_supplier()
        composer = (
            self._as(self.env["mail.compose.message"], "buyer")
            .with_context(**action["context"])
            .create({"body": "What happened in March?"})
        )
        composer._action_send_mail()
        [message] = self.card.message_ids
        self.assertIn("What happened", message.body)
        self.assertEqual(message.partner_ids, self.late_supplier)

    def test_ask_about_a_preview(self):
        """It is made anew each night: what is asked stays with the supplier."""
        with freeze_time("2026-03-20 04:00:00"):
            preview = self._evaluate(date_to=date(2026, 3, 30))
            card = preview.scorecard_ids[:1]
            self.assertTrue(card.is_preview)
            context = self._as(card, "buyer").action_ask_supplier()["context"]
        self.assertEqual(context["default_model"], "res.partner")
        self.assertEqual(context["default_res_ids"], card.partner_id.ids)

    def test_compare(self):
        """With the best one and the neighbours; a provisional one with the best."""
        ranked = self.evaluation.scorecard_ids.filtered("rank").sorted("rank")
        self.assertEqual(len(ranked), 2)
        small = self._card(self.evaluation, self.small_supplier)
        for card, others in ((self.card, ranked), (small, ranked | small)):
            action = self._as(card, "buyer").action_compare_neighbours()
            self.assertEqual(action["tag"], "supplier_compare")
            self.assertEqual(set(action["params"]["card_ids"]), set(others.ids))

    def test_revise(self):
        action = self._as(self.card, "manager").action_revise()
        revision = self.env["supplier.evaluation"].browse(action["res_id"])
        self.assertEqual(revision.revision_of_id, self.evaluation)
        with self.assertRefused("Supplier Evaluation", AccessError):
            self._as(self.card, "buyer").action_revise()

    def test_what_belongs_to_the_supplier(self):
        card = self._as(self.card, "buyer")
        for action, model in (
            (card.action_open_incidents(), "supplier.incident"),
            (card.action_open_documents(), "supplier.document"),
            (card.action_open_certifications(), "supplier.certification"),
            (card.action_open_reviews(), "supplier.review"),
        ):
            self.assertEqual(action["res_model"], model)
