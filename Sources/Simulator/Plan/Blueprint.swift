import Center
import Probability
import Queueing
import Tabular

/// A scenario laid out for the loop: small integers for names, sorted lists for questions.
///
/// A *class* is a contact type with a language: what decides who may serve a contact. Nothing of it ever changes: every
/// replication, on whatever thread, reads the same.
package final class Blueprint: Sendable {
    package struct TypePlan: Sendable {
        /// The number that addresses this type's random draws.
        var subject: Int
        var priority: Int
        var pieces: [ArrivalPiece]
        /// The day of each piece, for the day factor.
        var pieceDays: [Int]
        var volumes: Volumes
        var dayToDay: Double
        /// The type whose days are as busy as this one's: its own but where it is a share of another's contacts.
        var variesWith: Int
        /// Classes by language, and the cumulated shares that choose among them.
        package var firstClass: Int
        package var classCount: Int
        var languageBounds: [Double]
        var talk: Distribution
        var hold: Distribution?
        var wrapUp: Distribution?
        var patience: Distribution?
        var redial: Redial?
        /// Seconds.
        var shortAbandon: Double
        package var open: [TimeSpan]
        package var channel: Channel
        /// Of contacts that nobody starts: why they are.
        var cause: Offshoot.Cause?
        var callback: Callback?
        var whenClosed: WhenClosed
        var offshoots: [Offshoot]
        var escalations: [Escalation]
        var blockedAt: Int
        package var idleReserve: Int
        /// Set where waiting goes on in opening hours only.
        package var clock: OpenClock?
        /// Of calls that we make: how often is tried, and when.
        var tries: Tries?
        package var callable: [TimeSpan]?
        var balking: Balking?
        var interpreter: Interpreter?
        var chase: Chase?
        var deferredWrapUp: DeferredWrapUp?
        var handlingPace: HandlingPace?
        var setUp: Double
        /// Whether an agent decides only when the talk ends how to go on; whether agents wait with a caller until
        /// somebody takes such a contact.
        var decidesAfterTalk: Bool
        var isHandedOver = false

        /// Whether how long a contact takes depends on more than its own draws, the time of day and the group.
        var isAdjusted: Bool { handlingPace != nil || interpreter != nil || hasSetUp }
        var hasSetUp = false
        /// Whether its contacts come of those who find another type closed.
        var isOfClosed = false

        package var isDeferred: Bool { channel.kind == .later }
        /// Whether a contact may be taken from its agent before it is through.
        var isInterruptible: Bool { isDeferred && channel.isInterruptible }
        /// Whether it goes back to its list when its agent goes to lunch or home.
        var isPutAside: Bool { isDeferred && !channel.isCall }
    }

    package struct ClassPlan: Sendable {
        package var type: Int
        package var language: String?
        /// Seconds that these callers are promised not to wait longer than; infinite without a target, so that everything
        /// answered counts.
        package var acceptableWait: Double
        /// Agent groups by rank: those of one rank stand together.
        package var ranks: [[Int]]
    }

    /// Where contacts wait: a class's own queue, or the one to which those of a class move who have waited long.
    package struct QueuePlan: Sendable {
        /// The class whose contacts they are.
        package var contactClass: Int
        package var ranks: [[Int]]
        package var priority: Int
        /// The queue after the next escalation, and after which wait; −1 where there is none.
        package var next = -1
        package var nextAfter = Double.infinity
        /// The earliest moment of it, where each contact has one of its own.
        var nextFrom = Double.infinity
        /// Whether these go first among contacts of their priority, though they lie in a list.
        package var isFirst = false
        /// The queue when further groups come to help, and when so many of the type wait; −1 where none do.
        package var nextWhenMany = -1
        package var many = Int.max
        /// Groups who need an interpreter for these contacts.
        package var interpreted: Set<Int> = []
        /// Of a class whose calls are made at certain hours alone: where they wait at others, and nobody takes them; −1 for
        /// none.
        package var outsideHours = -1
    }

    package struct GroupPlan: Sendable {
        /// Queues by the level at which the policy takes from them: those of one level stand together.
        package var priorities: [[Int]]
        /// By queue; 0 where the group has no skill.
        var handlingFactor: [Double]
        /// By queue: seconds until the first word, and until an interpreter is on the line.
        var setUp: [Double]
        var connect: [Double]
        /// By queue: the rank of the skill; 1 where the group has none.
        package var ranks: [Int]
        /// How many contact types, counted by language, it serves of those that the file declares.
        var served: Int
        /// The agents who belong to it; slots of a curve, or one per person and shift.
        package var agents: Range<Int>
        var usesCurve: Bool
        /// Agents of shifts under way at the beginning, who are not on a break then.
        var onDutyAtStart: [Int]
    }

    /// One person on one shift, or one slot under a staffing curve.
    package struct AgentPlan: Sendable {
        package var group: Int
        /// The day on which the shift starts; 0 for slots.
        package var day: Int
        /// The person's number among those of the group on that day.
        var number: Int
        /// The place among the group's members of who has a name.
        var member: Int?
        /// When the shift ends, where there are shifts: what comes after it is overtime.
        var shiftEnd = Double.infinity

        /// The path that tells the person's own draws from those of the rest of the group: every day the same where the
        /// person has a name.
        var path: UInt64 { UInt64(member ?? number) + 1 }
    }

    /// A shift that comes about anew in each replication.
    struct DrawnShift: Sendable {
        var agent: Int
        /// How many shifts the person has on the day before this one.
        var turn: Int
        var span: TimeSpan
        var pauses: [Pause]
        var timekeeping: Timekeeping
    }

    /// What is known before the first contact: periods, closings, shifts, staffing changes.
    struct Appointment: Sendable {
        var time: Double
        var kind: Event.Kind
        /// An agent, a group (staffing changes) or a type (closings).
        var subject: Int
        /// Seconds of a pause; agents of a staffing change; unused otherwise.
        var amount: Double
        /// The day, for staffing changes.
        var day: Int
        var isStaffing: Bool
    }

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

        var types: [TypePlan] = []
        var classes: [ClassPlan] = []
        var subject = 0
        for (t, type) in scenario.contactTypes.enumerated() {
            let first = classes.count
            func acceptableWait(_ language: String?) -> Double {
                type.target(in: language)?.acceptableWait ?? .infinity
            }
            if type.languages.isEmpty {
                classes.append(ClassPlan(type: t, language: nil, acceptableWait: acceptableWait(nil), ranks: []))
            } else {
                for language in type.languages {
                    classes.append(
                        ClassPlan(
                            type: t, language: language.code, acceptableWait: acceptableWait(language.code), ranks: []))
                }
            }
            var bound = 0.0
            let bounds = type.languages.map { share -> Double in
                bound += share.share
                return bound
            }
            types.append(
                TypePlan(
                    subject: subject, priority: type.priority, pieces: type.arrivals,
                    pieceDays: type.arrivals.map { Self.day(of: $0.span.start, in: horizon) },
                    volumes: type.volumes, dayToDay: type.dayToDay, variesWith: type.variesWith ?? t,
                    firstClass: first,
                    classCount: classes.count - first,
                    languageBounds: bounds, talk: type.talk, hold: type.hold, wrapUp: type.wrapUp,
                    patience: type.patience, redial: type.redial,
                    shortAbandon: type.shortAbandon,
                    open: type.waitingHours, channel: type.channel, cause: type.origin?.cause,
                    callback: type.callback,
                    whenClosed: type.whenClosed, offshoots: type.offshoots,
                    escalations: type.escalations.map { escalation in
                        var escalation = escalation
                        escalation.groups.removeAll { !Self.isLicensed(scenario.agentGroups[$0], for: type) }
                        return escalation
                    },
                    blockedAt: type.blockedAt ?? Int.max, idleReserve: type.idleReserve,
                    clock: type.target?.clock == .openHours
                        ? OpenClock((scenario.runningDay?.openBefore[t] ?? []) + type.open) : nil,
                    tries: type.tries ?? Self.promised(type, scenario),
                    callable: type.channel.kind == .later ? type.callable : nil, balking: type.balking,
                    interpreter: type.interpreter, chase: type.chase, deferredWrapUp: type.deferredWrapUp,
                    handlingPace: type.handlingPace, setUp: type.setUp,
                    decidesAfterTalk: type.decidesAfterTalk && type.channel.atOnce == 1))
            // A type without arrivals takes no number: adding or removing one leaves all other draws alone.
            if hours?.arrives[t] ?? type.arrivals.contains(where: { $0.contacts > 0 }) { subject += 1 }
        }

        // By type, the groups with the skill: the first of a group's skills for it counts.
        var skilled = [[(group: Int, skill: Skill)]](repeating: [], count: types.count)
        for t in types.indices { types[t].hasSetUp = types[t].setUp > 0 }
        for (g, group) in scenario.agentGroups.enumerated() {
            for skill in group.skills {
                if skilled[skill.contactType].last?.group != g { skilled[skill.contactType].append((g, skill)) }
                if skill.setUp > 0 { types[skill.contactType].hasSetUp = true }
            }
        }
        for type in scenario.contactTypes {
            for offshoot in type.offshoots where offshoot.handOver != nil {
                types[offshoot.contactType].isHandedOver = true
            }
        }

        for type in scenario.contactTypes {
            switch type.whenClosed {
            case .turnedAway: break
            case .message(let other), .callbackNextOpen(let other): types[other].isOfClosed = true
            }
        }

        // Who keeps others free for calls, and who does not need to.
        for t in types.indices where types[t].channel.loading == .automatic {
            let sharesWithCalls = skilled[t].contains { group, _ in
                scenario.agentGroups[group].skills.contains {
                    let channel = scenario.contactTypes[$0.contactType].channel
                    return channel.kind == .live && channel.atOnce == 1
                }
            }
            types[t].channel.loading = sharesWithCalls ? .mostLoaded : .leastLoaded
        }

        var interpreting = [[Int]](repeating: [], count: classes.count)
        for c in classes.indices {
            var byRank: [Int: [Int]] = [:]
            for (g, skill) in skilled[classes[c].type] {
                let group = scenario.agentGroups[g]
                guard Self.isLicensed(group, for: scenario.contactTypes[classes[c].type]) else { continue }
                if Self.speaks(group, classes[c].language) {
                    byRank[skill.rank, default: []].append(g)
                } else if types[classes[c].type].interpreter?.languages.contains(classes[c].language ?? "") == true {
                    interpreting[c].append(g)
                }
            }
            classes[c].ranks = byRank.keys.sorted().map { byRank[$0] ?? [] }
        }

        let queues = Self.queues(&classes, types, scenario.agentGroups, interpreting: interpreting)
        var queuesOfType = [[Int]](repeating: [], count: types.count)
        for (q, queue) in queues.enumerated() { queuesOfType[classes[queue.contactClass].type].append(q) }
        self.queuesOfType = queuesOfType
        var groupsOfClass = [Set<Int>](repeating: [], count: classes.count)
        for queue in queues { groupsOfClass[queue.contactClass].formUnion(queue.ranks.joined()) }
        self.groupsOfClass = groupsOfClass.map { $0.sorted() }
        // By group, the queues that it takes from.
        var taken = [[Int]](repeating: [], count: scenario.agentGroups.count)
        for (q, queue) in queues.enumerated() {
            for g in Set(queue.ranks.joined()) { taken[g].append(q) }
        }

        var agents: [AgentPlan] = []
        var groups: [GroupPlan] = []
        var appointments: [Appointment] = []
        let policy = routing.pickContact.policy
        var drawnShifts: [DrawnShift] = []
        var shifts: [TimeSpan?] = []
        for (g, group) in scenario.agentGroups.enumerated() {
            var levels: [(order: TakingOrder, queues: [Int])] = []
            var factors = [Double](repeating: 0, count: queues.count)
            var setUps = factors
            var connects = factors
            var ranks = [Int](repeating: 1, count: queues.count)
            let skills = Dictionary(group.skills.map { ($0.contactType, $0) }) { first, _ in first }
            for q in taken[g] {
                let t = classes[queues[q].contactClass].type
                let skill = skills[t]
                let order = TakingOrder(queues[q], types[t], skill, policy)
                if let i = levels.firstIndex(where: { $0.order == order }) {
                    levels[i].queues.append(q)
                } else {
                    levels.append((order, [q]))
                }
                let interpreter = queues[q].interpreted.contains(g) ? types[t].interpreter : nil
                factors[q] = (skill?.handlingFactor ?? 1) * (interpreter?.handlingFactor ?? 1)
                setUps[q] = types[t].setUp + (skill?.setUp ?? 0)
                connects[q] = interpreter?.connect ?? 0
                ranks[q] = skill?.rank ?? 1
            }
            let firstAgent = agents.count
            var usesCurve = false
            var onDutyAtStart: [Int] = []
            switch group.staffing {
            case .asNeeded: break
            case .curve(let pieces):
                usesCurve = true
                // Whoever is busy at the beginning has a place, too, planned or not.
                let most = max(
                    pieces.map { Int($0.agents.rounded(.up)) }.max() ?? 0,
                    scenario.runningDay?.inService.count { $0.group == g } ?? 0)
                for number in 0..<most { agents.append(AgentPlan(group: g, day: 0, number: number)) }
                shifts += [TimeSpan?](repeating: nil, count: most)
                appointments += Self.staffingChanges(pieces, group: g, horizon: horizon)
            case .shifts(let blocks):
                var numbers = DayNumbers(dayCount: horizon.days.count)
                // How many shifts each person has had on a day.
                var turns: [[Int]: Int] = [:]
                for block in blocks {
                    // A day that is taken up ends for everybody when it is to end.
                    let end = scenario.runningDay == nil ? block.span.end : min(block.span.end, horizon.length)
                    for person in 0..<block.people {
                        let agent = agents.count
                        agents.append(
                            AgentPlan(
                                group: g, day: block.day, number: numbers.number(person, of: block),
                                member: block.members.isEmpty ? nil : block.members[person]))
                        shifts.append(block.span)
                        agents[agent].shiftEnd = block.span.end
                        let pauses = PersonalDay(block, person: person).pauses
                        let span = TimeSpan(block.span.start, end)
                        let isPaused = pauses.contains { $0.span.start <= 0 && $0.span.end > 0 }
                        if span.start <= 0, block.span.end >= 0, !isPaused { onDutyAtStart.append(agent) }
                        // Who is here when a day is taken up did not come late.
                        let isDrawn = !group.timekeeping.isExact || absences.inShift > 0
                        guard !isDrawn || scenario.runningDay != nil && span.start <= 0 else {
                            let turn = turns[[block.day, Int(agents[agent].path)], default: 0]
                            turns[[block.day, Int(agents[agent].path)]] = turn + 1
                            drawnShifts.append(
                                DrawnShift(
                                    agent: agent, turn: turn, span: span, pauses: pauses,
                                    timekeeping: group.timekeeping))
                            continue
                        }
                        appointments += Self.appointments(
                            agent: agent, day: block.day, shift: span, pauses: pauses)
                    }
                }
            }
            groups.append(
                GroupPlan(
                    priorities: levels.sorted { $0.order < $1.order }.map(\.queues), handlingFactor: factors,
                    setUp: setUps, connect: connects,
                    ranks: ranks,
                    served: taken[g].count { $0 < classes.count && types[classes[$0].type].cause == nil },
                    agents: firstAgent..<agents.count, usesCurve: usesCurve, onDutyAtStart: onDutyAtStart))
        }

        for p in periodStarts.indices {
            appointments.append(
                Appointment(time: periodStarts[p], kind: .period, subject: p, amount: 0, day: 0, isStaffing: false))
        }
        if scenario.rules.waitingAtClose == .turnAway {
            for (t, type) in types.enumerated() {
                for span in type.open {
                    appointments.append(
                        Appointment(time: span.end, kind: .close, subject: t, amount: 0, day: 0, isStaffing: false))
                }
            }
        }
        for (t, type) in types.enumerated() {
            func appointment(_ kind: Event.Kind, _ time: Double) -> Appointment {
                Appointment(time: time, kind: kind, subject: t, amount: 0, day: 0, isStaffing: false)
            }
            appointments += (type.callable ?? []).flatMap { span in
                (span.start > 0 ? [appointment(.open, span.start)] : []) + [appointment(.close, span.end)]
            }
        }
        var histogram = [Int32](repeating: -1, count: horizon.periods.count * types.count)
        var histogramCount: Int32 = 0
        let typeCount = types.count
        var isOpen = [Bool](repeating: false, count: histogram.count)
        let spread = PeriodSpread(horizon)
        for t in types.indices {
            // Work in a list is taken, and may be begun, at any hour.
            let times = types[t].isDeferred ? [TimeSpan(0, horizon.length)] : types[t].open
            for span in times { spread.forEach(in: span) { p, _ in isOpen[p * typeCount + t] = true } }
        }
        // Periods of one group share their histograms.
        let size = scenario.experiment.periodsCountedTogether
        var shared = [Int32](repeating: -1, count: typeCount)
        for p in horizon.periods.indices {
            if p % size == 0 { shared = [Int32](repeating: -1, count: typeCount) }
            for t in types.indices where isOpen[p * typeCount + t] {
                if shared[t] < 0 {
                    shared[t] = histogramCount
                    histogramCount += 1
                }
                histogram[p * typeCount + t] = shared[t]
            }
        }
        self.histogram = histogram
        self.histogramCount = Int(histogramCount)
        self.types = types
        self.classes = classes
        self.queues = queues
        flows = Flows(types, handsBack: handsBack)
        channels = types.reduce(into: []) { known, type in
            if !known.contains(where: { $0.id == type.channel.id }) { known.append(type.channel) }
        }
        self.groups = groups
        self.agents = agents
        self.appointments = Self.ordered(appointments)
        self.drawnShifts = drawnShifts
        paces = Paces(scenario.agentGroups, agents: agents, shifts: shifts)
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
    func heir(of c: Int, type t: Int) -> Int {
        let own = types[t].firstClass..<(types[t].firstClass + types[t].classCount)
        if own.count == 1 { return own.lowerBound }
        return own.first { classes[$0].language == classes[c].language } ?? own.lowerBound
    }

    /// A stable sort: what was listed first stays first among simultaneous appointments of one kind.
    static func ordered(_ appointments: [Appointment]) -> [Appointment] {
        appointments.enumerated().sorted {
            ($0.element.time, $0.element.kind.rawValue, $0.offset) < (
                $1.element.time, $1.element.kind.rawValue, $1.offset
            )
        }.map(\.element)
    }

    /// A shift's beginning, end and pauses.
    ///
    /// A night shift may have begun before the horizon: what lies before is over, and who is on a break at the beginning
    /// comes when it ends.
    static func appointments(agent: Int, day: Int, shift: TimeSpan, pauses: [Pause]) -> [Appointment] {
        // Pauses at the beginning that follow each other are one.
        var begin = max(0, shift.start)
        for pause in pauses where pause.span.start <= begin && pause.span.end > begin { begin = pause.span.end }
        func appointment(_ kind: Event.Kind, _ time: Double, _ amount: Double = 0) -> Appointment {
            Appointment(time: time, kind: kind, subject: agent, amount: amount, day: day, isStaffing: false)
        }
        return [appointment(.join, begin), appointment(.leave, shift.end)]
            + pauses.filter { $0.span.start > begin }.map { appointment(.pause, $0.span.start, $0.span.length) }
    }

    /// Whether somebody who is planned to be there stays away on a day.
    func staysAway(_ address: RandomAddress, group g: Int, day: Int, path: UInt64) -> Bool {
        absences.unplanned > 0
            && address.uniform(subject: g, .unplanned, index: UInt64(day), path: path) < absences.unplanned
    }

    /// The classes' own queues, and behind them those to which contacts escalate.
    ///
    /// A contact moves by the time it has waited, and when many wait: each step of the one exists with each of the other.
    private static func queues(
        _ classes: inout [ClassPlan], _ types: [TypePlan], _ groups: [AgentGroup], interpreting: [[Int]]
    ) -> [QueuePlan] {
        for c in classes.indices where !interpreting[c].isEmpty && types[classes[c].type].interpreter?.after == 0 {
            classes[c].ranks.append(interpreting[c])
        }
        var queues = classes.indices.map { c in
            QueuePlan(
                contactClass: c, ranks: classes[c].ranks, priority: types[classes[c].type].priority,
                interpreted: Set(interpreting[c]).intersection(classes[c].ranks.joined()))
        }
        for c in classes.indices {
            let type = types[classes[c].type]
            var byTime = type.escalations.filter { $0.whenWaiting == nil }.map { ($0, isInterpreted: false) }
            if let after = type.interpreter?.after, after > 0, !interpreting[c].isEmpty {
                byTime.append((Escalation(after: after, groups: interpreting[c]), isInterpreted: true))
                byTime.sort { $0.0.after < $1.0.after }
            }
            let byNumber = type.escalations.filter { $0.whenWaiting != nil }.sorted {
                ($0.whenWaiting ?? 0) < ($1.whenWaiting ?? 0)
            }
            var before: [Int] = []
            for step in 0...byNumber.count {
                var row: [Int] = []
                for time in 0...byTime.count {
                    var index = c
                    if step > 0 || time > 0 {
                        index = queues.count
                        var next = queues[time > 0 ? row[time - 1] : before[0]]
                        let change = time > 0 ? byTime[time - 1].0 : byNumber[step - 1]
                        next.priority = change.priority ?? next.priority
                        next.isFirst = next.isFirst || change.isFirst
                        let known = Set(next.ranks.joined())
                        // Whoever helps speaks the language, too, or has somebody on the line who does.
                        let strangers = Set(change.groups.filter { !Self.speaks(groups[$0], classes[c].language) })
                        let isInterpreted = type.interpreter?.languages.contains(classes[c].language ?? "") == true
                        let more = change.groups.filter {
                            !known.contains($0) && (isInterpreted || !strangers.contains($0))
                        }
                        if !more.isEmpty { next.ranks.append(more) }
                        next.interpreted.formUnion(strangers.intersection(more))
                        queues.append(next)
                    }
                    queues[index].next = -1
                    queues[index].nextAfter = .infinity
                    queues[index].nextFrom = .infinity
                    queues[index].nextWhenMany = -1
                    queues[index].many = .max
                    row.append(index)
                    if time > 0 {
                        queues[row[time - 1]].next = index
                        queues[row[time - 1]].nextAfter = byTime[time - 1].0.after
                        queues[row[time - 1]].nextFrom = byTime[time - 1].0.from ?? byTime[time - 1].0.after
                    }
                    if step > 0 {
                        queues[before[time]].nextWhenMany = index
                        queues[before[time]].many = byNumber[step - 1].whenWaiting ?? .max
                    }
                }
                before = row
            }
        }
        for c in classes.indices where types[classes[c].type].callable != nil {
            queues[c].outsideHours = queues.count
            queues.append(QueuePlan(contactClass: c, ranks: [], priority: queues[c].priority))
        }
        return queues
    }

    /// Of calls that were promised: how often is tried.
    private static func promised(_ type: ContactType, _ scenario: Scenario) -> Tries? {
        guard let origin = type.origin, origin.cause == .callback,
            let callback = scenario.contactTypes[origin.contactType].callback
        else { return nil }
        return Tries(
            attempts: callback.attempts, noAnswer: callback.noAnswer, retryAfter: callback.retryAfter,
            ringing: callback.ringing)
    }

    /// Nothing crosses a licence: neither a skill nor overflow.
    private static func isLicensed(_ group: AgentGroup, for type: ContactType) -> Bool {
        type.licence.map(group.licences.contains) ?? true
    }

    private static func speaks(_ group: AgentGroup, _ language: String?) -> Bool {
        guard let language else { return true }
        return group.languages.contains(language)
    }

    private static func day(of time: Double, in horizon: Horizon) -> Int {
        var low = 0
        var high = horizon.days.count
        while low < high {
            let middle = (low + high) / 2
            if horizon.days[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    /// A staffing curve as changes: at each piece's start and end, and at each midnight, for fractions of an agent
    /// are rounded anew each day.
    private static func staffingChanges(_ pieces: [StaffingPiece], group: Int, horizon: Horizon) -> [Appointment] {
        var changes: [Double: Double] = [:]
        for piece in pieces {
            changes[piece.span.start] = piece.agents
            for day in horizon.days where day.start > piece.span.start && day.start < piece.span.end {
                changes[day.start] = piece.agents
            }
        }
        for piece in pieces where changes[piece.span.end] == nil { changes[piece.span.end] = 0 }
        return changes.keys.sorted().map { time in
            Appointment(
                time: time, kind: .join, subject: group, amount: changes[time] ?? 0, day: day(of: time, in: horizon),
                isStaffing: true)
        }
    }
}
