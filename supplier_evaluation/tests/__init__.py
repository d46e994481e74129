# the whole add-on
from . import test_access
from . import test_access_evaluation
from . import test_company_access
from . import test_printed_reports
from . import test_record_import
from . import test_rooms
from . import test_setup_access
from . import test_update

# rooms by subject, from the lowest floor up
from .base import *
from .chain import *
from .fact import *
from .history import *
from .promise import *
from .document import *
from .incident import *
from .risk import *
from .receipt import *
from .price import *
from .bill import *
from .response import *
from .delivery import *
from .kpi import *
from .template import *
from .scorecard import *
from .review import *
from .certification import *
from .lifecycle import *
from .gate import *
from .trial import *
from .corrective import *
from .application import *
from .tier import *
from .improvement import *
from .alert import *
from .goal import *
from .exchange import *
from .overview import *
from .start import *
from .exchange.access import *

# all screens together
from .screens import *

# all figures together
from .histories import *
