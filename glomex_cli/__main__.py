"""The way in: `glomex`, or `python -m glomex_cli`."""

import gc
import os
import sys

_OBJECTS_BEFORE_A_LOOK = 50_000


def main() -> None:
    """Run the command line and end the process; Ctrl-C is quiet even while modules load.

    It ends at once: all is written, and taking the interpreter apart would take 10 ms more.
    Garbage is looked for less often than usual, which saves as much while modules load.
    """
    _leave_current_folder_out()
    import signal

    gc.set_threshold(_OBJECTS_BEFORE_A_LOOK)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # An exception could end up anywhere in what loads now; the system's own way is quiet.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        from glomex_cli.cli.main import run_process

        code = run_process()
    except KeyboardInterrupt:
        code = 130
    except SystemExit as end:  # a signal: what a slow reader has not taken is not waited for
        code = end.code if isinstance(end.code, int) else 1
    os._exit(code)


def _leave_current_folder_out() -> None:
    """Import nothing from the current folder, which may be somebody else's.

    `python -m` and an empty entry in PYTHONPATH put it first. It stays where Python's library or
    this package itself is there.
    """
    real, parent = os.path.realpath, os.path.dirname  # pathlib takes 5 ms to load
    try:
        here = real(".")
    except OSError:  # a folder that is gone holds nothing
        return
    package = parent(parent(__file__))
    if here in {real(package), real(parent(os.__file__))} or here.endswith("-packages"):
        return
    sys.path[:] = [each for each in sys.path if real(each or ".") != here]


if __name__ == "__main__":
    main()
