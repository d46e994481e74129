# portal
from . import test_portal_matrix
from . import test_portal_upload
from . import test_dispute
from . import test_dispute_revision
from . import test_dispute_sources
from . import test_portal_contract
from . import test_portal_work
from . import test_portal_papers
from . import test_portal_ideas
from . import test_portal_lists
from . import test_announcement
from . import test_portal_tours
