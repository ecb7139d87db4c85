"""A pytest plugin: a test that was skipped or expected to fail has not passed, so the run has not either."""

import pytest

NOT_RUN = ("skipped", "xfailed", "xpassed")
EXIT_CODE = 10
"""Not pytest's own for a failure: running the failed ones again must not make up for one that did not run."""


def _not_run(config: pytest.Config) -> list[str]:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None:  # a worker of pytest-xdist: the process that started it counts for all
        return []
    return [f"{outcome}: {report.nodeid}" for outcome in NOT_RUN for report in terminal.stats.get(outcome, ())]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _not_run(session.config) and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        session.exitstatus = EXIT_CODE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in _not_run(config):
        terminalreporter.write_line(f"Counts as failed, {line}", red=True)
