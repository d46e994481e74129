# whether suppliers do what contracts say, and what follows when they do not
from . import supplier_contract_line
from . import supplier_contract_penalty

# odoo models
from . import account_move
