"""W1 in salabim: a resource with a delay after which a request fails; monitors off, as its users do for speed."""
import random
import sys

import salabim

salabim.yieldless(False)
contacts = int(sys.argv[1])
seen = {"answered": 0, "in time": 0, "waited": 0.0}


class Call(salabim.Component):
    def process(self):
        arrived = env.now()
        yield self.request(agents, fail_delay=random.expovariate(1 / 120))
        if self.failed():
            return
        wait = env.now() - arrived
        seen["answered"] += 1
        seen["in time"] += wait <= 20
        seen["waited"] += wait
        yield self.hold(random.expovariate(1 / 300))
        self.release()


class Source(salabim.Component):
    def process(self):
        for _ in range(contacts):
            yield self.hold(random.expovariate(1 / 3))
            Call(suppress_trace=True)


random.seed(1)
env = salabim.Environment(trace=False, random_seed=None)
agents = salabim.Resource("agents", capacity=100)
for level in (agents.capacity, agents.claimed_quantity, agents.available_quantity, agents.occupancy):
    level.monitor(False)
for queue in (agents.requesters(), agents.claimers()):
    queue.length.monitor(False)
    queue.length_of_stay.monitor(False)
Source()
env.run()
answered = max(seen["answered"], 1)
print(
    f"abandoned {1 - seen['answered'] / contacts:.5f}  in time {seen['in time'] / contacts:.5f}"
    f"  ASA {seen['waited'] / answered:.4f}")
