"""The way in: `glomex`, or `python -m glomex_cli`."""

import sys


def main() -> None:
    """Run the command line and end the process; Ctrl-C is quiet even while modules load."""
    try:
        from glomex_cli.cli import main as run_command_line

        run_command_line()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
