# fact
from . import test_fact_documents
from . import test_fact_filters
from . import test_fact_hints
from . import test_fact_ids
from . import test_fact_page
from . import test_fact_today
from . import test_fact_tours
from . import test_fact_twins
from . import test_streams
from . import test_sums
from . import test_sums_noted
from . import test_sums_kept
