# application
from . import supplier_application
from . import workflow
from . import receiving
from . import alike
from . import taking_up
from . import idle
from . import supplier_application_document
from . import supplier_application_candidate
from . import supplier_application_attempt

# odoo models
from . import product_category
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_users
