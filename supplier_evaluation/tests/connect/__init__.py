# connect
from . import test_connector
from . import test_connector_access
from . import test_connector_presets
from . import test_connector_set
from . import test_connector_tours
