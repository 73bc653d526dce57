"""A bot to be killed: reads one order per line, lets a forked child do the rounds, and says how the child ended.

The imports are paid for once; each child starts from nothing but the configuration, the disk and the servers. An order
is {"config": path, "at": moment, "rounds": n, "steps": [names of tests.crash_steps], "after": seconds or null}: the
child kills itself at the step, or is killed from outside after so many seconds.
"""

import json
import os
import signal
import sys
import time
import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mailbot.app import build
from mailbot.compose import environment
from mailbot.config import load_settings
from mailbot.lock import single_instance
from mailbot.logs import set_up_logs
from mailbot.work import one_round
from tests.crash_steps import STEPS, InProcess, plant

FAILED = 3


def bot(order: dict[str, Any]) -> None:
    """What `mailbot run --once` does, so many times, at that moment by the clock."""
    for name in order["steps"]:
        plant(STEPS[name])
    moment = datetime.fromisoformat(order["at"])
    settings = load_settings(Path(order["config"]), {})
    app = build(settings, lambda: moment)
    if not order["own_reader"]:
        app = replace(app, reader=InProcess())
    with single_instance(settings.storage.data_dir):
        for _ in range(order["rounds"]):
            one_round(app)
    app.close()


def child(order: dict[str, Any]) -> None:
    """Never returns. A child of fork must not run what its parent would run at the end."""
    try:
        os.setpgid(0, 0)  # whatever it starts can be found by its number
        bot(order)
    except BaseException as error:
        traceback.print_exception(error)
        os._exit(FAILED)
    os._exit(0)


def obey(order: dict[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        child(order)
    if order["after"] is not None:
        # Waited for without being reaped, so that the number cannot belong to anybody else when it is killed.
        while time.monotonic() - began < order["after"]:
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                break
            time.sleep(0.002)
        else:
            os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    ended = {0: "done", -signal.SIGKILL: "killed"}.get(code, "failed")
    return {"ended": ended, "code": code, "pid": pid, "seconds": time.monotonic() - began}


def warm_up() -> None:
    """What every child would do anew: the templates are compiled."""
    for html in (False, True):
        templates = environment(html=html)
        for name in templates.list_templates():
            templates.get_template(name)


def main() -> None:
    warm_up()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever is printed is no answer
    set_up_logs("console", "info")
    for line in sys.stdin:
        answers.write(json.dumps(obey(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
