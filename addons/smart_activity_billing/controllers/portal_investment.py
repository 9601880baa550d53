from .portal import ActivityPortal


class ActivityInvestmentPortal(ActivityPortal):
    """The investments of an Activity, on its page."""

    def _prepare_activity_values(self, activity, tab):
        values = super()._prepare_activity_values(activity, tab)
        if tab == "overview":
            values["investments"] = activity._get_portal_investments()
        return values
