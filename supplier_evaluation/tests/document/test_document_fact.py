from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import TransactionCase, tagged

from ...report.document.requirement import FACT_IDS
from ..common import BUYER
from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentValid(DocumentCommon):
    """When a required document is there and valid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._order(10, 5, "2026-03-10")

    def test_missing(self):
        fact = self._document_fact()
        self.assertEqual(fact.status, "missing")
        self.assertEqual(fact.is_valid, 0)
        self.assertFalse(fact.document_id)
        self.assertEqual(
            (fact.res_model, fact.res_id), ("res.partner", self.supplier.id)
        )
        self.assertEqual(fact.name, "Licence Golden Supplier")
        self.assertEqual(self._percent(), 0)

    def test_valid(self):
        document = self._document(number="77", date_to="2026-12-31")
        fact = self._document_fact()
        self.assertEqual(fact.status, "valid")
        self.assertEqual(fact.is_valid, 1)
        self.assertEqual(fact.document_id, document)
        self.assertEqual(fact.date_to, date(2026, 12, 31))
        self.assertEqual(fact.date, date(2026, 3, 31))
        self.assertEqual(fact.name, "Licence 77")
        self.assertEqual(fact.action_open_document()["res_id"], document.id)
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.weight, fact.weight_square, fact.line_count), (1, 1, 1))

    def test_two_of_three(self):
        self._document()
        self._document(self._create_type("iso"))
        self._create_type("cover")
        measure = self._measure("document_validity")
        self.assertAlmostEqual(measure.value, 66.6667, 4)
        self.assertEqual(measure.n, 3)
        # All that are required are looked at: nothing is left to chance.
        self.assertEqual((measure.low, measure.high), (None, None))

    def test_no_requirement_is_no_data(self):
        self.licence.is_required = False
        self._document()
        self.assertIsNone(self._percent())

    def test_first_and_last_day(self):
        """The cut-off, midnight in Shanghai, ends the fourth of April."""
        for first, last, percent in (
            ("2026-04-04", "2026-04-04", 100),
            ("2026-04-05", False, 0),
            (False, "2026-04-03", 0),
            (False, "2026-04-04", 100),
        ):
            document = self._document(date_from=first, date_to=last)
            with self.subTest(first=first, last=last):
                self.assertEqual(self._percent(), percent)
            document.unlink()

    def test_time_zone(self):
        """At 18 o'clock UTC, Shanghai has the next day."""
        self._document(date_to="2026-04-02")
        evening = datetime(2026, 4, 2, 18, 0)
        self.assertEqual(self._percent(cutoff=evening), 0)
        self.assertEqual(self._percent(cutoff=evening, tz="UTC"), 100)

    def test_date_of_a_cutoff_within_the_period(self):
        fact = self._document_fact(cutoff=datetime(2026, 3, 20, 4, 0))
        self.assertEqual(fact.date, date(2026, 3, 20))

    def test_verified_after_the_cutoff(self):
        self._document(verified="2026-04-04 16:00:01")
        self.assertEqual(self._percent(), 0)
        self.assertEqual(self._document_fact().status, "to_verify")
        self.assertEqual(self._percent(cutoff=datetime(2026, 4, 4, 16, 0, 1)), 100)

    def test_not_verified(self):
        self._document(verified=None)
        self.assertEqual(self._document_fact().status, "to_verify")
        self.assertEqual(self._percent(), 0)

    def _reject_at(self, document, when):
        with freeze_time(when):
            document.with_user(self.manager)._reject("forged")

    def test_rejected(self):
        self._reject_at(self._document(), "2026-04-04 16:00:00")
        self.assertEqual(self._document_fact().status, "rejected")
        self.assertEqual(self._percent(), 0)

    def test_rejected_after_the_cutoff(self):
        """At the cut-off nobody knew; who asks later is told."""
        self._reject_at(self._document(), "2026-04-04 16:00:01")
        self.assertEqual(self._document_fact().status, "valid")
        self.assertEqual(self._percent(), 100)
        self.assertEqual(self._percent(cutoff=datetime(2026, 4, 5, 16, 0)), 0)

    def test_rejected_before_it_was_verified(self):
        document = self._document(verified=None)
        self._reject_at(document, "2026-04-10")
        self.assertEqual(self._document_fact().status, "to_verify")
        with freeze_time("2026-04-20"):
            document.sudo().action_verify()
        self.assertEqual(self._document_fact().status, "to_verify")
        self.assertEqual(self._percent(cutoff=datetime(2026, 4, 20)), 100)

    def test_rejected_without_a_time(self):
        """Documents that an older version of the add-on rejected."""
        document = self._document(verified=None)
        document._reject("forged")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_document SET date_rejected = NULL WHERE id = %s",
            [document.id],
        )
        self.assertEqual(self._document_fact().status, "rejected")

    def test_what_was_known_does_not_change(self):
        """Whatever happens after the cut-off, the figure of then stays."""
        document = self._document(number="1", date_to="2026-06-30")

        def check(cutoff=None):
            scope = {"cutoff": cutoff} if cutoff else {}
            self.assertEqual(self._document_fact(**scope).document_id, document)
            self.assertEqual(self._percent(**scope), 100)

        check()
        with freeze_time("2026-04-10 06:00:00"):
            document.with_user(self.manager).action_verify()
            self.assertEqual(str(document.date_verified), "2026-03-02 02:00:00")
        check()
        renewal = self._renew(document, number="2", date_to="2028-06-30")
        check()
        with freeze_time("2026-04-20 06:00:00"):
            renewal.with_user(self.manager).action_verify()
        check()
        self._reject_at(document, "2026-04-25")
        check()
        late = datetime(2026, 4, 30)
        self.assertEqual(self._document_fact(cutoff=late).document_id, renewal)
        self._reject_at(renewal, "2026-04-29")
        self.assertEqual(self._percent(cutoff=late), 0)
        check()

    def test_renewed_counts_until_its_end(self):
        """The new version counts from its first day, once it is verified."""
        document = self._document(date_to="2026-03-31")
        renewal = self._renew(document, date_from="2026-04-01", date_to="2026-12-31")
        march, april = datetime(2026, 3, 31, 16), datetime(2026, 4, 1, 16)
        self.assertEqual(self._percent(cutoff=march), 100)
        self.assertEqual(self._percent(cutoff=april), 0)
        with freeze_time("2026-03-20"):
            renewal.with_user(self.manager).action_verify()
        self.assertEqual(self._document_fact(cutoff=march).document_id, document)
        self.assertEqual(self._document_fact(cutoff=april).document_id, renewal)
        self.assertEqual(self._percent(cutoff=april), 100)

    def test_archived(self):
        document = self._document()
        document.active = False
        self.assertEqual(self._document_fact().status, "missing")
        self.assertEqual(self._percent(), 0)

    def test_best_document(self):
        expired = self._document(date_to="2026-03-31")
        self.assertEqual(self._document_fact().document_id, expired)
        self.assertEqual(self._document_fact().status, "expired")
        short = self._document(date_to="2026-06-30")
        self.assertEqual(self._document_fact().document_id, short)
        long = self._document(date_to="2027-06-30")
        self._document(date_to="2026-07-31")
        self._document(date_to="2028-06-30", verified=None)
        self.assertEqual(self._document_fact().document_id, long)
        endless = self._document()
        self.assertEqual(self._document_fact().document_id, endless)
        self.assertEqual(self._measure("document_validity").n, 1)

    def test_company_of_the_document(self):
        london = self._create_company("London", "UTC", "GBP")
        self._order(1, 5, "2026-03-10", company=london)
        document = self._document(company_id=london.id)
        self.assertEqual(self._document_fact().status, "missing")
        self.assertEqual(self._document_fact(company=london).status, "valid")
        document.unlink()
        self._document()
        self.assertEqual(self._document_fact().status, "valid")
        self.assertEqual(self._document_fact(company=london).status, "valid")

    def test_document_of_another_supplier(self):
        other = self._create_supplier("Other")
        self._document(partner_id=other.id)
        self.assertEqual(self._percent(), 0)

    def test_translated_name(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.licence.with_context(lang="fr_FR").name = "Permis"
        facts = self._document_fact().with_context(lang="fr_FR")
        facts.invalidate_recordset()
        self.assertEqual(facts.name, "Permis Golden Supplier")

    def test_on_a_scorecard(self):
        self._document()
        self._create_type("cover")
        template = self._create_template("Paper", ["otd", "document_validity"])
        evaluation = self._evaluate(template)
        card = evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == self.supplier
        )
        line = card.line_ids.filtered(
            lambda line: line.kpi_id.code == "document_validity"
        )
        self.assertEqual(line.value, 50)
        self.assertEqual(line.score, 50)
        action = line.action_open_counted()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(len(facts.search(action["domain"])), 2)


