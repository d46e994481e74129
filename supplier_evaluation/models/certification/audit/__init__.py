# audit
from . import supplier_certification_audit
from . import supplier_certification_audit_answer
from . import supplier_certification_audit_finding

# aspects of the audit
from . import judging
