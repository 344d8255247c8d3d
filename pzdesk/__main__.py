"""``python -m pzdesk``: the same as the command ``pzdesk``."""

import sys

from pzdesk.app import main

if __name__ == "__main__":
    sys.exit(main())
