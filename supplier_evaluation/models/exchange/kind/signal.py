"""Risk signals, ratings and price indices: taken by their own models, row by row."""

from collections import defaultdict

from odoo import api, models

from ..record.supplier_price_index import FIRST


class SupplierExchangeKindRows(models.AbstractModel):
    """What another model takes as rows, and knows again by a reference."""

    _name = "supplier.exchange.kind.rows"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    #: Field of the contract -> key of a row.
    _keys = {}

    @api.model
    def _do(self, run, items):
        self._find_known(run, items)
        fresh = [item for item in items if not item.state]
        if "supplier" in self._keys:
            self._find_suppliers(run, fresh)
            self._refuse_moved(run, [item for item in fresh if not item.state])
        by_source = defaultdict(list)
        for item in fresh:
            if not item.state:
                by_source[self._source_of(run, item)].append(item)
        for source, group in by_source.items():
            self._take_rows(run, source, group)
        self.env["supplier.exchange.identity"]._keep(
            run.source,
            self._kind,
            self._writes,
            {
                item.id: (item.record, item.stamp)
                for item in fresh
                if item.record and item.state != "refused"
            },
        )

    @api.model
    def _refuse_moved(self, run, items):
        """Refuse what was of another supplier before.

        It would weigh on that one no more, and only people close what is serious.
        """
        self._refuse_other_supplier(run, [item for item in items if item.record])

    @api.model
    def _take_rows(self, run, source, items):
        answers = self._taking(run)._take_rows(
            source,
            [self._row(run, item) for item in items],
            run.source.company_id,
            {place: item.record for place, item in enumerate(items)},
        )
        for item, answer in zip(items, answers, strict=True):
            item.state, item.record = answer["status"], answer["id"] or 0
            item.reason, item.mend = answer["reason"], answer["mend"]

    @api.model
    def _taking(self, run):
        """Return the model that takes the rows."""
        return run.env[self._writes]._unguarded()

    @api.model
    def _source_of(self, run, item):
        """Return who says so, as people read it."""
        return run.source.name

    @api.model
    def _reference(self, run, item):
        """Return by what a signal is known: two systems may say the same, or one may
        say it of two kinds, and it is two things.
        """
        return f"{run.source.code}:{self._kind}:{item.id}"

    @api.model
    def _row(self, run, item):
        row = {
            # 0 is said, too.
            key: "" if item.values[name] is None else item.values[name]
            for name, key in self._keys.items()
            if name in item.values and name != "supplier"
        }
        if item.partner:
            row["partner_id"] = item.partner
        return row


class SupplierExchangeKindRiskSignal(models.AbstractModel):
    _name = "supplier.exchange.kind.risk.signal"
    _inherit = ["supplier.exchange.kind.rows"]
    _description = "Kind of Exchanged Records"
    _kind = "risk_signal"
    _writes = "supplier.risk.signal"
    _keys = {
        "supplier": "supplier",
        "type": "kind",
        "severity": "severity",
        "date": "date",
        "date_end": "date_end",
        "title": "name",
        "description": "description",
        "link": "link",
        "amount": "amount",
        "currency": "currency",
    }

    @api.model
    def _row(self, run, item):
        row = {"reference": self._reference(run, item), **super()._row(run, item)}
        if "amount" not in row:
            row.pop("currency", None)
        return row


class SupplierExchangeKindRating(models.AbstractModel):
    """A rating is a signal of the agency; the next one has a date of its own."""

    _name = "supplier.exchange.kind.rating"
    _inherit = ["supplier.exchange.kind.rows"]
    _description = "Kind of Exchanged Records"
    _kind = "rating"
    _writes = "supplier.risk.signal"
    _keys = {
        "supplier": "supplier",
        "rating": "rating",
        "date": "date",
        "link": "link",
    }

    @api.model
    def _source_of(self, run, item):
        return item.values["agency"]

    @api.model
    def _row(self, run, item):
        name = f"{item.values['agency']}: {item.values['rating']}"
        row = {"kind": "credit_rating", "name": name[:200]}
        row["reference"] = self._reference(run, item)
        return {**row, **super()._row(run, item)}


class SupplierExchangeKindPriceIndex(models.AbstractModel):
    _name = "supplier.exchange.kind.price.index"
    _inherit = ["supplier.exchange.kind.rows"]
    _description = "Kind of Exchanged Records"
    _kind = "price_index"
    _writes = "supplier.price.index"
    _keys = {
        "product": "product",
        "category": "category",
        "month": "month",
        "value": "value",
    }

    @api.model
    def _source_of(self, run, item):
        return item.values["index"]

    @api.model
    def _row(self, run, item):
        return {"reference": item.id, **super()._row(run, item)}

    @api.model
    def _taking(self, run):
        first = {number: name for number, (name, _value) in self._first(run).items()}
        return super()._taking(run).with_context(**{FIRST: first})

    @api.model
    def _take_rows(self, run, source, items):
        result = super()._take_rows(run, source, items)
        first = self._first(run)
        for item in items:
            name, value = first.get(item.record, ("", None))
            if item.state == "unchanged" and name and item.values["value"] != value:
                item.kept.append(("value", name))
        return result

    @api.model
    def _first(self, run):
        """Return what systems with a higher priority say, of this company.

        :rtype: dict
        :return: number of the index -> pair of the system's name and the value
        """
        return run.cache("first indices", lambda: self._read_first(run))

    @api.model
    def _read_first(self, run):
        found = (
            self.env["supplier.exchange.identity"]
            .sudo()
            .search(
                [
                    ("kind", "=", self._kind),
                    ("company_id", "=", run.source.company_id.id),
                    ("source_id.priority", ">", run.source.priority),
                ]
            )
        )
        indices = run.env[self._writes].browse(found.mapped("res_id")).exists()
        values = {index.id: index.value for index in indices}
        return {
            one.res_id: (one.source_id.name, values[one.res_id])
            for one in found
            if one.res_id in values
        }
