# application
from . import test_application
from . import test_application_access
from . import test_application_alike
from . import test_application_idle
from . import test_application_page
from . import test_application_taking_up
from . import test_application_tours
from . import test_buyer
