#!/usr/bin/env python3
"""Answers staffing questions with pyworkforce. stdin: load (erlangs) and handling time (s) a line, 80 % in 20 s;
stdout: the agents of each, then the CPU seconds that the answers took."""
import sys
import time

from pyworkforce.queuing import ErlangC

questions = [tuple(map(float, line.split())) for line in sys.stdin]
start = time.process_time()
for load, handling in questions:
    # It counts in minutes: contacts per 30 of them.
    queue = ErlangC(
        transactions=30 * load / (handling / 60), asa=20 / 60, aht=handling / 60, interval=30, shrinkage=0.0)
    print(queue.required_positions(service_level=0.8, max_occupancy=1.0)["raw_positions"])
print(time.process_time() - start)
