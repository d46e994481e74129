from . import base_partner_merge
from . import supplier_document_reject_wizard
from . import supplier_certification_decision_wizard
from . import supplier_exclusion_wizard
from . import supplier_history_import
from . import supplier_promise_change_wizard
from . import supplier_purchase_override_wizard
from . import supplier_stage_wizard
