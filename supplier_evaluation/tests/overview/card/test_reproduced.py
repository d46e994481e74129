from random import Random

from odoo.fields import Domain
from odoo.tests import tagged

from ...scorecard.common import ThreeSuppliersCommon

SEEDS = (1, 2, 3)
ORDERS = 12


@tagged("post_install", "-at_install")
class TestReproduced(ThreeSuppliersCommon):
    """The records behind a figure make it again; counted and left out, they are all."""

    def test_by_chance(self):
        for seed in SEEDS:
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self._make_history(Random(seed))
                self._check_lines(self._evaluate(self._template_of_all()))
                savepoint.rollback()
                self.env.invalidate_all()

    def _template_of_all(self):
        kpis = self.env["supplier.kpi"].search([("definer_id", "=", False)])
        return self._create_template("All", kpis.mapped("code"))

    def _make_history(self, chance):
        suppliers = self.supplier | self.late_supplier | self.small_supplier
        for _number in range(ORDERS):
            day = chance.randint(2, 28)
            quantity = chance.randint(1, 20)
            line = self._order(
                quantity,
                chance.randint(0, 9),
                f"2026-03-{day:02}",
                f"2026-0{chance.choice((2, 3))}-{chance.randint(1, 20):02}",
                partner=chance.choice(suppliers),
            )
            self._go_on(chance, line, quantity)

    def _go_on(self, chance, line, quantity):
        """Receive it, whole or in part, send some back, cancel it, leave it out."""
        if chance.random() < 0.8:
            part = chance.randint(1, quantity)
            day = f"2026-03-{chance.randint(5, 31):02}"
            picking = self._receive(line, day, part)
            if chance.random() < 0.3:
                self._return(picking, "2026-04-01", chance.randint(1, part))
        elif chance.random() < 0.5:
            line.order_id.button_cancel()
        if chance.random() < 0.2:
            line._set_supplier_exclusion("manual", "By chance")

    def _check_lines(self, evaluation):
        lines = evaluation.scorecard_ids.line_ids
        self.assertGreater(len(lines.filtered("has_value")), 10)
        for line in lines:
            kpi = line._kpi_as_computed()
            if not kpi._has_facts():
                continue
            with self.subTest(kpi=line.kpi_id.code, supplier=line.partner_id.name):
                counted = self._opened(line.action_open_counted())
                left_out = self._opened(line.action_open_excluded())
                self._assert_all(line, kpi, counted, left_out)
                self._assert_reproduced(line, kpi, counted)

    def _opened(self, action):
        facts = self.env[action["res_model"]].with_context(**action["context"])
        facts.invalidate_model()
        names = [name for name, field in facts._fields.items() if field.store]
        return {row["id"]: row for row in facts.search(action["domain"]).read(names)}

    def _assert_all(self, line, kpi, counted, left_out):
        """No record is both, and together they are all of the supplier's period."""
        self.assertFalse(counted.keys() & left_out.keys())
        facts = kpi._records(line._scope_of(kpi, with_excluded=True))
        domain = kpi._own_domain() & kpi._supplier_domain(line.partner_id)
        domain &= Domain("company_id", "=", self.company.id)
        found = facts.search(domain)
        self.assertEqual(set(found.ids), counted.keys() | left_out.keys())

    def _assert_reproduced(self, line, kpi, counted):
        """Add up what each record says, by hand."""
        if not line.has_value:
            return
        self.assertEqual(line.n, self._count(kpi, counted.values()))
        facts = self.env[kpi.fact_model]
        for name, total in (
            (kpi.numerator, line.numerator),
            (kpi.denominator, line.denominator),
        ):
            if not name or kpi.aggregator not in ("ratio", "sum"):
                continue
            values = self._known(counted.values(), name)
            is_relation = facts._fields[name].type == "many2one"
            added = len(set(values)) if is_relation else sum(values)
            self.assertAlmostEqual(added, total, 4, name)

    def _count(self, kpi, rows):
        counted = kpi._question().counted
        if not counted:
            return len(rows)
        name, _colon, how = counted.partition(":")
        values = self._known(rows, name)
        if how == "sum":
            return sum(values)
        return len(set(values)) if how == "count_distinct" else len(values)

    def _known(self, rows, name):
        """Return the values that there are: 0 is one, and False is none."""
        return [row[name] for row in rows if row[name] is not False]
