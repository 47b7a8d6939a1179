"""W1 in Ciw: a node of 100 servers whose customers renege."""
import sys

import ciw

contacts = int(sys.argv[1])
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(1 / 3)],
    service_distributions=[ciw.dists.Exponential(1 / 300)],
    reneging_time_distributions=[ciw.dists.Exponential(1 / 120)],
    number_of_servers=[100],
)
ciw.seed(1)
simulation = ciw.Simulation(network)
simulation.simulate_until_max_time(3.0 * contacts)
records = simulation.get_all_records(only=["service", "renege"])
waits = [r.waiting_time for r in records if r.record_type == "service"]
n = max(len(records), 1)
in_time = sum(wait <= 20 for wait in waits)
print(f"abandoned {1 - len(waits) / n:.5f}  in time {in_time / n:.5f}  ASA {sum(waits) / max(len(waits), 1):.4f}")
