from odoo.tests import JsonRpcException
from odoo.tools import mute_logger


class RemoteCalls:
    """Calls of a model from outside, as the web client makes them; for an ``HttpCase``."""

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def refused(self, model, method, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self.call(model, method, *args, **kwargs)
        self.assertIn("AccessError", str(caught.exception))
