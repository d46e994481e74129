# certification
from . import supplier_certification
from . import supplier_certification_program
from . import supplier_certification_program_step
from . import supplier_certification_answer
from . import audit
from . import proof
from . import supplier_certification_approval
from . import supplier_certification_transition
from . import checklist
from . import screen
from . import followers
from . import workflow
from . import suspension
from . import validity
from . import schedule

# odoo models
from . import res_partner
