"""`python -m tests.delivery.proof`: see `soak`. Workers do not import this file again."""

import sys

from tests.delivery.proof.soak import main

sys.exit(main())
