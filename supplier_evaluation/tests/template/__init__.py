# template
from . import test_configuration
from . import test_preset_templates
