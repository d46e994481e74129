from . import scorecard_export
from . import supplier_certificate
