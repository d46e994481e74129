from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...feeds.mapping import checksum, mapped
from ...tools.groups import MANAGER_GROUP

# What waits for an earlier message of its system is neither taken nor refused yet.
UNTAKEN = ("refused", "waiting")


class SupplierConnectorLetter(models.Model):
    """A record of another system that was refused, and why.

    The row is kept as it came, so that it can be tried again when the reason is gone.
    """

    _name = "supplier.connector.letter"
    _inherit = ["supplier.guard.mixin"]
    _description = "Refused Record of a Connector"
    _order = "id desc"
    _rec_name = "external_id"

    connector_id = fields.Many2one(
        "supplier.connector",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="connector_id.company_id", store=True, index=True
    )
    external_id = fields.Char(string="Identifier", readonly=True)
    stamp = fields.Char(readonly=True, help="Of the row: the same one is kept once.")
    row = fields.Json(readonly=True)
    reason = fields.Text(readonly=True)
    mend = fields.Text(string="What to Do", readonly=True)
    tries = fields.Integer(readonly=True, default=1, aggregator=None)
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved"), ("dropped", "Given Up")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )

    _stamp_uniq = models.Constraint(
        "UNIQUE (connector_id, stamp)", "This row was refused already."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS
        }

    def action_retry(self):
        """Take the records again, as the mapping reads them now.

        :raises AccessError: the user is no manager of supplier evaluation
        """
        letters = self._managed().filtered(lambda one: one.state == "open")
        # As they came: of two of one record the newer one is the last word.
        for connector, own in letters.sorted("id").grouped("connector_id").items():
            over = own._told_since()
            over._write_guarded({"state": "solved"})
            own -= over
            rows = [letter.row for letter in own]
            connector._take(rows, f"again-{own.ids}", own)

    def action_drop(self):
        """Give them up.

        :raises AccessError: the user is no manager of supplier evaluation
        """
        left = self._managed().filtered(lambda one: one.state == "open")
        left._write_guarded({"state": "dropped"})

    def _managed(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluation see to records.")
            )
        return self.sudo()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _note_results(self, connector, rows, results, tried=None):
        """Keep rows that were refused; solve letters that have nothing more to say.

        :param list rows: as they came
        :param results: what became of each, ``supplier.exchange.result`` in their order
        :param tried: the letters whose rows these are, where they are tried again
        """
        stamps = [checksum([row]) for row in rows]
        # Of equal rows the last one counts.
        last = {stamp: index for index, stamp in enumerate(stamps)}
        taken = {
            (result.kind, result.external_id): index
            for index, result in enumerate(results)
            if result.state not in UNTAKEN and result.external_id
        }
        known = self.search(
            [("connector_id", "=", connector.id), ("stamp", "in", stamps)]
        ).grouped("stamp")
        new, solved = [], self.browse()
        for stamp, index in last.items():
            result, letter = results[index], known.get(stamp, self.browse())
            if result.state not in UNTAKEN:
                solved |= letter
            elif result.state == "waiting":
                continue
            elif letter:
                letter._refuse_again(result)
            elif taken.get((result.kind, result.external_id), -1) < index:
                new.append(self._new_letter(connector, stamp, rows[index], result))
        solved |= self._overtaken(connector, taken, last, tried)
        solved.filtered(lambda one: one.state == "open")._write_guarded(
            {"state": "solved"}
        )
        self._unguarded().create(new)

    @api.model
    def _new_letter(self, connector, stamp, row, result):
        return {
            "connector_id": connector.id,
            "stamp": stamp,
            "row": row,
            "external_id": result.external_id,
            "reason": result.reason,
            "mend": result.mend,
        }

    def _refuse_again(self, result):
        """Note why a row was refused once more; what was solved is not, then."""
        self.ensure_one()
        self._write_guarded(
            {
                "reason": result.reason,
                "mend": result.mend,
                "tries": self.tries + 1,
                "state": "open" if self.state == "solved" else self.state,
            }
        )

    @api.model
    def _overtaken(self, connector, taken, last, tried):
        """Return open letters of whose record something newer was taken.

        Were they tried again, their old values would lie over the newer ones.

        :param dict taken: (kind, identifier) of a record -> the place of its last row
        :param dict last: stamp of a row -> its place
        """
        names = list({external_id for _kind, external_id in taken})
        letters = self.search(
            [
                ("connector_id", "=", connector.id),
                ("state", "=", "open"),
                ("external_id", "in", names),
            ]
        )

        def is_overtaken(letter):
            place = taken.get(letter._record_key(), -1)
            if place < 0 or last.get(letter.stamp, -1) > place:
                return False
            return tried is None or letter.id <= tried[place].id

        return letters.filtered(is_overtaken)

    def _told_since(self):
        """Return those, of one connector, whose record its system told since.

        It may have done so by a file, or by a program that sends.
        """
        results = self.env["supplier.exchange.result"].search(
            [
                ("message_id.source_id", "=", self.connector_id.source_id.id),
                ("message_id.create_date", ">", min(self.mapped("write_date"))),
                ("message_id.dry_run", "=", False),
                ("external_id", "in", self.mapped("external_id")),
                ("state", "in", ("created", "updated", "unchanged", "question")),
            ]
        )
        since = {}
        for result in results:
            key = result.kind, result.external_id
            moment = result.message_id.create_date
            since[key] = max(moment, since.get(key, moment))
        return self.filtered(
            lambda one: (
                one._record_key() in since and since[one._record_key()] > one.write_date
            )
        )

    def _record_key(self):
        """Return kind and identifier of the record, as the contract has them."""
        self.ensure_one()
        connector = self.connector_id
        record = mapped(self.row, connector.kind, connector.field_ids._rules())
        return record.get("kind"), self.external_id
