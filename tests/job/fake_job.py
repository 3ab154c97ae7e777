"""A job with the fake engine in a process of its own, with a Ray of its own: `python -m tests.job.fake_job JSON`."""

import json
import sys

from tests.job.fake_engine import FakeBlender, Faults
from verichrome.commands.generate import run_job
from verichrome.configfile import resolve

if __name__ == "__main__":
    fields = json.loads(sys.argv[1])
    sys.exit(run_job(resolve(fields), False, FakeBlender(Faults(pause=0.2))))
