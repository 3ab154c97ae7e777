"""Stands for an agent of Ray that has nothing to do (`python verichrome/driver/idle_agent.py`, standard library alone).

Ray ends a node whose agents end, so there must be a process. It ends with its Ray.
"""

import os
import time

#: Seconds between looks. At the end of a job Ray itself ends its agents.
PERIOD = 0.5

if __name__ == "__main__":
    raylet = int(os.environ["RAY_RAYLET_PID"])
    while os.getppid() == raylet:
        time.sleep(PERIOD)
