"""How the columns of a delivery history are to be read."""

from __future__ import annotations

from odoo.addons.supplier_evaluation.importer.importer import open_table
from odoo.addons.supplier_evaluation.importer.targets import (
    missing_targets,
    propose_columns,
)

# The public "Supply Chain Shipment Pricing Data". What a vendor delivered itself is
# called Direct Drop; the rest left the programme's own warehouses.
PUBLIC_COLUMNS = {
    "supplier_name": "Vendor",
    "order_ref": "PO / SO #",
    "line_ref": "ID",
    "product": "Item Description",
    "category": "Product Group",
    "quantity_ordered": "Line Item Quantity",
    "price_unit": "Pack Price",
    "date_order": "PO Sent to Vendor Date",
    "date_promised": "Scheduled Delivery Date",
    "date_received": "Delivered to Client Date",
}
PUBLIC_FILTER = ("Fulfill Via", "Direct Drop")


class UnknownColumns(Exception):
    """The file has no column for something that a delivery history needs."""


def mapping_for(env, content: bytes, filename: str):
    """The mapping for a file, by its headers; it is remembered for the web client.

    :raises UnknownColumns: something obligatory has no column
    :raises UserError: the file cannot be read
    """
    mappings = env["supplier.history.mapping"]
    vals = {
        "name": filename,
        "create_suppliers": True,
        "tolerate_order_date": True,
    }
    header = open_table(env, content, mappings.new(vals)).header
    if {*PUBLIC_COLUMNS.values(), PUBLIC_FILTER[0]} <= set(header):
        columns = PUBLIC_COLUMNS
        vals["filter_column"], vals["filter_value"] = PUBLIC_FILTER
        vals["currency_id"] = env.ref("base.USD").id
    else:
        columns = propose_columns(header, _labels(env))
        _check(env, columns, header)
    vals["columns"] = columns
    vals["received_equals_ordered"] = "quantity_received" not in columns
    vals["fingerprint"] = mappings._fingerprint(header)
    return mappings.create(vals)


def _check(env, columns, header):
    labels = _labels(env)
    missing = [labels[target] for target in missing_targets(columns)]
    if missing:
        raise UnknownColumns(
            f"No column was recognised for: {', '.join(missing)}.\n"
            f"  Its columns: {', '.join(filter(None, header))}.\n"
            "  -> Name the columns so, or import the file in the web client, where you "
            "choose them."
        )


def _labels(env):
    return env["supplier.history.import.line"]._target_labels()
