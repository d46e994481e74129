# webhook
from . import test_webhook
from . import test_webhook_access
from . import test_webhook_tours
