# document
from . import supplier_document_type
from . import supplier_document
from . import verification
from . import refused
from . import version
from . import reminder

# odoo models
from . import res_partner
