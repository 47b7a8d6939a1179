"""W1 in SimPy, as its users write it when they care for speed: a dispatcher of one's own instead of `Resource`."""
import collections
import random
import sys

import simpy


class Center:
    def __init__(self, env, agents):
        self.env, self.idle, self.queue = env, agents, collections.deque()
        self.offered = self.answered = self.in_time = 0
        self.waited = 0.0

    def call(self):
        arrived = self.env.now
        self.offered += 1
        if self.idle > 0:
            self.idle -= 1
        else:
            turn = self.env.event()
            self.queue.append(turn)
            patience = self.env.timeout(random.expovariate(1 / 120))
            yield turn | patience
            if not turn.triggered:
                self.queue.remove(turn)
                return
        wait = self.env.now - arrived
        self.answered += 1
        self.waited += wait
        self.in_time += wait <= 20
        yield self.env.timeout(random.expovariate(1 / 300))
        if self.queue:
            self.queue.popleft().succeed()
        else:
            self.idle += 1

    def arrivals(self, contacts):
        for _ in range(contacts):
            yield self.env.timeout(random.expovariate(1 / 3))
            self.env.process(self.call())


random.seed(1)
env = simpy.Environment()
center = Center(env, 100)
env.process(center.arrivals(int(sys.argv[1])))
env.run()
n = center.offered
print(f"abandoned {1 - center.answered / n:.5f}  in time {center.in_time / n:.5f}  ASA {center.waited / center.answered:.4f}")
