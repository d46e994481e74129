import json
from base64 import b64decode

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.chain.check import verify_chain
from ..access import AccessCommon
from .common import ChainCommon

# A name longer than what a block says in words.
LONG = "Because " * 100


@tagged("post_install", "-at_install")
class TestChain(ChainCommon, AccessCommon):
    """What happens legitimately breaks no seal, and is told."""

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([source.id, target.id], target, extra_checks=False)
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # What may happen
    # ------------------------------------------------------------

    def test_first_block_says_what_is_covered(self):
        self._seal()
        first = self._blocks()[0]
        self.assertEqual((first.number, first.kind), (1, "covers"))
        covers = json.loads(first.content)["covers"]
        self.assertEqual(
            covers["supplier.tier.change"], {"parts": {}, "links": {}, "when": None}
        )
        self.assertEqual(covers["supplier.evaluation"]["when"], "seal_number")
        self.assertEqual(
            covers["supplier.scorecard"]["parts"]["supplier.scorecard.line"],
            "scorecard_id",
        )

    def test_merged_suppliers(self):
        """Their rows are those of another one from then on; a block says so."""
        self._seal()
        first = self._create_supplier("First")
        second = self._create_supplier("Second")
        tiers = self.env["supplier.tier"].search([], limit=2)
        first.supplier_tier_id = tiers[0]
        second.supplier_tier_id = tiers[1]
        self._seal()
        third = self._create_supplier("Third")
        self._merge(first, second)
        self.assertHolds()
        self._merge(second, third)
        self.assertHolds()
        self._seal()
        self.assertHolds()
        merged = self._blocks().filtered(lambda block: block.kind == "merged")
        self.assertEqual(len(merged), 2)
        self.assertIn("Merged", merged[0].said)
        changes = self.env["supplier.tier.change"].search(
            [("partner_id", "=", third.id)], order="id"
        )
        self.assertEqual(self._blocks(changes[0]).about, "First")
        self._sql(
            "UPDATE supplier_tier_change SET partner_id = %s WHERE id = %s",
            self.supplier.id,
            changes[0].id,
        )
        self.assertBroken("was changed afterwards: Supplier", changes[0], "partner_id")

    def test_changed_names(self):
        self._seal()
        self.supplier.name = "Called Otherwise"
        self.people["manager"].name = "Married"
        self.assertHolds()

    def test_no_user_of_a_register_is_deleted(self):
        user = self._create_user("chain_gone", "base.group_user")
        tier = self.env["supplier.tier.change"].with_user(user).sudo()
        row = self.records["supplier.tier.change"]
        tier._append(row.copy_data({"user_id": user.id}))
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(Exception) as refusal,
            self.env.cr.savepoint(),
        ):
            user.unlink()
            self.env.flush_all()
        self.assertRegex(str(refusal.exception), "foreign key|referenced|required")

    def test_deleted_with_its_order(self):
        """What an order's promises were stays in the chain, and who deleted it."""
        self._seal()
        line = self._order(10, 5, "2026-03-20")
        self._change_promise(line, "2026-03-22", "supplier")
        change = line.promise_change_ids[:1]
        self._seal()
        sealed = self._blocks(change)
        order = line.order_id
        order.button_cancel()
        later = line.promise_change_ids - change
        order.unlink()
        self.env.invalidate_all()
        self.assertFalse(change.exists())
        self.assertHolds()
        self._seal()
        self.assertHolds()
        gone = self._blocks(change) - sealed
        self.assertEqual(gone.kind, "gone")
        content = json.loads(gone.content)
        self.assertEqual(content["was"], sealed.content)
        self.assertEqual(content["by"][1], self.env.user.name)
        self.assertFalse(gone.has_record)
        self.assertIn(self.env.user.name, gone.said)
        # What was noted and went before it was sealed is told as well.
        for row in later:
            self.assertEqual(self._blocks(row).mapped("kind"), ["gone"])

    def test_gone_and_back(self):
        self._seal()
        line = self._order(10, 5, "2026-03-20")
        self._change_promise(line, "2026-03-22", "supplier")
        change = line.promise_change_ids[:1]
        self._seal()
        values = self._row(change)
        line.order_id.button_cancel()
        line.order_id.unlink()
        self._seal()
        self.assertHolds()
        other = self._order(10, 5, "2026-03-20")
        self._put_back(change, {**values, "line_id": other.id, "order_id": None})
        text = "was changed|is there again"
        self.assertBroken(text, change, text)

    def _row(self, record):
        self.env.flush_all()
        self.env.cr.execute(
            f'SELECT * FROM "{record._table}" WHERE id = %s', [record.id]
        )
        return self.env.cr.dictfetchone()

    def _put_back(self, record, values):
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        self.env.cr.execute(
            f"INSERT INTO {record._table} ({names}) VALUES ({marks})",
            [*values.values()],
        )
        self.env.invalidate_all()

    def test_revoked_override(self):
        override = self.records["supplier.purchase.override"]
        self._seal()
        self._as(override, "approver").action_revoke()
        self.assertHolds()
        self._seal()
        self.assertHolds()
        self.assertEqual(self._blocks(override).mapped("kind"), ["added", "changed"])
        self._sql(
            "UPDATE supplier_purchase_override SET date_revoked = NULL WHERE id = %s",
            override.id,
        )
        self.assertBroken(
            "was changed afterwards: Revoked On", override, "date_revoked"
        )

    def test_step_does_not_hide_a_change(self):
        """What was changed by hand before a step is found by the seal before it."""
        override = self.records["supplier.purchase.override"]
        self._seal()
        self._sql(
            "UPDATE supplier_purchase_override SET date_to = %s WHERE id = %s",
            "2040-01-01",
            override.id,
        )
        self._as(override, "approver").action_revoke()
        self._seal()
        self.assertBroken("was changed afterwards: Until", override, "date_to")

    def test_register_is_sealed_once(self):
        """Noting a row again does not make a change of it good."""
        row = self.records["supplier.tier.change"]
        self._seal()
        self._sql("UPDATE supplier_tier_change SET date = '2020-01-01'")
        for kind in ("added", "changed", "before"):
            self.env["supplier.chain.waiting"]._note(
                kind, row._name, [(self.company.id, row.id, None)]
            )
        self._seal()
        self.assertEqual(len(self._blocks(row)), 1)
        self.assertBroken("was changed afterwards: When", row, "date")

    def test_deleted_before_it_was_sealed(self):
        row = self.records["supplier.tier.change"]
        self._sql("DELETE FROM supplier_tier_change WHERE id = %s", row.id)
        self._seal()
        self.assertBroken("was deleted", row, "was deleted")

    def test_inserted_before_anything_is_sealed(self):
        """Not noted by the add-on, so it does not wait for its seal."""
        self._seal()
        self._sql(
            "INSERT INTO supplier_tier_change (partner_id, company_id, user_id, date)"
            " VALUES (%s, %s, %s, '2026-01-01')",
            self.supplier.id,
            self.company.id,
            self.env.uid,
        )
        self.assertBroken("does not wait for it", None, "in no block")
        self._seal()
        self.assertBroken("does not wait for it", None, "in no block")

    def test_long_texts(self):
        override = self.env["supplier.purchase.override"]._grant(
            self.supplier, self.company, LONG, self._day()
        )
        self._seal()
        content = json.loads(self._blocks(override).content)
        self.assertEqual(content["row"]["reason"][0], "sha256")
        self.assertHolds()
        self._sql("UPDATE supplier_purchase_override SET reason = reason || '.'")
        self.assertBroken("was changed afterwards: Reason", None, "reason")

    def _day(self):
        return self.records["supplier.purchase.override"].date_to

    def test_signs_that_dumps_escape(self):
        reason = "Tab\there, line\nthere, \\ back\\nslash, 供应商 “quoted” \\N"
        override = self.env["supplier.purchase.override"]._grant(
            self.supplier, self.company, reason, self._day()
        )
        self._seal()
        self.assertEqual(
            json.loads(self._blocks(override).content)["row"]["reason"], reason
        )
        self.assertHolds()

    def test_certification(self):
        """From its first submission on, after each step; a draft may be anything."""
        certification = self.records["supplier.certification"]
        self._seal()
        self.assertFalse(self._blocks(certification))
        certification._transition("submitted", vals={"round": 1})
        self.assertHolds()
        certification._transition("draft")
        self._seal()
        other = self._create_supplier("Other")
        certification.partner_id = other
        with self.assertRefused("stays in its company"):
            certification.company_id = self.other_company
        self.assertHolds()
        self._seal()
        self.assertEqual(
            self._blocks(certification).mapped("kind"), ["added", "changed"]
        )
        self._sql(
            "UPDATE supplier_certification SET state = 'certified' WHERE id = %s",
            certification.id,
        )
        self.assertBroken("was changed afterwards: Status", certification, "state")

    def test_published_evaluation(self):
        """Its block carries its own seal, which carries those of the scorecards."""
        self._seal()
        content = json.loads(self._blocks(self.evaluation).content)
        self.assertEqual(content["row"]["seal"], self.evaluation.seal)
        self.assertEqual(content["row"]["state"], "published")
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        self.assertHolds()
        revision.action_publish()
        self.assertHolds()
        self._seal()
        self.assertHolds()
        self.assertEqual(
            [
                (block.kind, json.loads(block.content)["row"]["state"])
                for block in self._blocks(self.evaluation)
            ],
            [("added", "published"), ("changed", "superseded")],
        )
        self._sql(
            "UPDATE supplier_evaluation SET state = 'published' WHERE id = %s",
            self.evaluation.id,
        )
        self.assertBroken("was changed afterwards: S", self.evaluation, "state")

    def test_each_company_has_its_own(self):
        self._seal()
        other = self._as(self.supplier, "elsewhere").sudo()
        other.supplier_tier_id = self.env["supplier.tier"].search([], limit=1)
        number = len(self._blocks())
        self._seal()
        self.assertEqual(len(self._blocks()), number)
        theirs = self.env["supplier.chain.block"].search(
            [("company_id", "=", self.other_company.id)], order="number"
        )
        self.assertEqual(theirs.mapped("number"), [1, 2])
        self._sql(
            "UPDATE supplier_chain_block SET date = '2026-01-01' WHERE id = %s",
            theirs[1].id,
        )
        self.assertFalse(verify_chain(self.company))
        self.assertIn("number 2", verify_chain(self.other_company).text)

    # ------------------------------------------------------------
    # Who may what
    # ------------------------------------------------------------

    def test_nobody_writes_blocks(self):
        self._seal()
        block = self._blocks()[0]
        vals = {"number": 99, "seal": "0" * 64}
        for who in ("user", "approver", "manager"):
            own = self._as(block, who)
            for record in (own, own.sudo()):
                for method, args in (
                    ("write", [block.ids, vals]),
                    ("create", [vals]),
                    ("unlink", [block.ids]),
                    ("copy", [block.ids]),
                ):
                    with (
                        self.subTest(who=who, method=method),
                        self.assertRaises(AccessError),
                    ):
                        context = {"_force_unlink": True}
                        call_kw(record.browse(), method, args, {"context": context})

    def test_who_checks(self):
        self._seal()
        for who in ("user", "evaluator", "reviewer", "approver", "portal", "nobody"):
            with self.subTest(who=who):
                blocks = self._as(self.env["supplier.chain.block"], who)
                self.assertFalse(blocks.has_access("read"))
                with self.assertRaises(AccessError):
                    blocks.action_check()
        elsewhere = self._as(self.env["supplier.chain.block"], "elsewhere")
        self.assertFalse(elsewhere.search([("company_id", "=", self.company.id)]))
        action = elsewhere.action_check()
        check = elsewhere.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(check.line_ids.company_id, self.other_company)

    def test_check(self):
        """What is not sealed yet is counted, and where the chain ends exported."""
        self._seal()
        blocks = self._as(self._blocks(), "manager")
        self.records["supplier.tier.change"].sudo()._append(
            self.records["supplier.tier.change"].copy_data()
        )
        action = blocks.browse().action_check()
        check = blocks.env[action["res_model"]].browse(action["res_id"])
        self.assertFalse(check.is_broken)
        line = check.line_ids
        self.assertEqual((line.number, line.waiting), (len(blocks), 1))
        [head] = json.loads(b64decode(check.heads))["heads"]
        self.assertEqual(head["number"], len(blocks))
        self.assertEqual(head["seal"], blocks[-1].seal)
        self.assertEqual(head["company"], self.company.name)
        self.assertIn("/heads?filename=chain-heads-", check.action_export()["url"])
        row = self.records["supplier.stage.change"]
        self._sql("UPDATE supplier_stage_change SET date = '2020-01-01'")
        check = blocks.env["supplier.chain.check"]._run(self.company)
        self.assertTrue(check.is_broken)
        self.assertTrue(check.line_ids.can_open)
        self.assertEqual(check.line_ids.action_open()["res_id"], row.id)
        self.assertIn("was changed afterwards: When", check.line_ids.result)

    def test_what_people_read(self):
        self._seal()
        row = self.records["supplier.stage.change"]
        block = self._as(self._blocks(row), "manager")
        self.assertEqual(block.what, "Change of a Supplier's Stage")
        self.assertEqual(block.about, self.supplier.name)
        self.assertIn("Met at a fair", block.said)
        self.assertEqual(block.action_open_record()["res_id"], row.id)
        for each in self._as(self._blocks(), "manager"):
            self.assertTrue(each.said)

    def test_texts_are_no_markup(self):
        override = self.env["supplier.purchase.override"]._grant(
            self.supplier, self.company, "<script>alert(1)</script>", self._day()
        )
        self._seal()
        self.assertIn("&lt;script&gt;", self._blocks(override).said)
