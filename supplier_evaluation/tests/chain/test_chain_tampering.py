import json
from base64 import b64decode

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.chain.content import as_content, seal_of, sealed_models
from ..access import AccessCommon
from .common import ChainCommon

# Another value of a column, by its type in the database.
OTHER = {
    "bool": "NOT COALESCE({column}, FALSE)",
    "date": "COALESCE({column}, DATE '2026-01-01') + 1",
    "float8": "COALESCE({column}, 0) + 1",
    "int4": "COALESCE({column}, 0) + 50",
    "jsonb": "JSONB_BUILD_OBJECT('was', {column})",
    "numeric": "COALESCE({column}, 0) + 1",
    "text": "COALESCE({column}, '') || '.'",
    "timestamp": "COALESCE({column}, TIMESTAMP '2026-01-01') + INTERVAL '1 day'",
    "varchar": "COALESCE({column}, '') || '.'",
}


@tagged("post_install", "-at_install")
class TestChainTampering(ChainCommon, AccessCommon):
    """Whatever is done by SQL to whatever is sealed, both checks find it.

    Every model that the chain covers, so that later ones are tested as well.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = sealed_models(cls.env)
        cls._certify(cls.records["supplier.certification"], "2026-03-01")
        cls.second = {}
        for model in cls.models:
            cls.second[model._name] = cls._second(model)
        cls._seal()

    @classmethod
    def _second(cls, model):
        """Return a row beside the one in ``records``."""
        row = cls.records[model._name]
        if hasattr(model, "_append"):
            vals = {**row.copy_data()[0], "date": "2026-05-05 05:05:05"}
            return model.browse(model.sudo()._append([vals]).ids)
        if model._name == "supplier.purchase.override":
            return model.sudo().create({**row.copy_data()[0], "reason": "Another"})
        if model._name == "supplier.certification":
            return cls._certify(row.copy(), "2026-06-01")
        if model._name == "supplier.incentive":
            own = row.copy_data({"description": "Another", "state": "refused"})[0]
            return row.sudo()._unguarded().create(own)
        if model._name == "supplier.scorecard":
            return cls.second["supplier.evaluation"].scorecard_ids[:1]
        revision = row.browse(row.action_revise()["res_id"])
        revision.action_compute()
        revision.action_publish()
        return revision

    @classmethod
    def _certify(cls, certification, day):
        granted = {"round": 1, "date_from": day, "date_to": "2036-12-31"}
        certification._transition("certified", vals=granted)
        return certification

    def _each(self):
        """Yield ``(model, its table, a row)``; what is done then is taken back."""
        for model in self.models:
            row = self.records[model._name].sudo()
            with self.subTest(model=model._name), self.env.cr.savepoint() as savepoint:
                # Who writes SQL gets rid of what is in the way.
                self._sql(
                    "ALTER TABLE supplier_scorecard"
                    " DROP CONSTRAINT supplier_scorecard_partner_unique"
                )
                self._sql("DROP INDEX supplier_incentive_open_unique")
                yield model, SQL.identifier(model._table), row
                savepoint.rollback()
            self.env.invalidate_all()

    def test_all_kinds_of_records(self):
        """That is what decides on suppliers, and what tells about it."""
        self.assertLessEqual(
            {
                "supplier.certification",
                "supplier.certification.approval",
                "supplier.certification.transition",
                "supplier.corrective.decision",
                "supplier.evaluation",
                "supplier.incentive",
                "supplier.incentive.change",
                "supplier.promise.change",
                "supplier.purchase.override",
                "supplier.stage.change",
                "supplier.tier.change",
            },
            {model._name for model in self.models},
        )
        self.assertHolds()

    def test_every_changed_column(self):
        for model, table, row in self._each():
            for name in model._sealed_columns():
                field = model._fields[name]
                if name == "company_id" or field.type == "many2many":
                    continue  # see test_company, test_chain_deciding
                value = self._other_value(model, field, row)
                if value is None:
                    continue
                with self.subTest(column=name), self.env.cr.savepoint() as savepoint:
                    self._sql(
                        "UPDATE %s SET %s = %s WHERE id = %s",
                        table,
                        SQL.identifier(name),
                        value,
                        row.id,
                    )
                    self.assertBroken("was changed afterwards", row, name)
                    savepoint.rollback()
                self.env.invalidate_all()

    def _other_value(self, model, field, row):
        if field.type == "many2one":
            others = self.env[field.comodel_name].sudo().with_context(active_test=False)
            other = others.search([("id", "!=", row[field.name].id)], limit=1)
            return SQL("%s", other.id) if other else None
        return SQL(OTHER[field.column_type[0]].format(column=f'"{field.name}"'))

    def test_company(self):
        """A row that is put into another company is missing in its own."""
        for _model, table, row in self._each():
            self._sql(
                "UPDATE %s SET company_id = %s WHERE id = %s",
                table,
                self.other_company.id,
                row.id,
            )
            self.assertBroken("was changed afterwards: Company", row, "company_id")

    def test_deleted_row(self):
        for model, table, row in self._each():
            with mute_logger("odoo.sql_db"):
                self._sql("DELETE FROM %s WHERE id = %s", table, row.id)
            # What is about it goes with it.
            first = None if model._sealed_when else row
            self.assertBroken("was deleted", first, "was deleted")

    def test_inserted_row(self):
        for model, table, row in self._each():
            columns = [
                SQL.identifier(name)
                for name, field in model._fields.items()
                if field.store and field.column_type and name not in ("id", "revision")
            ]
            names = SQL(", ").join(columns)
            extra = SQL(", revision") if "revision" in model._fields else SQL()
            value = SQL(", 99") if "revision" in model._fields else SQL()
            self._sql(
                "INSERT INTO %s (%s%s) SELECT %s%s FROM %s WHERE id = %s",
                table,
                names,
                extra,
                names,
                value,
                table,
                row.id,
            )
            [(last,)] = self.env.execute_query(SQL("SELECT MAX(id) FROM %s", table))
            self.assertBroken(
                "was never sealed", model.browse(last), "it is in no block"
            )

    def test_parts_of_scorecards(self):
        """Figures, and dimensions: changed, deleted, put in, and in another order."""
        card = self.records["supplier.scorecard"]
        for parts in (card.line_ids, card.dimension_ids):
            table = SQL.identifier(parts._table)
            one, two = parts[:2].ids
            names = SQL(", ").join(
                SQL.identifier(name)
                for name, field in parts._fields.items()
                if field.store and field.column_type and name != "id"
            )
            copy = SQL("SELECT %s FROM %s WHERE id = %s", names, table, one)
            for what, query in {
                "changed": SQL("UPDATE %s SET score = 1 WHERE id = %s", table, one),
                "deleted": SQL("DELETE FROM %s WHERE id = %s", table, one),
                "put in": SQL("INSERT INTO %s (%s) %s", table, names, copy),
                "order": SQL(
                    "UPDATE %s SET id = -id WHERE id IN (%s, %s)", table, one, two
                ),
            }.items():
                with self.subTest(parts=parts._name, what=what):
                    with self.env.cr.savepoint() as savepoint:
                        # What refers to a figure would keep its row from moving.
                        self._sql("DELETE FROM supplier_dispute")
                        self._sql("%s", query)
                        self.assertBroken("was changed afterwards", card, parts._name)
                        savepoint.rollback()
                    self.env.invalidate_all()

    def test_reordered_rows(self):
        """Two rows say each what the other one said."""
        for model, table, row in self._each():
            other = self.second[model._name]
            names = [
                name
                for name in model._sealed_columns()
                # No two evaluations are of one revision.
                if name not in ("company_id", "revision")
                and model._fields[name].column_type
            ]
            self._sql(
                "UPDATE %s one SET (%s) = ROW(%s) FROM %s two"
                " WHERE one.id IN (%s, %s) AND two.id IN (%s, %s) AND one.id <> two.id",
                table,
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(SQL.identifier("two", name) for name in names),
                table,
                row.id,
                other.id,
                row.id,
                other.id,
            )
            self.assertBroken("was changed afterwards")

    # ------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------

    def test_changed_block(self):
        block = self._blocks()[3]
        for name, value in {
            "kind": "before",
            "date": "2026-01-01",
            "res_id": block.res_id + 10**6,
            "res_model": "supplier.kpi",
            "content": block.content.replace("{", "{ ", 1),
            "seal": "0" * 64,
        }.items():
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                self._sql(
                    "UPDATE supplier_chain_block SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    block.id,
                )
                broken = self.assertBroken("does not match its seal", None, "its seal")
                self.assertEqual(broken.number, block.number)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_what_is_no_json(self):
        for content in ("", "{", "[]", "null", '{"row": 5, "parts": 5, "covers": 5}'):
            with self.subTest(content=content), self.env.cr.savepoint() as savepoint:
                self._sql(
                    "UPDATE supplier_chain_block SET content = %s WHERE id = %s",
                    content,
                    self._blocks()[3].id,
                )
                self.assertBroken("does not match its seal", None, "its seal")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_row_and_block_changed(self):
        """Who changes both still has the seal of the block against them."""
        row = self.records["supplier.tier.change"]
        block = self._blocks(row)
        said = json.loads(block.content)
        said["row"]["date"] = "2020-01-01 00:00:00"
        content = as_content(**said)
        self._sql("UPDATE supplier_tier_change SET date = '2020-01-01'")
        self._sql(
            "UPDATE supplier_chain_block SET content = %s WHERE id = %s",
            content,
            block.id,
        )
        self.assertBroken("does not match its seal", row, "its seal")
        # And of all that follow.
        before = self._blocks().filtered(lambda one: one.number == block.number - 1)
        seal = self._sealed(before.seal, block)
        self._sql(
            "UPDATE supplier_chain_block SET seal = %s WHERE id = %s", seal, block.id
        )
        broken = self.assertBroken("does not match its seal", None, "its seal")
        self.assertEqual(broken.number, block.number + 1)

    def _sealed(self, previous, block):
        block.invalidate_recordset()
        return seal_of(
            previous,
            (
                block.company_id.id,
                block.number,
                block.date.strftime("%Y-%m-%d %H:%M:%S"),
                block.kind,
                block.res_model,
                block.res_id,
                block.content,
            ),
        )

    def test_deleted_block(self):
        """The first, one in the middle, and the last ones, of which rows are left."""
        blocks = self._blocks()
        for number, text in (
            (1, "number 1 is missing"),
            (5, "number 5 is missing"),
            (len(blocks), "was never sealed"),
        ):
            with self.subTest(number=number), self.env.cr.savepoint() as savepoint:
                self._sql(
                    "DELETE FROM supplier_chain_block WHERE id = %s",
                    blocks[number - 1].id,
                )
                self.assertBroken(text, None, "missing|in no block")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_blocks_that_changed_places(self):
        one, other = self._blocks()[2:4]
        for number, block in (
            (-1, other),
            (other.number, one),
            (one.number, other),
        ):
            self._sql(
                "UPDATE supplier_chain_block SET number = %s WHERE id = %s",
                number,
                block.id,
            )
        broken = self.assertBroken("does not match its seal", None, "its seal")
        self.assertEqual(broken.number, 3)

    def test_inserted_block(self):
        last = self._blocks()[-1]
        for number in (last.number + 1, last.number + 2):
            with self.subTest(number=number), self.env.cr.savepoint() as savepoint:
                self._sql(
                    """
                    INSERT INTO supplier_chain_block (company_id, number, date, kind,
                                                      res_model, res_id, content, seal)
                    SELECT company_id, %s, date, kind, res_model, res_id, content, seal
                      FROM supplier_chain_block WHERE id = %s
                    """,
                    number,
                    last.id,
                )
                self.assertBroken("does not match|is missing", None, "seal|missing")
                savepoint.rollback()
            self.env.invalidate_all()

    # ------------------------------------------------------------
    # A chain that was made anew
    # ------------------------------------------------------------

    def test_chain_made_anew(self):
        """It holds in itself: what was exported before shows it."""
        head = self._export()
        self.assertHolds(head)
        self._sql("UPDATE supplier_tier_change SET date = '2020-01-01'")
        self._sql("DELETE FROM supplier_chain_block")
        self.env["supplier.chain.waiting"]._begin()
        self._seal()
        self.assertHolds()
        status, said = self._check_dump(head)
        self.assertEqual(status, 1, said)
        self.assertIn("the chain was made anew", said)

    def test_chain_cut_off(self):
        head = self._export()
        self._sql("DELETE FROM supplier_chain_block WHERE number > 5")
        for model in self.models:
            self._sql(
                "INSERT INTO supplier_chain_waiting"
                " (company_id, kind, res_model, res_id)"
                " SELECT company_id, 'added', %s, id FROM %s WHERE company_id = %s"
                " ON CONFLICT DO NOTHING",
                model._name,
                SQL.identifier(model._table),
                self.company.id,
            )
        status, said = self._check_dump(head)
        self.assertEqual(status, 1, said)
        self.assertIn("which was exported, is missing", said)

    def _export(self):
        check = self._as(self.env["supplier.chain.check"], "manager")._run(self.company)
        return b64decode(check.heads)
