# application
from . import supplier_application_accept_wizard
from . import supplier_application_assign_wizard
from . import supplier_application_reason_wizard
