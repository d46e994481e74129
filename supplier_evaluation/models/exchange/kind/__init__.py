# how a kind is taken
from . import supplier_exchange_kind
from . import sending
from . import supplier_exchange_kind_record

# the kinds
from . import partner
from . import document
from . import document_file
from . import figure
from . import history
from . import history_origin
from . import incident
from . import signal
from . import sent

# what ends
from . import withdrawing
from . import ending
