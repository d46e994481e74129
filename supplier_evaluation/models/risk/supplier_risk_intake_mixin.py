import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .rows import Refused, Result, clean

BATCH = 500
# What the values of one row may bring about; all else is a bug.
OF_A_ROW = (UserError, psycopg2.DataError, psycopg2.IntegrityError)


class SupplierRiskIntakeMixin(models.AbstractModel):
    """Records of which many come at once: from a file, a connector, another system.

    A model says how a row is read (``_intake_reader``), and by which fields a record
    is known again (``_intake_key``).
    """

    _name = "supplier.risk.intake.mixin"
    _inherit = ["supplier.guard.mixin"]
    _description = "Records That Are Taken From Elsewhere"

    @api.model
    def take_rows(self, source, rows, company):
        """Take rows of a source: make what is new, change what is said otherwise.

        The same rows again change nothing. What people decided (owner, status,
        measures) is theirs and no row changes it. A bad row stops no other. Whoever
        takes rows changes what they might change by hand, and no more.

        :param str source: the register, agency or system that says so
        :param rows: list of dicts; which keys they may have says :meth:`_intake_keys`.
            A key that is absent says nothing, an empty value empties the field
        :param company: the company that takes them, a ``res.company`` or its id
        :return: one dict a row, in their order: ``row`` (its place, from 0), ``status``
            (``created``, ``updated``, ``unchanged`` or ``refused``), ``id`` and
            ``model`` of the record, and of what is refused ``reason`` and ``mend``
        :raises AccessError: the user may not create such records, or not there
        :raises UserError: no source is named
        """
        return self._take_rows(source, rows, company, {})

    @api.model
    def _take_rows(self, source, rows, company, targets):
        """Take rows as :meth:`take_rows` does.

        Unguarded records take them for another system: nobody here has a hand in it.

        :param dict targets: place of a row -> id of the record that it is known to be
            of, whatever it is called
        """
        self.check_access("create")
        source = clean(source).strip() if isinstance(source, str) else ""
        if not source:
            raise UserError(self.env._("Say which source the rows come from."))
        if isinstance(company, int):
            company = self.env["res.company"].browse(company)
        self._check_intake_company(company)
        taker = self.with_company(company)
        results, seen = [], {}
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            results += taker._take_batch(source, batch, company, start, seen, targets)
        return [result.as_dict() for result in results]

    def _check_intake_company(self, company):
        """Refuse a company where the user does not act.

        :raises AccessError: naming it
        """
        if not self.env.su and company not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "You do not act in %(company)s, so you put nothing there: ask "
                    "somebody who does.",
                    company=company.sudo().name,
                )
            )

    @api.model
    def _intake_keys(self):
        """Return ``{key of a row: (label, what to enter, is needed)}``."""
        raise NotImplementedError

    @api.model
    def _intake_reader(self, source, rows, company):
        """Return a function that makes values of a row, or raises ``Refused``.

        What rows name is looked up for all of them together.

        :return: function of a row; it returns ``(model name, values)``
        """
        raise NotImplementedError

    @api.model
    def _intake_key(self, vals):
        """Return by what a record with these values is known again, or None."""
        raise NotImplementedError

    @api.model
    def _intake_known(self, vals_list):
        """Return ``{key: record}`` of the records that are there already."""
        raise NotImplementedError

    @api.model
    def _intake_new(self, vals_list):
        """Return the values of new records, with what no row says; to be extended."""
        return vals_list

    def _intake_changes(self, vals):
        """Return those values that differ from what the record says.

        :raises Refused: the record is not to be changed so
        """
        self.ensure_one()
        changes = {}
        for name, value in vals.items():
            field = self._fields[name]
            own = field.convert_to_write(self[name], self)
            new = field.convert_to_cache(value, self)
            if field.convert_to_cache(own, self) != new:
                changes[name] = value
        return changes

    def _intake_write(self, changes):
        """Write new values of a record, and what follows from them; to be extended."""
        self.write(changes)

    # ------------------------------------------------------------
    # A batch
    # ------------------------------------------------------------

    def _take_batch(self, source, rows, company, start, seen, targets):
        """Take some rows; the number of statements does not depend on how many.

        :param dict seen: what rows before these said, by key
        :param dict targets: of :meth:`_take_rows`
        """
        read = self._intake_reader(source, rows, company)
        results, wanted = [], {}
        for place, row in enumerate(rows, start=start):
            result = Result(place)
            results.append(result)
            try:
                result.model, vals = read(row)
                result.key = (result.model, self.env[result.model]._intake_key(vals))
                if self._is_told_before(result.key, vals, seen):
                    result.status = "unchanged"
                    continue
                seen[result.key] = vals
                wanted.setdefault(result.model, []).append((result, vals))
            except Refused as refusal:
                result.refuse(refusal.reason, refusal.mend)
        for model, asked in wanted.items():
            self._take_asked(self.env[model], asked, targets)
        self._name_twins(results)
        return results

    def _is_told_before(self, key, vals, seen):
        """Whether a row before said the same.

        :raises Refused: it said something else of the same record
        """
        if key[1] is None or key not in seen:
            return False
        if seen[key] != vals:
            raise Refused(
                self.env._("Another row before this one has the same reference."),
                self.env._(
                    "Keep one of the two, or give them references of their own."
                ),
            )
        return True

    def _name_twins(self, results):
        """Let rows that repeat one of the same batch name its record."""
        ids = {result.key: result.id for result in results if result.id}
        for result in results:
            if result.status == "unchanged" and not result.id:
                result.id = ids.get(result.key, False)

    def _take_asked(self, records, asked, targets):
        known = records._intake_known([vals for _result, vals in asked])
        meant = records.browse(
            [targets[result.row] for result, _vals in asked if targets.get(result.row)]
        ).exists()
        new, changed = [], []
        for result, vals in asked:
            target = meant.browse(targets.get(result.row, ()))
            record = target & meant or known.get(result.key[1])
            if not record:
                new.append((result, vals, None))
                continue
            result.id = record.id
            try:
                changes = record._intake_changes(vals)
            except Refused as refusal:
                result.refuse(refusal.reason, refusal.mend)
                continue
            if changes:
                changed.append((result, changes, record))
            else:
                result.status = "unchanged"
        records._each_or_all(new, lambda some: _create(records, some))
        records._each_or_all(changed, _change)

    def _intake_words(self, error):
        """Return why a row was not written, in words also of a rule of the database.

        :param error: one of ``OF_A_ROW``
        """
        if isinstance(error, psycopg2.IntegrityError):
            return self._sql_error_to_message(error)
        return str(error).strip()

    def _each_or_all(self, todo, do):
        """Do all at once; where that fails, one by one, and refuse those that fail."""
        if not todo:
            return
        try:
            with self.env.cr.savepoint():
                do(todo)
        except OF_A_ROW as error:
            if len(todo) == 1:
                todo[0][0].refuse(
                    self._intake_words(error),
                    self.env._("Mend the row as it says, and send it again."),
                )
                return
            for one in todo:
                self._each_or_all([one], do)


def _create(records, todo):
    vals_list = records._intake_new([vals for _result, vals, _record in todo])
    quietly = records._unguarded().with_context(
        tracking_disable=True, mail_create_nosubscribe=True
    )
    made = quietly.create(vals_list).with_env(records.env)
    for (result, _vals, _none), record in zip(todo, made, strict=True):
        result.id, result.status = record.id, "created"


def _change(todo):
    for result, changes, record in todo:
        record._intake_write(changes)
        result.status = "updated"
