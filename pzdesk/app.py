"""Puts pzdesk together: the one place that knows every room."""

import sys

from pzdesk.exchange import guarded


def main() -> int:
    """Start pzdesk from the command line; the exit code says how it went.

    A packaged pzdesk has no other interpreter to start: it is its own child for reading a PDF.
    """
    if guarded.is_child(sys.argv[1:]):
        return guarded.serve(sys.argv[1:])
    try:
        from pzdesk import cli  # the child loads no more than it needs

        return cli.run(sys.argv[1:])
    except KeyboardInterrupt:
        return 1


if __name__ == "__main__":
    sys.exit(main())
