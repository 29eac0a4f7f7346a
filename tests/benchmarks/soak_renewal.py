"""Reports in parallel while tokens end all the time.

Run it by hand: `cd tests; python -m benchmarks.soak_renewal [SECONDS]`.

First without MFA and with tokens of 2 seconds, then with MFA and tokens of 40 seconds. Prints
how many reports and sign-ins there were; fails on any report that fails, or any code sent twice.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping

from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.sandbox.sessions import SANDBOX_TOTP_SEED
from support.servers.recorded_app import RecordedApp
from support.servers.service import LOGIN, PASSWORD, ROBOT, TENANT

_AT_ONCE = 4
_GLOMEX = [sys.executable, "-m", "glomex_cli"]
_CODE = re.compile(r'mfa_code: "(\d+)"')


def soak(login: str, *, token_life_s: int, seconds: float) -> str:
    """Run reports for `seconds`, four at a time, and say what happened."""
    app = RecordedApp(create_app(SandboxOptions(token_life_s=token_life_s)))
    with serve(app) as server, tempfile.TemporaryDirectory() as folder:
        environ = {
            **os.environ,
            "GLOMEX_ENDPOINT": server.url,
            "GLOMEX_CONFIG_DIR": folder,
            "GLOMEX_STORE": "file",
            "GLOMEX_LOGIN": login,
            "GLOMEX_TENANT": TENANT,
            "GLOMEX_PASSWORD": PASSWORD,
            "GLOMEX_TOTP_SECRET": SANDBOX_TOTP_SEED,
        }
        subprocess.run([*_GLOMEX, "login", "-q"], env=environ, check=True)
        reports = _run_reports(environ, until=time.monotonic() + seconds)
    codes = Counter(code for each in app.exchanges for code in _CODE.findall(each.query))
    assert max(codes.values(), default=1) == 1, "a code was sent twice"
    sign_ins = app.executed("createSession")
    return f"{login}: {reports} reports, {sign_ins} sign-ins, {len(codes)} codes, no failure"


def _run_reports(environ: Mapping[str, str], *, until: float) -> int:
    running: list[subprocess.Popen[bytes]] = []
    count = 0
    while time.monotonic() < until or running:
        while len(running) < _AT_ONCE and time.monotonic() < until:
            command = [*_GLOMEX, "report", "-q", "--last", "2d"]
            running.append(subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL))
            count += 1
        done = [report for report in running if report.poll() is not None]
        assert all(report.returncode == 0 for report in done), "a report failed"
        running = [report for report in running if report not in done]
        time.sleep(0.01)
    return count


if __name__ == "__main__":
    length = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    print(soak(ROBOT, token_life_s=2, seconds=length))  # noqa: T201 - a command of its own
    print(soak(LOGIN, token_life_s=40, seconds=length))  # noqa: T201 - a command of its own
