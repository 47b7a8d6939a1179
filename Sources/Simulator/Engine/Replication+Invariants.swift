/// What must hold after each event: counted anew in debug builds.
extension Replication {
    /// What `owed` must be, recounted after each event in debug builds.
    func countOwed() -> Int {
        (0..<floor.agents.count).count {
            floor.agents[$0].state == .busy && (floor.agents[$0].isLeaving || floor.agents[$0].pauseDue > 0)
        } + (0..<floor.groups.count).reduce(0) { $0 + floor.groups[$1].surplus }
    }

    /// The promise of routing, recounted after each event in debug builds: no contact waits while an agent who may
    /// serve it is idle.
    func nobodyWaitsInVain() -> Bool {
        for c in 0..<floor.queues.count where floor.queues[c].count > 0 {
            if plan.types[Int(typeOfClass[c])].given.idleReserve == 0, floor.longestIdle(ranks[c]) >= 0 { return false }
        }
        return true
    }
}
