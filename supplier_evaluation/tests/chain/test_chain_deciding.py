import json

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..access import AccessCommon
from .common import ChainCommon


@tagged("post_install", "-at_install")
class TestChainDeciding(ChainCommon, AccessCommon):
    """What decides on suppliers is sealed, wherever it is stored."""

    # ------------------------------------------------------------
    # Certifications: for what they are granted
    # ------------------------------------------------------------

    def _scope(self, categories):
        certification = self.records["supplier.certification"].sudo()
        certification._transition("draft")
        certification.category_ids = categories
        certification._transition("certified", vals={"round": 1})
        return certification

    def test_scope_of_certification(self):
        """For which products it is granted: for others, for all, for one more."""
        one, two = self.env["product.category"].create(
            [{"name": "Bolts"}, {"name": "Nuts"}]
        )
        certification = self._scope(one)
        self._seal()
        self.assertHolds()
        self.assertIn("Bolts", self._blocks(certification)[-1].said)
        field = certification._fields["category_ids"]
        table, own, other = map(
            SQL.identifier, (field.relation, field.column1, field.column2)
        )
        mine = SQL("%s = %s", own, certification.id)
        values = SQL("%s, %s", certification.id, two.id)
        for query in (
            SQL("UPDATE %s SET %s = %s WHERE %s", table, other, two.id, mine),
            SQL("DELETE FROM %s WHERE %s", table, mine),
            SQL("INSERT INTO %s (%s, %s) VALUES (%s)", table, own, other, values),
        ):
            with self.subTest(query=query.code), self.env.cr.savepoint() as savepoint:
                self._sql("%s", query)
                self.assertBroken(
                    "changed afterwards: Scope", certification, "category_ids"
                )
                savepoint.rollback()
            self.env.invalidate_all()

    def test_another_scope(self):
        """It changes with the steps of the certification."""
        categories = self.env["product.category"].create(
            [{"name": f"Kind {number}"} for number in range(12)]
        )
        self._seal()
        for scope in (categories[:1], categories[::-1], categories.browse()):
            certification = self._scope(scope)
            self.assertHolds()
            self._seal()
            self.assertHolds()
        self.assertEqual(
            [
                json.loads(block.content)["row"]["category_ids"]
                for block in self._blocks(certification)
            ],
            [str(categories[0].id), ",".join(map(str, categories.ids)), None],
        )

    def test_no_category_of_a_scope_is_deleted(self):
        """Without its last one it would be granted for all products."""
        category = self.env["product.category"].create({"name": "Bolts"})
        self._scope(category)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRefused("product_category", IntegrityError),
        ):
            category.unlink()

    # ------------------------------------------------------------
    # Others
    # ------------------------------------------------------------

    def test_steps_of_a_reward(self):
        reward = self.records["supplier.incentive"].sudo()
        self._seal()
        reward._step("obsolete", note="Not carried any more")
        self.assertHolds()
        self._seal()
        self.assertHolds()
        self.assertEqual(self._blocks(reward).mapped("kind"), ["added", "changed"])
        self._sql("UPDATE supplier_incentive SET state = 'approved'")
        self.assertBroken("was changed afterwards: Status", reward, "state")

    def test_override_of_another_supplier(self):
        """Whom it is for is what is sealed, and no other cell says so."""
        override = self.records["supplier.purchase.override"].sudo()
        other = self._create_supplier("Other")
        self._sql(
            "UPDATE supplier_purchase_override SET commercial_partner_id = %s"
            " WHERE id = %s",
            other.id,
            override.id,
        )
        day = override.date_to
        self.assertNotIn(override, override._in_force(other, self.company, day))
        self.assertIn(override, override._in_force(self.supplier, self.company, day))
        self.assertEqual(override._supplier(), self.supplier)

    def test_what_the_newest_chain_covers(self):
        """An older chain of another company, however long, says nothing newer."""
        self._seal()
        self._sql(
            """
            INSERT INTO supplier_chain_block (company_id, number, date, kind,
                                              res_model, res_id, content, seal)
            SELECT %s, 10^6, '2020-01-01', kind, res_model, res_id,
                   JSONB_SET(content::jsonb, '{covers,supplier.scorecard,parts}',
                             '{}')::text, seal
              FROM supplier_chain_block
             WHERE company_id = %s AND number = 1
            """,
            self.other_company.id,
            self.company.id,
        )
        card = self.records["supplier.scorecard"]
        self._sql("UPDATE supplier_scorecard_line SET score = 1")
        _status, said = self._check_dump()
        self.assertIn(f"supplier.scorecard id {card.id}: it was changed", said)
