"""The last records about a supplier, five of each kind, and its goods."""

from ....tools.wording import label_of, listed

SHOWN = 5
PRODUCTS = 10


def lists_of(dossier):
    """Return the lists, besides scorecards, which the form has itself.

    Each has ``key``, ``label``, ``method`` (opens all of them), whether there are
    ``more``, and ``rows``. A row has ``name``, ``info``, ``state``, and ``model`` and
    ``id`` of what it opens.
    """
    makers = (_incidents, _documents, _certifications, _orders)
    return [found for found in (maker(dossier) for maker in makers) if found]


def _list(key, label, method, records, row):
    return {
        "key": key,
        "label": label,
        "method": method,
        "more": len(records) > SHOWN,
        "rows": [
            {"model": one._name, "id": one.id, **row(one)} for one in records[:SHOWN]
        ],
    }


def _incidents(dossier):
    def row(incident):
        day = dossier.day(dossier.day_of(incident.date_opened))
        return {
            "name": f"{incident.name} {incident.title}",
            "info": listed(dossier.env, (day, label_of(incident, "severity"))),
            "state": label_of(incident, "state"),
        }

    label, method = dossier.env._("Incidents"), "action_open_supplier_incidents"
    return _list("incidents", label, method, dossier.incidents, row)


def _documents(dossier):
    def row(document):
        until = dossier.env._("until %(date)s", date=dossier.day(document.date_to))
        return {
            "name": document.display_name,
            "info": until if document.date_to else "",
            "state": label_of(document, "state"),
        }

    label, method = dossier.env._("Documents"), "action_open_supplier_documents"
    return _list("documents", label, method, dossier.documents, row)


def _certifications(dossier):
    def row(certification):
        day = dossier.day(certification.date_to)
        until = dossier.env._("until %(date)s", date=day)
        return {
            "name": certification.display_name,
            "info": until if certification.date_to else "",
            "state": label_of(certification, "state"),
        }

    label = dossier.env._("Certifications")
    method = "action_open_supplier_certifications"
    return _list("certifications", label, method, dossier.certifications, row)


def _orders(dossier):
    if not dossier.opens_orders:
        return None

    def row(order):
        return {
            "name": order.name,
            "info": dossier.day(dossier.day_of(order.date_order)),
            "state": label_of(order, "state"),
        }

    orders = dossier.env["purchase.order"].search(
        dossier.mine(name="partner_id.commercial_partner_id"),
        order="date_order desc, id desc",
        limit=SHOWN + 1,
    )
    label, method = dossier.env._("Orders"), "action_open_supplier_orders"
    return _list("orders", label, method, orders, row)


def goods_of(dossier):
    """Return what the supplier delivers: stock, what is to come, and other sources.

    How much there is, is no secret to who may see the supplier's scores.
    """
    sources = dossier.sources[:PRODUCTS]
    products = sources.product_id.sudo().with_company(dossier.company)
    products = products.with_context(allowed_company_ids=dossier.company.ids)
    stock = {product.id: product for product in products}
    return [
        {
            "id": source.product_id.id,
            "name": source.product_id.display_name,
            "on_hand": dossier.number(stock[source.product_id.id].qty_available),
            "incoming": dossier.number(stock[source.product_id.id].incoming_qty),
            "unit": source.product_id.uom_id.name,
            "others": source.source_count - 1,
        }
        for source in sources
    ]
