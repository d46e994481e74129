from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """All required documents are counted, not a sample of them: no interval."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    kpi = env.ref(
        "supplier_evaluation.supplier_kpi_document_validity", raise_if_not_found=False
    )
    if kpi:
        kpi.is_share = False
