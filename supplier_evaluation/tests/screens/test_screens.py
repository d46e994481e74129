from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.tests import Form, TransactionCase, tagged

from ...scoring.period import closed_periods
from ..common import BUYER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestScreens(SupplierEvaluationCommon):
    """What the forms propose, and who sees what on the forms of other apps."""

    def test_last_closed_period_is_proposed(self):
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 3, 1))
            self.assertEqual(form.date_to, date(2026, 3, 31))

    def test_last_rolling_window_is_proposed(self):
        self.template.period = "rolling_90"
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 1, 1))
            self.assertEqual(form.date_to, date(2026, 3, 31))

    def test_a_period_that_has_none_is_proposed(self):
        evaluation = self._evaluate()
        self.assertEqual(evaluation.date_from, date(2026, 3, 1))
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 2, 1))
            self.assertEqual(form.date_to, date(2026, 2, 28))
            form.date_from = date(2025, 1, 1)
            form.date_to = date(2025, 1, 31)

    def test_of_a_year_that_has_all_the_last_one_is_proposed(self):
        periods = closed_periods("month", date(2025, 4, 9), date(2026, 4, 10))
        for first, last in periods:
            self._evaluate(date_from=first, date_to=last)
        with freeze_time("2026-04-10"):
            proposed = self.template._proposed_period(self.company)
        self.assertEqual(proposed, periods[-1])

    def test_own_dates_stay(self):
        with freeze_time("2026-04-10"), Form(self.env["supplier.evaluation"]) as form:
            form.date_from = date(2026, 2, 1)
            form.date_to = date(2026, 2, 28)
            form.template_id = self.template
            self.assertEqual(form.date_from, date(2026, 2, 1))

    def test_order_shows_the_grade_to_buyers_only(self):
        order = self._order(1, 10, "2026-03-10").order_id
        self.assertIn("supplier_grade_id", self._view_fields(order, "buyer"))
        self.assertNotIn("supplier_grade_id", self._view_fields(order, "clerk"))

    def test_vendor_shows_the_evaluation_to_buyers_only(self):
        self.assertIn("supplier_score", self._view_fields(self.supplier, "buyer"))
        self.assertNotIn("supplier_score", self._view_fields(self.supplier, "clerk"))

    def test_latest_is_told_for_each_template_and_company(self):
        other = self._create_template("Other")
        runs = {
            (template, month): self._evaluate(
                template,
                date_from=date(2026, month, 1),
                date_to=date(2026, month, 28),
            )
            for template in (self.template, other)
            for month in (1, 2)
        }
        later = self._evaluate(date_to=date(2026, 3, 31))
        for run in runs.values():
            run.action_publish()
        self.env.invalidate_all()
        expected = runs[self.template, 2] | runs[other, 2]
        model = self.env["supplier.evaluation"]
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(model.search([*own, ("is_latest", "=", True)]), expected)
        self.assertEqual(
            model.search([*own, ("is_latest", "=", False)]),
            (later | self.env["supplier.evaluation"].union(*runs.values())) - expected,
        )
        self.assertEqual(expected.mapped("is_latest"), [True, True])
        self.assertFalse(later.is_latest)
        cards = self.env["supplier.scorecard"].search([*own, ("is_latest", "=", True)])
        self.assertEqual(cards, expected.scorecard_ids)
        later.action_publish()
        self.assertIn(later, model.search([*own, ("is_latest", "=", True)]))

    def test_period_has_a_name_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for first, last, english, chinese in (
            ((2026, 10, 1), (2026, 10, 31), "October 2026", "2026年10月"),
            ((2026, 4, 1), (2026, 6, 30), "2nd quarter 2026", "2026年第2季度"),
            ((2026, 1, 1), (2026, 12, 31), "2026", "2026年"),
            (
                (2026, 1, 2),
                (2026, 3, 31),
                "01/02/2026 – 03/31/2026",
                "2026/01/02 – 2026/03/31",
            ),
        ):
            run = self.env["supplier.evaluation"].create(
                {
                    "template_id": self.template.id,
                    "company_id": self.company.id,
                    "date_from": date(*first),
                    "date_to": date(*last),
                }
            )
            with self.subTest(period=english):
                self.assertEqual(run.name, f"Golden, {english}")
                reader = run.with_context(lang="zh_CN")
                self.assertEqual(reader.period_label, chinese)

    def test_evaluation_is_found_by_what_is_read(self):
        run = self._evaluate()
        model = self.env["supplier.evaluation"]
        self.assertEqual(run.name, "Golden, March 2026")
        own = [("company_id", "=", self.company.id)]
        for domain in (
            [("name", "ilike", "march gold")],
            [("name", "=", "Golden, March 2026")],
            [("name", "!=", "Golden, April 2026")],
            [("name", "not ilike", "April")],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(model.search([*own, *domain]), run)
        self.assertFalse(model.search([*own, ("name", "ilike", "march silver")]))
        found = model.name_search("Golden, March")
        self.assertEqual(found, [(run.id, "Golden, March 2026")])

    def test_of_several_companies_each_evaluation_says_whose_it_is(self):
        run = self._evaluate()
        self.assertEqual(run.display_name, "Golden, March 2026")
        both = run.with_context(
            allowed_company_ids=[*self.company.ids, *self._other_company().ids]
        )
        self.assertEqual(both.display_name, "Golden, March 2026, Golden Works")

    def test_name_is_put_together_as_the_reader_writes(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        companies = [*self.company.ids, *self._other_company().ids]
        run = self._evaluate().with_context(lang="zh_CN", allowed_company_ids=companies)
        self.assertEqual(run.display_name, "Golden，2026年3月，Golden Works")

    def test_states_of_activities_are_said_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        state = self.env.ref(
            "mail.selection__mail_activity_mixin__activity_state__today"
        )
        state.with_context(lang="zh_CN").name = "就在今天"
        incidents = self.env["supplier.incident"].with_context(lang="zh_CN")
        field = incidents.fields_get(["activity_state"])["activity_state"]
        self.assertEqual(dict(field["selection"])["today"], "就在今天")

    def _other_company(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.env.user.company_ids |= other
        return other

    def _view_fields(self, record, role):
        groups = {
            "buyer": BUYER,
            "clerk": "account.group_account_invoice",
        }
        user = self._create_user(f"screen_{role}", groups[role])
        views = record.with_user(user).get_views([(False, "form")])
        return views["models"][record._name]["fields"]


@tagged("post_install", "-at_install")
class TestListTitles(TransactionCase):
    """A column of numbers or days is as wide as Odoo makes it, unless we say so."""

    #: What a title may have there, and about what a letter takes.
    ROOM = {"integer": 71, "float": 93, "date": 92, "monetary": 105}
    LETTER = 7.1

    def test_titles_are_not_cut(self):
        views = self.env["ir.ui.view"].search(
            [
                ("type", "=", "list"),
                ("mode", "=", "primary"),
                ("model", "=like", "supplier.%"),
            ]
        )
        self.assertGreater(len(views), 100)
        cut = [
            (view.xml_id, title)
            for view in views
            for title, room in self._titles(view)
            if self.LETTER * len(title) > room
        ]
        self.assertEqual(cut, [])

    def _titles(self, view):
        """Yield ``(title, pixels that it may take)`` of columns that are shown."""
        model = self.env[view.model].with_context(lang="en_US")
        arch = etree.fromstring(model.get_view(view.id, "list")["arch"])
        for column in arch.iterfind("field"):
            field = model._fields[column.get("name")]
            is_hidden = column.get("column_invisible") in ("True", "1")
            is_shown = column.get("optional") != "hide" and not is_hidden
            is_own = column.get("width") or column.get("widget")
            if is_shown and not is_own and field.type in self.ROOM:
                title = column.get("string") or field._description_string(model.env)
                yield title, self.ROOM[field.type]


@tagged("post_install", "-at_install")
class TestBadges(TransactionCase):
    """What a list shows in colours has them on the cards of a phone, too."""

    def test_cards_have_the_colours_of_lists(self):
        views = self.env["ir.ui.view"].search(
            [
                ("type", "in", ("list", "kanban")),
                ("mode", "=", "primary"),
                ("model", "=like", "supplier.%"),
            ]
        )
        coloured, plain = set(), set()
        for view in views:
            for badge in etree.fromstring(view.arch).iter("field"):
                names = (view.model, badge.get("name"))
                has_colours = any(key.startswith("decoration") for key in badge.attrib)
                if badge.get("widget") != "badge":
                    continue
                if view.type == "list" and has_colours:
                    coloured.add(names)
                elif view.type == "kanban" and not has_colours:
                    plain.add(names)
        self.assertTrue(coloured)
        self.assertEqual(coloured & plain, set())
