# audit
from . import supplier_certification_audit
from . import supplier_certification_audit_finding
