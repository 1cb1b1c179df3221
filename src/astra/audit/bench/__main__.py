"""`python -m astra.audit.bench`: exit status 1 when a promise was missed."""

import os
import sys

from astra.audit.bench import main

if __name__ == "__main__":
    sys.exit(not main(max(1, int(os.environ.get("SIZE", "1")))))
