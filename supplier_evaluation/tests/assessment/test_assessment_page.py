import re
from datetime import date, timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ...controllers.assessment.supplier_assessment import MOST_IN_AN_HOUR
from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentPage(AssessmentCommon, HttpCase):
    """What somebody does with a link, and cannot do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.questionnaire.comment_threshold = 4
        cls.bert.lang = "fr_FR"
        due = fields.Date.today() + timedelta(days=14)
        cls.first, cls.second = cls._ask(
            cls.anna | cls.bert, now=fields.Datetime.now(), date_due=due
        )
        cls.address = f"/supplier/assessment/{cls._token(cls.first)}"
        cls.other_address = f"/supplier/assessment/{cls._token(cls.second)}"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _csrf(self, address):
        page = self.url_open(address).text
        return re.search(r'name="csrf_token"\s+value="([^"]+)"', page).group(1)

    def _send(self, *given, address=None, review=None, **vals):
        review = review or self.first
        names = [f"answer_{answer.id}" for answer in review.answer_ids]
        data = dict(zip(names, given, strict=False))
        vals.setdefault("csrf_token", self.csrf)
        response = self.url_open(
            address or self.address, data={**data, **vals}, allow_redirects=False
        )
        self.env.invalidate_all()
        return response

    def _read(self, response):
        """Return status and text without what differs from page to page."""
        text = re.sub(r'csrf_token: "[^"]*"', "", response.text)
        return response.status_code, text

    def _choice(self, score):
        choices = self.first.answer_ids[2].question_id.choice_ids
        return f"choice-{choices.filtered(lambda one: one.score == score).id}"

    def test_answers_once(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.first.read()
        for _scan in range(2):
            page = self.url_open(self.address)
            self.assertEqual(page.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.first.read(), before)
        self.assertIn(self.supplier.name, page.text)
        self.assertIn("Delivery of 12 March", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.csrf = self._csrf(self.address)
        # Below 4, a comment is needed; what was answered stays on the page.
        missing = self._send("3", "none")
        self.assertEqual(missing.status_code, 422)
        self.assertIn("say why in its comment", missing.text)
        self.assertIn("“Once more?” is not answered", missing.text)
        self.assertRegex(missing.text, r'value="3"\s+checked')
        self.assertEqual(self.first.state, "open")
        self.assertEqual(set(self.first.answer_ids.mapped("state")), {"open"})
        comment = f"comment_{self.first.answer_ids[0].id}"
        done = self._send(
            "3", "none", self._choice(10), comment="Thanks\x00", **{comment: "Late"}
        )
        self.assertEqual(done.status_code, 303)
        self.assertIn("/supplier/assessment/thanks", done.headers["Location"])
        self.assertIn("has reached us", self.url_open(done.headers["Location"]).text)
        self.assertEqual(self.first.state, "done")
        self.assertAlmostEqual(self.first.score, (30 * 3 + 100) / 4)
        self.assertEqual(self.first.comment, "Thanks")
        self.assertEqual(self.first.answer_ids[0].comment, "Late")
        told = self.first.message_ids.filtered("body")[:1]
        self.assertIn("Anna has answered", told.body)
        self.assertEqual(told.author_id, self.anna)
        again = self._send("9", "9", self._choice(10))
        self.assertEqual(again.status_code, 404)
        self.assertAlmostEqual(self.first.score, 47.5)

    def test_in_the_language_of_the_person(self):
        self.questionnaire.description = "Answer."
        self.questionnaire.with_context(lang="fr_FR").description = "Répondez."
        self.env.flush_all()
        page = self.url_open(self.other_address).text
        self.assertIn("Répondez.", page)
        self.assertIn('lang="fr-FR"', page)
        self.assertIn("Answer.", self.url_open(self.address).text)
        self.csrf = self._csrf(self.other_address)
        done = self._send(
            "9",
            "9",
            self._choice(10),
            address=self.other_address,
            review=self.second,
        )
        self.assertIn("lang=fr_FR", done.headers["Location"])
        self.assertIn('lang="fr-FR"', self.url_open(done.headers["Location"]).text)
        self.assertEqual(self.url_open("/supplier/assessment/thanks?lang=x").ok, True)

    def test_links_that_are_none_are_answered_alike(self):
        good = self._token(self.first)
        other = self._token(self.second)
        self.second._cancel()
        expired = self._ask(
            self._person("Old", "old@nordhafen.example.com"),
            now="2026-01-01 02:00:00",
            date_due=date(2026, 1, 5),
        )
        gone = self._ask(
            self._person("Gone", "gone@nordhafen.example.com"),
            now=fields.Datetime.now(),
            date_due=self.company._supplier_day(fields.Datetime.now()),
        )
        gone.respondent_id.active = False
        self.env.flush_all()
        self.csrf = self._csrf(self.address)
        answers = set()
        for token in (
            other,
            self._token(expired),
            self._token(gone),
            good[:-1],
            good + "A",
            good[:16] + other[16:],
            "A" * 60,
            "A" * 5000,
            "é",
            "%00",
        ):
            with self.subTest(token[:20]):
                address = f"/supplier/assessment/{token}"
                response = self.url_open(address)
                self.assertNotIn(self.supplier.name, response.text)
                answers.add(self._read(response))
                sent = self._send("9", "9", self._choice(10), address=address)
                answers.add(self._read(sent))
        self.assertEqual(len(answers), 1)
        self.assertEqual(next(iter(answers))[0], 404)
        self.assertEqual(self.first.state, "open")

    def test_late_answers_are_welcome_for_a_month(self):
        late = self._ask(
            self._person("Late", "late@nordhafen.example.com"),
            now="2026-01-01 02:00:00",
            date_due=date(2026, 1, 5),
        )
        token = self._token(late)
        today = fields.Date.today()
        for days, is_good in ((20, True), (40, False)):
            late._write_guarded({"date_due": today - timedelta(days=days)})
            self.assertEqual(bool(late._find_by_token(token)), is_good)
        late._write_guarded({"date_due": today})
        # Who has become a contact of the supplier does not assess it any more.
        late.respondent_id.parent_id = self.supplier
        self.assertFalse(late._find_by_token(token))

    def test_what_is_not_offered_is_no_answer(self):
        self.csrf = self._csrf(self.address)
        foreign = self.questionnaire.copy().question_ids[2].choice_ids[0]
        for given in (
            ("11", "9", self._choice(10)),
            ("choice-1", "9", self._choice(10)),
            ("9", "9", f"choice-{foreign.id}"),
            ("9", "9", "9"),
        ):
            with self.subTest(given):
                self.assertEqual(self._send(*given).status_code, 422)
        long = {"comment": "x" * 5001}
        self.assertEqual(
            self._send("9", "9", self._choice(10), **long).status_code, 422
        )
        forged = self._send(
            *("9", "9", self._choice(10)), state="done", score="100", user_id="1"
        )
        self.assertEqual(forged.status_code, 303)
        self.assertAlmostEqual(self.first.score, 92)

    def test_no_token_no_answer(self):
        """Another site sends nothing in the name of somebody."""
        self.csrf = "forged"
        refused = self._send("9", "9", self._choice(10))
        self.assertEqual(refused.status_code, 400)
        self.assertEqual(self.first.state, "open")

    def test_not_too_often(self):
        self.csrf = self._csrf(self.address)
        address = "/supplier/assessment/" + "A" * 60
        codes = [
            self._send(address=address).status_code
            for _time in range(MOST_IN_AN_HOUR + 1)
        ]
        self.assertEqual(codes, [404] * MOST_IN_AN_HOUR + [429])
        self.assertEqual(self._send("9", "9", self._choice(10)).status_code, 429)
        self.assertEqual(self.first.state, "open")
