# portal
from . import supplier_portal
from . import supplier_portal_sending
