# outbox
from . import test_chats
from . import test_transport
from . import test_outbox
from . import test_outbox_access
from . import test_outbox_events
from . import test_outbox_tours
