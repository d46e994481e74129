"""Bills, payments, inspections and benchmarks of other systems."""

from odoo import api, models
from odoo.fields import Domain

from ....exchange.checking import Wrong

BENCHMARK_KEY = ("kpi", "group", "date_from", "publisher")


class SupplierExchangeKindFigure(models.AbstractModel):
    """What is known by a number at a supplier, and has a currency or a product."""

    _name = "supplier.exchange.kind.figure"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    #: Domain of those that can be meant by a number.
    _among = []

    @api.model
    def _marks(self, item):
        return {item.id, f"number {item.values['number']}"}

    @api.model
    def _find(self, run, items):
        """By the number at that supplier."""
        found = run.env[self._writes].search(
            [
                ("commercial_partner_id", "in", [item.partner for item in items]),
                ("name", "in", [item.values["number"] for item in items]),
                ("company_id", "=", run.source.company_id.id),
                *self._among,
            ]
        )
        known = {(one.commercial_partner_id.id, one.name): one.id for one in found}
        partners = run.env["res.partner"].browse([item.partner for item in items])
        for item, partner in zip(items, partners, strict=True):
            vendor = partner.commercial_partner_id.id
            item.record = known.get((vendor, item.values["number"]), 0)

    @api.model
    def _new_vals(self, run, item):
        return {
            "partner_id": item.partner,
            "company_id": run.source.company_id.id,
            "currency_id": run.source.company_id.currency_id.id,
            "source": run.source.name,
        }

    @api.model
    def _currency(self, run, item):
        code = item.values.get("currency")
        if not code:
            return run.source.company_id.currency_id.id
        currencies = run.cache("currencies", lambda: self._currencies(run))
        if code not in currencies:
            raise Wrong("not_found", value=code, field="currency")
        return currencies[code]

    @api.model
    def _currencies(self, run):
        """Codes of all currencies: what is not used here yet may be in a bill."""
        found = (
            run.env["res.currency"].with_context(active_test=False).search(Domain.TRUE)
        )
        return {currency.name: currency.id for currency in found}


class SupplierExchangeKindBill(models.AbstractModel):
    _name = "supplier.exchange.kind.bill"
    _inherit = ["supplier.exchange.kind.figure"]
    _description = "Kind of Exchanged Records"
    _kind = "bill"
    _writes = "supplier.history.bill"
    _same = {
        "number": "name",
        "order": "order_ref",
        "date": "date",
        "date_due": "date_due",
        "amount": "amount",
        "amount_ordered": "amount_ordered",
    }

    @api.model
    def _vals(self, run, item, names):
        vals = super()._vals(run, item, names)
        if "currency" in names:
            vals["currency_id"] = self._currency(run, item)
        return vals

    @api.model
    def _say(self, records):
        said = super()._say(records)
        for record in records:
            said[record.id]["currency"] = record.currency_id.name
        return said


class SupplierExchangeKindPayment(models.AbstractModel):
    _name = "supplier.exchange.kind.payment"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    _kind = "payment"
    _writes = "supplier.history.payment"
    _same = {"date": "date", "amount": "amount"}

    @api.model
    def _told(self, item):
        """Of which bill it is decides where it goes, and does not change."""
        return [name for name in super()._told(item) if name != "bill"]

    @api.model
    def _find(self, run, items):
        """Refuse payments of bills that are not known; a payment has no number."""
        self._read_bills(run, {item.values["bill"] for item in items})
        for item in items:
            if not self._bill(run, item):
                run.refuse(item, "bill_unknown", value=item.values["bill"])

    @api.model
    def _bill(self, run, item):
        bills = run.cache("bills", dict)
        partner = run.env["res.partner"].browse(item.partner)
        return bills.get((partner.commercial_partner_id.id, item.values["bill"]))

    @api.model
    def _read_bills(self, run, numbers):
        """Look the bills of some numbers up, in one question."""
        found = run.env["supplier.history.bill"].search(
            [
                ("name", "in", list(numbers)),
                ("company_id", "=", run.source.company_id.id),
            ]
        )
        run.cache("bills", dict).update(
            {(one.commercial_partner_id.id, one.name): one.id for one in found}
        )

    @api.model
    def _fits(self, run, item, record, names):
        """Refuse what was of another bill before: it would stay there in silence."""
        bill = record.bill_id
        if item.values["bill"] != bill.name:
            run.refuse(item, "other_bill", bill=bill.name)
            return False
        return super()._fits(run, item, record, names)

    @api.model
    def _new_vals(self, run, item):
        return {"bill_id": self._bill(run, item)}


