import Queueing

/// One replication of a center with agents for everybody: arrivals and contacts in hand by time step.
///
/// It gets arrivals a batch at a time while they are drawn, so the loop knows nothing of it; two additions a contact.
final class LoadPath {
    private let plan: LoadControls
    private let dayCount: Int
    /// `[class][step]`: arrivals; and the contacts in hand at the step's beginning, kept as changes until `finish`.
    private let arrived: Dense<Int32>
    private let inHand: Dense<Int32>
    /// `[group][step]`, people on duty.
    private let people: Dense<Int32>
    /// By group and planned time: how many more people are there than expected.
    private let surplus: [Dense<Double>]
    /// `[class][step]`, whether anybody is expected: callers outside opening hours are turned away.
    private let isOpen: Dense<Bool>
    private let paths: [BottleneckPath]
    /// Of the bottlenecks: what nobody has asked yet is worked out here.
    private var tables: [LateTable]
    private let stride: Int
    private let perSecond: Double

    /// What a bottleneck expects, laid out in the order in which it is read.
    private struct BottleneckPath {
        /// Cells, and their days.
        let timeSteps: Dense<Int32>
        let days: Dense<Int32>
        /// `[step][type]`: contacts in hand on a usual day that arrived the same day; and those of days before, where
        /// there are any.
        let today: Dense<Double>
        let before: Dense<Double>
        let reachesBack: Dense<Bool>
        /// `[step][home]`, expected arrivals on a usual day.
        let expected: Dense<Double>

        init(_ bottleneck: LoadControls.Bottleneck, _ plan: LoadControls, in memory: Memory) {
            timeSteps = Dense(bottleneck.timeSteps.map(Int32.init), in: memory)
            days = Dense(bottleneck.timeSteps.map { Int32(plan.dayOfTimeStep[$0]) }, in: memory)
            today = Dense(
                bottleneck.timeSteps.flatMap { j in bottleneck.types.map { $0.share * plan.types[$0.type].today[j] } },
                in: memory)
            before = Dense(
                bottleneck.timeSteps.flatMap { j in bottleneck.types.map { $0.share * plan.types[$0.type].before[j] } },
                in: memory)
            reachesBack = Dense(
                bottleneck.timeSteps.map { j in bottleneck.types.contains { plan.types[$0.type].before[j] > 0 } },
                in: memory)
            expected = Dense(
                bottleneck.timeSteps.flatMap { j in bottleneck.homes.map { plan.expected($0, j) } }, in: memory)
        }
    }

    init(_ plan: LoadControls, dayCount: Int, in memory: Memory) {
        self.plan = plan
        self.dayCount = dayCount
        stride = plan.timeStepCount + 2
        perSecond = 1 / plan.step
        arrived = Dense(repeating: 0, count: plan.typeOfClass.count * stride, in: memory)
        inHand = Dense(repeating: 0, count: plan.typeOfClass.count * stride, in: memory)
        people = Dense(repeating: 0, count: plan.duty.count * stride, in: memory)
        surplus = plan.duty.map { Dense(repeating: 0, count: $0.plannedTimeCount, in: memory) }
        isOpen = Dense(
            plan.typeOfClass.flatMap { t in
                (0..<(plan.timeStepCount + 2)).map { $0 < plan.timeStepCount && plan.types[t].arrivals[$0] > 0 }
            }, in: memory)
        paths = plan.bottlenecks.map { BottleneckPath($0, plan, in: memory) }
        tables = plan.bottlenecks.map(\.table)
        for (g, duty) in plan.duty.enumerated() { duty.count(into: people.base + g * stride) { _ in 0.5 } }
    }

    func begin() {
        arrived.fill(0)
        inHand.fill(0)
    }

    /// Which part of the handling of a type's contacts counts as drawn, and the mean of the others, seconds.
    func part(type t: Int) -> LoadControls.Part { plan.types[t].part }
    func rest(type t: Int) -> Double { plan.types[t].rest }

