# assessments
from . import supplier_customer_review
from . import supplier_customer_review_answer

# aspects of the assessment
from . import asking
from . import answering
from . import reminding
from . import joining

# odoo models
from . import res_partner
