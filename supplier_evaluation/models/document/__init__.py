# mixins
from . import supplier_kept_file_mixin

# document
from . import supplier_document_type
from . import supplier_document
from . import verification
from . import version
from . import reminder

# odoo models
from . import ir_attachment
from . import res_partner
