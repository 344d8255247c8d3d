"""Puts pzdesk together: the one place that knows every room."""

import sys


def main() -> int:
    """Start pzdesk from the command line; the exit code says how it went."""
    from pzdesk import cli

    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
