"""W3 in SimPy: five types, ten groups, each type with its own order of groups; a router of one's own."""
import collections
import random
import sys

import simpy

# Contacts an hour, mean talk, mean patience, groups in order.
TYPES = [
    (600, 240, 120, [0, 5, 9]), (480, 300, 120, [1, 5, 6, 9]), (360, 360, 180, [2, 6, 7, 9]), (240, 420, 180, [3, 7, 8, 9]),
    (120, 600, 300, [4, 8, 9]),
]
SIZES = [24, 24, 20, 16, 12, 18, 16, 14, 12, 12]
# A free agent serves the later types first.
SERVED = [[t for t in reversed(range(5)) if group in TYPES[t][3]] for group in range(10)]


class Center:
    def __init__(self, env, contacts):
        self.env, self.left = env, contacts
        self.idle = list(SIZES)
        self.queues = [collections.deque() for _ in TYPES]
        self.offered = self.answered = self.in_time = 0
        self.waited = 0.0
        for t in range(5):
            env.process(self.arrivals(t))

    def call(self, t):
        _, talk, patient, groups = TYPES[t]
        arrived = self.env.now
        self.offered += 1
        for group in groups:
            if self.idle[group]:
                self.idle[group] -= 1
                break
        else:
            turn = self.env.event()
            self.queues[t].append(turn)
            patience = self.env.timeout(random.expovariate(1 / patient))
            yield turn | patience
            if not turn.triggered:
                self.queues[t].remove(turn)
                return
            group = turn.value
        wait = self.env.now - arrived
        self.answered += 1
        self.waited += wait
        self.in_time += wait <= 20
        yield self.env.timeout(random.expovariate(1 / talk))
        for waiting in SERVED[group]:
            if self.queues[waiting]:
                self.queues[waiting].popleft().succeed(group)
                return
        self.idle[group] += 1

    def arrivals(self, t):
        while self.left > 0:
            yield self.env.timeout(random.expovariate(TYPES[t][0] / 3600))
            self.left -= 1
            self.env.process(self.call(t))


random.seed(1)
env = simpy.Environment()
center = Center(env, int(sys.argv[1]))
env.run()
n = center.offered
print(f"abandoned {1 - center.answered / n:.5f}  in time {center.in_time / n:.5f}  ASA {center.waited / center.answered:.4f}")
print(f"contacts {n}")
