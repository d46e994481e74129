# outbox
from . import supplier_outbox_channel
from . import supplier_outbox
from . import sending

# lower rooms
from . import supplier_alert
from . import supplier_certification
from . import supplier_document
from . import supplier_evaluation
