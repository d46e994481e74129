# mixins
from . import supplier_evaluated_mixin

# scorecard
from . import supplier_grade
from . import supplier_scorecard_template
from . import supplier_scorecard_template_line
from . import supplier_scorecard_template_point
from . import supplier_evaluation
from . import schedule
from . import supplier_scorecard
from . import supplier_scorecard_line

# odoo models
from . import purchase_order
from . import res_company
from . import res_partner
