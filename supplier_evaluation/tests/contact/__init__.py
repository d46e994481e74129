# contact
from . import test_contact
from . import test_contact_frequency
from . import test_contact_plan
