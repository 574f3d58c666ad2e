"""`python -m juesuan` is the command `juesuan`."""

import sys

from juesuan.cli import main

# Workers of a batch import this module again; they must not start the command again.
if __name__ == "__main__":
    sys.exit(main())
