# assessment
from . import test_assessment
from . import test_assessment_kpi
from . import test_assessment_migration
from . import test_assessment_page
from . import test_assessment_tours
