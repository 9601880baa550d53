"""Pytest plugin of bin/test.

A test that makes Odoo log a warning or an error fails, unless it expects that.

A test expects a log line with `assertLogs` or `mute_logger`; what stock addons are known to log is
in known_warnings.txt. A browser test that is skipped because no browser was found fails too: it
tested nothing.

Odoo gives its tags only to test classes in addons; those in tests/ get them here.

Of several processes each has the database that bin/test copied for it.
"""

import inspect
import logging
import os

import logcheck
import pytest

from odoo.tests import BaseCase


class Collector(logging.Handler):
    """Keeps the records of the running test, those of the server's threads included."""

    def __init__(self):
        super().__init__(level=logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record):
        """Keep a record as one text, its traceback included."""
        text = f"{record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        if not logcheck.is_allowed(text):
            self.lines.append(text)


collector = Collector()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    """Name the database of this process before Odoo reads its options."""
    if worker := getattr(config, "workerinput", None):
        config.option.odoo_database += f"_{worker['workerid']}"
        # Otherwise the plugin for Odoo makes a copy of its own, with files in common.
        os.environ.pop("PYTEST_XDIST_WORKER", None)
    return (yield)


def pytest_sessionstart():
    """Listen to everything that is logged from here on."""
    logging.getLogger().addHandler(collector)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(obj):
    """Tag the classes of tests/ as Odoo tags those of addons."""
    if inspect.isclass(obj) and issubclass(obj, BaseCase) and not hasattr(obj, "test_tags"):
        obj.test_tags = {"standard", "post_install"}
        obj.test_module = "tests"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn unexpected log lines of a passed phase into a failure of the test."""
    report = (yield).get_result()
    lines, collector.lines = collector.lines, []
    if report.skipped and "hrom" in str(report.longrepr):
        report.outcome = "failed"
    elif report.passed and lines:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} logged in its {call.when}:\n" + "\n".join(lines)
