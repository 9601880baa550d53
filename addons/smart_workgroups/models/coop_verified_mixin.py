from odoo import api, models


class CoopVerifiedMixin(models.AbstractModel):
    """What is frozen is verified every week; the secretary is told of the first that does not hold.

    Triggers of the database keep these rows as they are. This finds what was changed without them,
    by somebody who owns the database.
    """

    _name = "coop.verified.mixin"
    _description = "Frozen and Verified"

    @api.model
    def _verify(self, company):
        """Return the first record of a company that does not hold, and what it is in words.

        :return: ``(record, text)``, or None when all hold
        """
        raise NotImplementedError

    def _get_warned(self):
        """Return on which record the secretary is told that this one does not hold."""
        raise NotImplementedError

    @api.model
    def _cron_verify(self):
        """Verify all that is frozen in this way, in each company."""
        models_ = self.env.registry.descendants(["coop.verified.mixin"], "_inherit")
        verified = [self.env[name] for name in models_ if not self.env[name]._abstract]
        for company in self.env["res.company"].search([]):
            for model in verified:
                if found := model._verify(company):
                    record, fault = found
                    self._warn(company, record._get_warned(), fault)

    @api.model
    def _warn(self, company, about, fault):
        """Leave one task about what does not hold; what is told already is not told again."""
        known = self.env["mail.activity"].search_count(
            [
                ("res_model", "=", about._name),
                ("res_id", "=", about.id),
                ("summary", "=", fault),
            ],
            limit=1,
        )
        if not known:
            about.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=fault,
                note=self.env._(
                    "Somebody changed the database behind the back of Odoo. Compare with a backup "
                    "and with what was printed before anything else is recorded."
                ),
                user_id=company._get_governance_secretary().id,
            )
