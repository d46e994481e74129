# contract
from . import supplier_contract
from . import supplier_contract_line
from . import supplier_contract_decision
from . import paper
from . import workflow
from . import reminder
from . import pricing
from . import usage
from . import checking
from . import supplier_contract_penalty
from . import penalizing
from . import reconsidering

# odoo models
from . import purchase_order
from . import res_partner