    /// A contact that stays for `length` seconds if it is taken at once.
    @inline(__always)
    func add(class c: Int, at time: Double, lasting length: Double) {
        // Times lie inside the horizon; a contact may outlast it.
        let base = c &* stride
        let place = Int(time * perSecond)
        guard isOpen[base &+ place] else { return }
        arrived[base &+ place] &+= 1
        inHand[base &+ place &+ 1] &+= 1
        let last = min((time + length) * perSecond, Double(stride &- 2))
        inHand[base &+ Int(last) &+ 1] &-= 1
    }

    /// Writes the controls, `[class][Control]`, given days' factors `[type][day]`, absence draws `[group][day]` and who
    /// stays away besides.
    func finish(
        _ factors: Dense<Double>, _ absences: Dense<Double>,
        staysAway: (_ group: Int, _ day: Int, _ path: UInt64) -> Bool = { _, _, _ in false },
        into controls: Dense<Double>
    ) {
        controls.fill(0)
        for (g, duty) in plan.duty.enumerated() where duty.varies {
            duty.count(
                into: people.base + g * stride, surplus: surplus[g].base, staysAway: { staysAway(g, $0, $1) }
            ) { absences[g * dayCount + $0] }
        }
        for c in plan.typeOfClass.indices {
            let own = inHand.base + c * stride
            for j in 1..<stride { own[j] &+= own[j &- 1] }
            var beforehand = 0.0
            for (place, weight) in plan.factorWeights[c] { beforehand += weight * (factors[place] - 1) }
            for (place, weights) in plan.absenceWeights[c] {
                beforehand += weights[Int(absences[place] * Double(LoadControls.absenceBins))]
            }
            for (g, weights) in plan.surplusWeights[c] {
                let more = surplus[g]
                for i in 0..<more.count { beforehand += weights[i] * more[i] }
            }
            add(.beforehand, beforehand, c, controls)
        }
        for (b, bottleneck) in plan.bottlenecks.enumerated() {
            compare(paths[b], bottleneck, &tables[b], factors, controls)
        }
    }

    private func compare(
        _ path: BottleneckPath, _ bottleneck: LoadControls.Bottleneck, _ table: inout LateTable,
        _ factors: Dense<Double>,
        _ controls: Dense<Double>
    ) {
        let memory = Memory()
        let groups = Dense(bottleneck.groups.map { $0 * stride }, in: memory)
        let members = Dense(bottleneck.members.map { $0 * stride }, in: memory)
        let types = Dense(bottleneck.types.map { $0.type * dayCount }, in: memory)
        let homes = Dense(bottleneck.homes.map { $0 * stride }, in: memory)
        let homeTypes = Dense(bottleneck.homes.map { plan.typeOfClass[$0] * dayCount }, in: memory)
        let sums = Dense(repeating: 0.0, count: homes.count, in: memory)
        for i in 0..<path.timeSteps.count {
            let j = Int(path.timeSteps[i])
            let day = Int(path.days[i])
            var present: Int32 = 0
            for g in 0..<groups.count { present &+= people[groups[g] &+ j] }
            var found: Int32 = 0
            for m in 0..<members.count { found &+= inHand[members[m] &+ j] }
            var load = 0.0
            for k in 0..<types.count { load += path.today[i &* types.count &+ k] * factors[types[k] &+ day] }
            if path.reachesBack[i] {
                for k in 0..<types.count {
                    load += path.before[i &* types.count &+ k] * factors[types[k] &+ max(0, day &- 1)]
                }
            }
            let mean = table.mean(Int(present), load: load)
            let late = table.late(Int(present), Int(found))
            for h in 0..<homes.count {
                let expected = path.expected[i &* homes.count &+ h] * factors[homeTypes[h] &+ day]
                sums[h] += Double(arrived[homes[h] &+ j]) * late - expected * mean
            }
        }
        for (h, c) in bottleneck.homes.enumerated() { add(.late, sums[h], c, controls) }
    }

    @inline(__always)
    private func add(_ control: LoadControls.Control, _ amount: Double, _ c: Int, _ controls: Dense<Double>) {
        controls[c &* LoadControls.Control.count &+ control.rawValue] += amount
    }
}
