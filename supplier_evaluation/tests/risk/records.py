"""One record of each model of risks and price indices, for the tests of access."""

from ...report.risk.query import FACT_IDS as RISK_FACT_IDS
from ...report.risk.query import SIGNAL
from ...report.risk.supplier_risk_level import LEVEL_IDS


def risk_records(env, company, supplier):
    """Return ``{model: a record}``, of a company and a supplier."""
    own = {"company_id": company.id}
    signal = env["supplier.risk.signal"].create(
        {
            "name": "Unpaid delivery",
            "kind": "litigation",
            "partner_id": supplier.id,
            "date": "2026-03-10",
            **own,
        }
    )
    check = env["supplier.risk.check"].create(
        {
            "partner_id": supplier.id,
            "source": "Court",
            "date": "2026-03-10",
            "has_legal": True,
            **own,
        }
    )
    index = env["supplier.price.index"].create(
        {
            "categ_id": env["product.category"].create({"name": "Indexed"}).id,
            "month": "2026-03-01",
            "value": 100,
            **own,
        }
    )
    return {
        "supplier.risk.rating": env.ref("supplier_evaluation.supplier_risk_rating_aaa"),
        "supplier.risk.signal": signal,
        "supplier.risk.check": check,
        "supplier.price.index": index,
        "supplier.risk.level": env["supplier.risk.level"].browse(
            LEVEL_IDS.encode(supplier.id, company.id)
        ),
        "supplier.risk.fact": env["supplier.risk.fact"].browse(
            RISK_FACT_IDS.encode(signal.id, SIGNAL)
        ),
    }