class SupplierExchangeKindInspection(models.AbstractModel):
    _name = "supplier.exchange.kind.inspection"
    _inherit = ["supplier.exchange.kind.figure"]
    _description = "Kind of Exchanged Records"
    _kind = "inspection"
    _writes = "supplier.inspection"
    # None that was made here.
    _among = [("move_id", "=", False)]
    _same = {
        "number": "name",
        "date": "date",
        "order": "order_ref",
        "product": "product_name",
        "quantity_inspected": "quantity_inspected",
        "quantity_rejected": "quantity_rejected",
        "result": "result",
        "description": "description",
    }

    @api.model
    def _target(self, run):
        """What another system says is done: only it changes that."""
        return super()._target(run)._unguarded()

    @api.model
    def _prepare(self, run, items):
        """Products by reference, barcode or name; none where several are called so."""
        texts = {item.values.get("product") for item in items} - {None}
        known = run.cache("products", dict)
        if texts := sorted(texts - known.keys()):
            known.update(dict.fromkeys(texts, False))
            for name in ("name", "barcode", "default_code"):
                for text, products in self._products(run, name, texts).items():
                    known[text] = products.id if len(products) == 1 else False

    @api.model
    def _products(self, run, name, texts):
        """Return the products of the company and of all by what a field of them says.

        :rtype: dict
        """
        company = run.source.company_id
        found = run.env["product.product"].search(
            [(name, "in", texts), ("company_id", "in", [False, company.id])]
        )
        return found.grouped(name)

    @api.model
    def _vals(self, run, item, names):
        vals = super()._vals(run, item, names)
        if item.values["quantity_rejected"] > item.values["quantity_inspected"]:
            raise Wrong("more_rejected")
        if "product" in names:
            vals["product_id"] = run.cache("products", dict).get(item.values["product"])
        return vals

    @api.model
    def _new_vals(self, run, item):
        vals = super()._new_vals(run, item)
        del vals["currency_id"]
        vals["state"] = "done"
        return vals


class SupplierExchangeKindBenchmark(models.AbstractModel):
    _name = "supplier.exchange.kind.benchmark"
    _inherit = ["supplier.exchange.kind.record"]
    _description = "Kind of Exchanged Records"
    _kind = "benchmark"
    _writes = "supplier.benchmark"
    _same = {
        "group": "group_name",
        "date_from": "date_from",
        "date_to": "date_to",
        "value": "value",
        "value_low": "value_low",
        "value_high": "value_high",
        "publisher": "publisher",
    }

    @api.model
    def _key(self, item):
        values = item.values
        return tuple(values.get(name) or "" for name in BENCHMARK_KEY)

    @api.model
    def _marks(self, item):
        return {item.id, self._key(item)}

    @api.model
    def _find(self, run, items):
        """By KPI, group, first day and publisher."""
        days = [item.values["date_from"] for item in items]
        found = run.env["supplier.benchmark"].search(
            [
                ("company_id", "=", run.source.company_id.id),
                ("date_from", "in", days),
            ]
        )
        said = self._say(found)
        known = {
            tuple(one[name] or "" for name in BENCHMARK_KEY): number
            for number, one in said.items()
        }
        for item in items:
            item.record = known.get(self._key(item), 0)

    @api.model
    def _kpis(self, run):
        return run.cache(
            "kpis",
            lambda: {
                kpi.code: kpi.id for kpi in run.env["supplier.kpi"].search(Domain.TRUE)
            },
        )

    @api.model
    def _vals(self, run, item, names):
        vals = super()._vals(run, item, names)
        if "kpi" in names:
            code = item.values["kpi"]
            if code not in self._kpis(run):
                raise Wrong("not_found", value=code, field="kpi")
            vals["kpi_id"] = self._kpis(run)[code]
        return vals

    @api.model
    def _new_vals(self, run, item):
        return {"company_id": run.source.company_id.id}

    @api.model
    def _supplier_of(self, record):
        return False

    @api.model
    def _say(self, records):
        said = super()._say(records)
        for record in records:
            said[record.id]["kpi"] = record.kpi_id.code
        return said
