# forecast
from . import test_expected_score
from . import test_forecast
from . import test_forecast_ordering
from . import test_forecast_tour
