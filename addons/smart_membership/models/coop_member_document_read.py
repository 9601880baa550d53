from odoo import api, models


def _notes(method):
    """Let remote calls of a method that reads files write as well: each look is noted."""
    method._readonly = False
    return method


class CoopMemberDocument(models.Model):
    """The ways to read a file from outside, in a transaction that can note who did."""

    _inherit = "coop.member.document"

    @_notes
    def read(self, fields=None, load="_classic_read"):
        """Read as any model; looks at files are noted."""
        return super().read(fields, load)

    @api.model
    @_notes
    def search_read(self, *args, **kwargs):
        """Search and read as any model; looks at files are noted."""
        return super().search_read(*args, **kwargs)

    @_notes
    def web_read(self, specification):
        """Read as any model; looks at files are noted."""
        return super().web_read(specification)

    @api.model
    @_notes
    def web_search_read(self, *args, **kwargs):
        """Search and read as any model; looks at files are noted."""
        return super().web_search_read(*args, **kwargs)

    @api.model
    @_notes
    def web_read_group(self, *args, **kwargs):
        """Group and read as any model; looks at files are noted."""
        return super().web_read_group(*args, **kwargs)
