# webhook
from . import supplier_outbox_feed
from . import supplier_outbox_feed_record
from . import collecting

# lower rooms
from . import supplier_exchange_source
from . import supplier_outbox
from . import supplier_outbox_channel
