from . import test_translation
from . import test_frozen_text
from . import test_body
from . import test_edition
from . import test_meeting
from . import test_workgroup
from . import test_ethics
from . import test_ethics_confidential
