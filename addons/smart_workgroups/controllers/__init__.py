from . import portal_governance
from . import portal_edition
from . import portal_meeting
from . import portal_workgroup
from . import portal_ethics
from . import portal_impact
from . import portal_ask
