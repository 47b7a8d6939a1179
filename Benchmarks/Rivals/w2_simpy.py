"""W2 in SimPy: days of 48 half-hour rates, staffing that changes with them, lognormal talk; a dispatcher of one's own."""
import collections
import math
import random
import sys

import simpy

RATES = [
    364, 364, 364, 364, 364, 364, 368, 368, 372, 384, 400, 436, 496, 592, 732, 912, 1136, 1380, 1612, 1812, 1944, 2000,
    1980, 1912, 1812, 1716, 1644, 1592, 1568, 1552, 1532, 1500, 1452, 1388, 1308, 1224, 1136, 1052, 968, 888, 808, 732,
    660, 592, 532, 484, 444, 396,
]
LOADS = [rate * 300 / 3600 for rate in RATES]
AGENTS = [math.ceil(load + 0.5 * math.sqrt(load)) for load in LOADS]
SIGMA = math.sqrt(math.log(2))
MU = math.log(300) - math.log(2) / 2


class Day:
    offered = answered = in_time = 0
    waited = 0.0

    def __init__(self):
        self.env = simpy.Environment()
        self.busy, self.agents, self.queue = 0, AGENTS[0], collections.deque()
        self.env.process(self.arrivals())
        self.env.process(self.staffing())
        self.env.run()

    def serve(self):
        while self.queue and self.busy < self.agents:
            self.busy += 1
            self.queue.popleft().succeed()

    def call(self):
        arrived = self.env.now
        Day.offered += 1
        if self.busy < self.agents:
            self.busy += 1
        else:
            turn = self.env.event()
            self.queue.append(turn)
            patience = self.env.timeout(random.expovariate(1 / 120))
            yield turn | patience
            if not turn.triggered:
                self.queue.remove(turn)
                return
        wait = self.env.now - arrived
        Day.answered += 1
        Day.waited += wait
        Day.in_time += wait <= 20
        yield self.env.timeout(random.lognormvariate(MU, SIGMA))
        self.busy -= 1
        self.serve()

    def arrivals(self):
        for half_hour, rate in enumerate(RATES):
            time = half_hour * 1800
            while (time := time + random.expovariate(rate / 3600)) < (half_hour + 1) * 1800:
                yield self.env.timeout(time - self.env.now)
                self.env.process(self.call())

    def staffing(self):
        for agents in AGENTS[1:]:
            yield self.env.timeout(1800)
            self.agents = agents
            self.serve()


random.seed(1)
while Day.offered < int(sys.argv[1]):
    Day()
n = Day.offered
print(f"abandoned {1 - Day.answered / n:.5f}  in time {Day.in_time / n:.5f}  ASA {Day.waited / Day.answered:.4f}")
print(f"contacts {n}")
