"""A cluster that loses a node in mid-job, and gets another: `python -m tests.job.lose_a_node JSON`.

A process of its own, since its death ends the whole cluster. The job's output and exit code are passed on.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"

from ray.cluster_utils import Cluster

from tests.job.driver import Driver, output_of


def main(text: str) -> int:
    arguments = json.loads(text)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    fields = {**arguments["fields"], "address": cluster.address}
    driver = Driver(Path(arguments["folder"]), Path(arguments["journal"]), fields, arguments["pause"])
    job = driver.start()
    while len(driver.lines()) < 3 and job.poll() is None:
        time.sleep(0.05)
    cluster.remove_node(nodes[0], allow_graceful=False)  # as a spot market does
    cluster.add_node(num_cpus=1)
    sys.stderr.write(output_of(job))
    cluster.shutdown()  # type: ignore[no-untyped-call]
    return job.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
