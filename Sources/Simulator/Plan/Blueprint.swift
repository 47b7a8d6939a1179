import Center
import Probability
import Queueing
import Tabular

/// A scenario laid out for the loop: small integers for names, sorted lists for questions.
///
/// A *class* is a contact type with a language: what decides who may serve a contact. Nothing of it ever changes: every
/// replication, on whatever thread, reads the same.
package final class Blueprint: Sendable {
    package let types: [TypePlan]
    package let classes: [ClassPlan]
    /// Those of the classes first, in their order.
    package let queues: [QueuePlan]
    /// By type, its queues.
    let queuesOfType: [[Int]]
    /// By class, the groups that may serve it, at once or when it has waited, ascending.
    let groupsOfClass: [[Int]]
    /// Each named channel once.
    let channels: [Channel]
    package let flows: Flows
    package let groups: [GroupPlan]
    package let agents: [AgentPlan]
    /// Those of shifts that are drawn are not among them.
    let appointments: [Appointment]
    let drawnShifts: [DrawnShift]
    let paces: Paces
    package let periodStarts: [Double]
    let dayStarts: [Double]
    let length: Double
    let dayCount: Int
    let absences: Absences
    /// What is left of people's time where absence evens out.
    let presence: Double
    let waitingLimit: Int
    /// Whether contacts in hand go back to the queue when an agent leaves.
    let handsBack: Bool
    let rules: Rules
    /// Who waits when a live type closes is served by those who are still there then, shift's end or not.
    package let servesWaiting: Bool
    package let routing: Routing
    let runningDay: RunningDay?
    /// Of a day that is taken up: the hours before, where something comes of them later.
    let before: Blueprint?
    /// The number of each type's first contact.
    let firstNumber: UInt64
    /// `[period][type]`: the histogram of waits of the period's contacts, or −1 where nobody can be offered; and how
    /// many histograms there are.
    package let histogram: [Int32]
    let histogramCount: Int
    /// `[period][group]` agents on duty as planned (shrinkage not taken off), paid seconds, in flat order.
    package let scheduledSeconds: [Double]
    package let paidSeconds: [Double]
    /// What experiments take off their figures; nil where nothing is.
    package let controls: LoadControls?
    /// Where days' factors and absences come from.
    let dayDraws: DayDraws
    /// Whether each second replication plays the mirrored draws of the one before.
    let isAntithetic: Bool

    package convenience init(_ scenario: Scenario, reducing reduction: VarianceReduction = .none) {
        self.init(scenario, reducing: reduction, isBefore: false, hours: scenario.runningDay?.before)
    }

    /// `hours` are those before a day is taken up, and `isBefore` whether these are they or the rest of that day: both
    /// have their draws at the same addresses, and their contacts other numbers.
    private init(
        _ scenario: Scenario, reducing reduction: VarianceReduction, isBefore: Bool, hours: HoursBefore?
    ) {
        let horizon = scenario.horizon
        length = horizon.length
        dayCount = horizon.days.count
        periodStarts = horizon.periods.map(\.start)
        dayStarts = horizon.days.map(\.start)
        absences = scenario.absences
        presence = 1 - scenario.absences.evenedOut
        routing = scenario.routing
        runningDay = scenario.runningDay
        before =
            isBefore ? nil : hours.map { Blueprint($0.scenario, reducing: .none, isBefore: true, hours: $0) }
        firstNumber = isBefore ? Replication.firstNumberBefore : 0
        waitingLimit = scenario.rules.waitingLimit ?? Int.max
        handsBack = scenario.rules.endOfShift == .handBack
        rules = scenario.rules
        servesWaiting = scenario.rules.waitingAtClose == .serve

        types = Self.types(scenario, hours: hours)
        (classes, queues) = Self.queues(scenario, types)
        var queuesOfType = [[Int]](repeating: [], count: types.count)
        var groupsOfClass = [Set<Int>](repeating: [], count: classes.count)
        for (q, queue) in queues.enumerated() {
            queuesOfType[classes[queue.contactClass].type].append(q)
            groupsOfClass[queue.contactClass].formUnion(queue.ranks.joined())
        }
        self.queuesOfType = queuesOfType
        self.groupsOfClass = groupsOfClass.map { $0.sorted() }
        flows = Flows(types, handsBack: handsBack)
        channels = types.map(\.given.channel).reduce(into: []) { known, channel in
            if !known.contains(where: { $0.id == channel.id }) { known.append(channel) }
        }
        let people = People(scenario, types: types, classes: classes, queues: queues)
        groups = people.groups
        agents = people.agents
        drawnShifts = people.drawnShifts
        appointments = Self.ordered(people.appointments + Self.appointments(scenario, types))
        (histogram, histogramCount) = Self.histograms(scenario, types)
        paces = Paces(scenario.agentGroups, agents: agents, shifts: people.shifts)
        let scheduled = ScheduledTime(scenario)
        controls =
            reduction.contains(.controlVariates) ? LoadControls(scenario, types: types, classes: classes) : nil
        dayDraws = DayDraws(
            reduction.methods.first { $0 == .stratified || $0 == .quasiRandom }, types: types,
            groupCount: groups.count, dayCount: dayCount, firstDay: isBefore ? 0 : hours?.today ?? 0)
        isAntithetic = reduction.contains(.antithetic)
        scheduledSeconds = scheduled.onDuty
        paidSeconds = scheduled.paid
    }

    /// The class of another type's contact that one of class `c` brings about: in the same language, if it has that.
    func followOnClass(of c: Int, type t: Int) -> Int {
        let own = types[t].firstClass..<(types[t].firstClass + types[t].classCount)
        if own.count == 1 { return own.lowerBound }
        return own.first { classes[$0].language == classes[c].language } ?? own.lowerBound
    }

    /// Whether somebody who is planned to be there stays away on a day.
    func staysAway(_ address: RandomAddress, group g: Int, day: Int, path: UInt64) -> Bool {
        absences.unplanned > 0
            && address.uniform(subject: g, .unplanned, index: UInt64(day), path: path) < absences.unplanned
    }

    /// `[period][type]`: the histogram of waits of the period's contacts, or −1 where nobody can be offered; and how
    /// many there are.
    private static func histograms(_ scenario: Scenario, _ types: [TypePlan]) -> ([Int32], Int) {
        let horizon = scenario.horizon
        let shares = PeriodShares(horizon)
        var isOpen = [Bool](repeating: false, count: horizon.periods.count * types.count)
        for (t, type) in types.enumerated() {
            // Deferred work is taken, and may be begun, at any hour.
            for timeSpan in type.isDeferred ? [TimeSpan(0, horizon.length)] : type.waitingHours {
                shares.forEach(in: timeSpan) { p, _ in isOpen[p * types.count + t] = true }
            }
        }
        var histogram = [Int32](repeating: -1, count: isOpen.count)
        var count: Int32 = 0
        // Periods of one group share their histograms.
        var shared = [Int32](repeating: -1, count: types.count)
        for p in horizon.periods.indices {
            if p % scenario.experiment.periodsCountedTogether == 0 {
                shared = [Int32](repeating: -1, count: types.count)
            }
            for t in types.indices where isOpen[p * types.count + t] {
                if shared[t] < 0 {
                    shared[t] = count
                    count += 1
                }
                histogram[p * types.count + t] = shared[t]
            }
        }
        return (histogram, Int(count))
    }
}
