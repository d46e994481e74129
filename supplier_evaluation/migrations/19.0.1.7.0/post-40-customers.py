from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

PRESET = "supplier_evaluation.supplier_questionnaire_customer"
QUESTIONNAIRE = "data/assessment/supplier_questionnaire_data.xml"


def migrate(cr, version):
    """Bring the questionnaire for customers, as a new database has it.

    Presets belong to the users: an update brings none, or deleted ones would return.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    if env.ref(PRESET, raise_if_not_found=False):
        return
    convert_file(
        env, "supplier_evaluation", QUESTIONNAIRE, {}, mode="init", noupdate=True
    )
