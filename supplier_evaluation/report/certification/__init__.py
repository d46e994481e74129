# certification
from . import report_supplier_certificate
from . import supplier_certification_fact
from . import supplier_expiry
