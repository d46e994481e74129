# scorecard
from . import supplier_scorecard_template
from . import supplier_evaluation
from . import supplier_scorecard

# odoo models
from . import res_partner