@tagged("post_install", "-at_install")
class TestDocumentFacts(DocumentCommon):
    """The facts as of now, their identifiers, and what they cost."""

    def _facts(self, user=None):
        self.env.flush_all()
        facts = self.env["supplier.document.fact"].with_user(user or self.buyer)
        facts.invalidate_model()
        return facts.with_context(allowed_company_ids=self.company.ids)

    def test_as_of_now(self):
        self._order(1, 5, "2026-03-10")
        self._document(company_id=self.company.id, date_to="2026-05-31")
        for instant, status in (
            ("2026-03-02 01:00:00", "to_verify"),
            ("2026-05-31 15:59:00", "valid"),
            ("2026-05-31 16:01:00", "expired"),
        ):
            with freeze_time(instant):
                fact = self._facts().search([("partner_id", "=", self.supplier.id)])
                self.assertEqual(fact.status, status)
                self.assertEqual(fact.company_id, self.company)
        self.assertEqual(str(fact.date), "2026-06-01")

    def test_every_company_sees_its_own(self):
        london = self._create_company("London", "UTC", "GBP")
        londoner = self._create_user("londoner", BUYER, london)
        self.supplier.supplier_rank = 1
        self._document(company_id=london.id)
        domain = [("partner_id", "=", self.supplier.id)]
        here = self._facts().search(domain)
        there = self.env(user=londoner, context={})[here._name].search(domain)
        self.assertEqual(here.company_id, self.company)
        self.assertEqual(here.status, "missing")
        self.assertEqual(there.company_id, london)
        self.assertEqual(there.status, "valid")
        self.assertNotEqual(here.id, there.id)

    def test_read_back_by_identifier(self):
        self.supplier.supplier_rank = 1
        other = self._create_supplier("Other", supplier_rank=1)
        iso = self._create_type("iso")
        found = self._facts().search(
            [("partner_id", "in", (self.supplier | other).ids)]
        )
        self.assertEqual(len(found), 4)
        self.assertEqual(len(set(found.ids)), 4)
        identifier = FACT_IDS.encode(other.id, iso.id, self.company.id)
        self.assertLess(identifier, 2**53)
        fact = self._facts().browse(identifier)
        self.assertTrue(fact.exists())
        self.assertEqual(fact.partner_id, other)
        self.assertEqual(fact.type_id, iso)
        self.assertEqual(fact.company_id, self.company)
        self.assertEqual(fact.read(["name"])[0]["name"], "Iso Other")

    def test_reading_some_searches_all(self):
        """A search on a recordset is a search of the model."""
        self.supplier.supplier_rank = 1
        other = self._create_supplier("Other", supplier_rank=1)
        fact = self._facts().search([("partner_id", "=", self.supplier.id)])
        self.assertTrue(fact.search([("partner_id", "=", other.id)]))
        self.assertIn(other, fact.search([]).partner_id)

    def test_grouped(self):
        self.supplier.supplier_rank = 1
        self._create_type("iso")
        self._document()
        rows = self._facts()._read_group(
            [("partner_id", "=", self.supplier.id)],
            ["partner_id"],
            ["is_valid:avg", "__count"],
        )
        self.assertEqual(rows, [(self.supplier, 0.5, 2)])

    def test_statements(self):
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_document_validity")
        self.licence.product_category_ids = self.product.categ_id
        counts, sizes = [], []
        for number in (5, 0, 45):
            partners = self.env["res.partner"].create(
                [{"name": f"S{index}"} for index in range(number)]
            )
            partners.supplier_rank = 1
            self._create_type(f"type_{number}", country_ids=[Command.clear()])
            for partner in partners:
                self._document(verified=None, partner_id=partner.id)
            self.env.flush_all()
            counts.append(self._statements_of(lambda: kpi._measure(self._scope())))
            sizes.append(len(kpi._measure(self._scope())))
        self.assertEqual(sizes[2] - sizes[1], 45)
        self.assertEqual(counts[2], counts[1])
        self.assertLess(counts[2], 6)


@tagged("post_install", "-at_install")
class TestIdentifier(TransactionCase):
    def test_largest(self):
        """A browser holds 53 bits exactly."""
        largest = FACT_IDS.encode(2**29 - 1, 4095, 4095)
        self.assertEqual(largest, 2**53 - 1)
        self.assertEqual(FACT_IDS.decode(largest), (2**29 - 1, 4095, 4095))
