# certification
from . import test_certificate_page
from . import test_certification_audit
from . import test_certification_batches
from . import test_certification_fact
from . import test_certification_followers
from . import test_certification_outcome
from . import test_certification_renewal
from . import test_certification_schedule
from . import test_certification_screen
from . import test_certification_status
from . import test_certification_steps
from . import test_certification_tours
from . import test_certification_workflow

# what ends
from .expiry import *
