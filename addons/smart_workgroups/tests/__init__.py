from . import test_body
from . import test_edition
from . import test_governance_security
from . import test_governance_tour
from . import test_meeting
from . import test_translation
from . import test_workgroup
from . import test_workgroup_portal
