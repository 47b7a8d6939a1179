import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// What must hold on every path of every center: laws over scenarios drawn from seeds.
///
/// Each center is played once, recounted after every event, and shown to all laws: hundreds of centers in a debug build,
/// thousands in an optimised one. A failure prints the line that replays it alone.
@Suite("Laws over random scenarios") struct RandomLaws {
    @Test("Each law holds in every one")
    func hold() async throws {
        try await Lawful.check(Self.laws, suite: "RandomLaws", make: RandomScenario.make)
    }

    static let laws = [
        conservation, workIsConserved, littlesLaw, presence, renaming, bystanders, department, changeOfUnit, moreAgents,
        shards, threads, naiveTwin,
    ]

    /// The columns of contacts that hold seconds.
    static let seconds: Set<Observations.Contact> = [.waitAnswered, .waitAbandoned, .talk, .hold, .wrapUp, .queue]

    // MARK: Conservation

    static let conservation = Law(
        "conservation",
        "Offered = answered + abandoned + turned away + backlog in every cell, and nobody is lost or made up", least: 30
    ) { center, replay in
        let day = center.day
        for p in 0..<day.periodCount {
            for c in 0..<day.classCount {
                let sum = { (columns: [Observations.Contact]) in
                    columns.reduce(0) { $0 + day.contact($1, period: p, class: c) }
                }
                let offered = sum([.offered])
                #expect(offered == sum([.answered, .abandoned, .turnedAway, .backlog]), replay)
                #expect(sum([.redials]) <= offered && sum([.backlog]) >= 0, replay)
                #expect(sum([.answeredInTime]) <= sum([.answered]), replay)
                #expect(sum([.abandonedInTime]) <= sum([.abandoned]), replay)
            }
        }
        // Each attempt ends once.
        let attempts = Set(day.entries.map { [UInt64($0.type), $0.number, UInt64($0.attempt)] })
        #expect(attempts.count == day.entries.count, replay)
        #expect(Double(day.entries.count) == day.sum(.offered), replay)
        #expect(Double(day.entries.count { $0.attempt > 0 }) == day.sum(.redials), replay)
        return day.sum(.offered)
    }

    static let workIsConserved = Law(
        "workIsConserved",
        "Busy seconds are the handle times of those answered, cut at the horizon, in every period and group"
    ) { center, replay in
        let (plan, day) = (center.plan, center.day)
        var busy = [Double](repeating: 0, count: day.periodCount * day.groupCount)
        var work = 0.0
        let shares = PeriodShares(center.scenario.horizon)
        for entry in day.entries {
            guard let handling = entry.handling else { continue }
            let g = plan.agents[handling.agent].group
            shares.add(TimeSpan(entry.time, handling.until), 1, stride: day.groupCount, offset: g, to: &busy)
            work += handling.until - entry.time
        }
        let handling = day.sum(.talk) + day.sum(.hold) + day.sum(.wrapUp)
        #expect(Lawful.isNear(work, handling), replay)
        for p in 0..<day.periodCount {
            for g in 0..<day.groupCount {
                let seen = day.group(.busy, period: p, group: g)
                #expect(Lawful.isNear(seen, busy[p * day.groupCount + g]), replay)
                // Available time is what is left of presence.
                #expect(seen <= day.group(.present, period: p, group: g) + 1e-6, replay)
            }
        }
        return 1
    }

    static let littlesLaw = Law(
        "littlesLaw",
        "Little's law on the path: the queue's integral is the sum of waits, where nobody waits beyond the end",
        least: 1.0 / 8
    ) { center, replay in
        var day = center.day
        if center.scenario.rules.waitingAtClose != .serve {
            var scenario = center.scenario
            scenario.rules.waitingAtClose = .serve
            day = PlayedDay(Blueprint(scenario), seed: center.seed)
        }
        guard day.sum(.backlog) == 0, day.entries.allSatisfy({ $0.time <= center.plan.length }) else { return 0 }
        let waits = day.sum(.waitAnswered) + day.sum(.waitAbandoned)
        #expect(Lawful.isNear(day.sum(.queue), waits), replay)
        return 1
    }

    static let presence = Law(
        "presence", "Where nobody calls, everybody is present exactly as planned: busy + available + away = paid",
        least: 1
    ) { center, replay in
        var scenario = center.scenario
        scenario.shrinkage = 0
        for t in scenario.contactTypes.indices { scenario.contactTypes[t].arrivals = [] }
        let plan = Blueprint(scenario)
        let day = PlayedDay(plan, seed: center.seed)
        for (g, group) in scenario.agentGroups.enumerated() {
            var planned = [Double](repeating: 0, count: day.periodCount)
            switch group.staffing {
            case .shifts:
                for p in planned.indices { planned[p] = plan.scheduledSeconds[p * day.groupCount + g] }
            case .curve(let portions):
                // Fractions of an agent are rounded once a day.
                let address = RandomAddress(seed: center.seed, replication: 0)
                let shares = PeriodShares(scenario.horizon)
                for portion in portions {
                    let d = scenario.horizon.days.lastIndex { $0.start <= portion.timeSpan.start } ?? 0
                    let u = address.uniform(subject: g, .absence, index: UInt64(d))
                    shares.add(
                        portion.timeSpan, (portion.agents + u).rounded(.down), stride: 1, offset: 0, to: &planned)
                }
            case .asNeeded: break
            }
            for p in planned.indices {
                #expect(
                    Lawful.isNear(day.group(.present, period: p, group: g), planned[p]),
                    "group \(g), period \(p); \(replay)")
                let paid = plan.paidSeconds[p * day.groupCount + g]
                if case .shifts = group.staffing { #expect(planned[p] <= paid + 1e-6, replay) }
            }
        }
        return Double(scenario.agentGroups.count)
    }

    // MARK: What changes nothing

    static let renaming = Law(
        "renaming", "Other names, same bits", debug: 100
    ) { center, replay in
        var other = center.scenario
        let code = { (language: String) in language == "en" ? "pl" : "uk" }
        for t in other.contactTypes.indices {
            other.contactTypes[t].id = "renamed_\(t)"
            other.contactTypes[t].languages = other.contactTypes[t].languages.map {
                LanguageShare(code($0.code), $0.share)
            }
        }
        for g in other.agentGroups.indices {
            other.agentGroups[g].id = "people_\(g)"
            other.agentGroups[g].languages = other.agentGroups[g].languages.map(code)
        }
        #expect(center.day == PlayedDay(Blueprint(other), seed: center.seed), replay)
        return 1
    }

    static let bystanders = Law(
        "bystanders", "A type without contacts, wherever it is listed, and agents without a used skill change no bit",
        debug: 100
    ) { center, replay in
        let (plan, plain) = (center.plan, center.day)
        var other = center.scenario
        other.contactTypes.insert(
            ContactType(
                id: "silent", open: [TimeSpan(0, 14_400)], arrivals: [], talk: .fixed(Fixed(60)),
                patience: .fixed(Fixed(1)), redial: Redial(share: 1, delay: .fixed(Fixed(1))),
                target: ServiceTarget(share: 1, within: 1)), at: 0)
        for g in other.agentGroups.indices {
            for s in other.agentGroups[g].skills.indices { other.agentGroups[g].skills[s].contactType += 1 }
        }
        other.agentGroups.append(
            AgentGroup(
                id: "waiting", skills: [Skill(0)],
                staffing: .curve([StaffingTimeSpan(TimeSpan(0, plan.length), agents: 2.5)])))
        let day = PlayedDay(Blueprint(other), seed: center.seed).picked(
            classes: 1..<(plain.classCount + 1), types: 1..<(plain.typeCount + 1), groups: 0..<plain.groupCount)
        #expect(day == plain, replay)
        return 1
    }

    static let department = Law(
        "department", "A department with callers and people of its own changes no bit for the others", debug: 100
    ) { center, replay in
        var other = center.scenario
        // Lines are shared.
        other.rules.waitingLimit = nil
        let hasLimit = center.scenario.rules.waitingLimit != nil
        let plain = hasLimit ? PlayedDay(Blueprint(other), seed: center.seed) : center.day
        let whole = TimeSpan(0, center.plan.length)
        other.contactTypes.append(
            ContactType(
                id: "apart", open: [whole], arrivals: [ArrivalTimeSpan(whole, contacts: 80)],
                talk: .exponential(Exponential(mean: 200)), patience: .exponential(Exponential(mean: 90)),
                redial: Redial(share: 0.5, delay: .exponential(Exponential(mean: 100))),
                target: ServiceTarget(share: 0.8, within: 20)))
        other.agentGroups.append(
            AgentGroup(
                id: "apart", skills: [Skill(plain.typeCount)],
                staffing: .curve([StaffingTimeSpan(whole, agents: 1)])))
        let day = PlayedDay(Blueprint(other), seed: center.seed)
        #expect(day.entries.contains { $0.type == plain.typeCount }, replay)
        #expect(
            day.picked(
                classes: 0..<plain.classCount, types: 0..<plain.typeCount, groups: 0..<plain.groupCount) == plain,
            replay)
        return 1
    }

    // MARK: What scales

    static let changeOfUnit = Law(
        "changeOfUnit", "All times multiplied by a power of two: the same contacts, every time multiplied exactly",
        debug: 120, least: 1.0 / 6
    ) { center, replay in
        let factor = [0.25, 0.5, 2, 8][Int(center.seed % 4)]
        let plain = center.scenario.withoutBreaks
        guard let slow = plain.slowed(by: factor) else { return 0 }
        let a = PlayedDay(Blueprint(plain), seed: center.seed)
        let b = PlayedDay(Blueprint(slow), seed: center.seed)
        let contactWidth = Observations.Contact.count
        let groupWidth = Observations.Group.count
        let timed = Set(Self.seconds.map(\.rawValue))
        let isSame =
            a.queueMax == b.queueMax
            && zip(a.contacts, b.contacts).enumerated().allSatisfy { i, pair in
                pair.1 == pair.0 * (timed.contains(i % contactWidth) ? factor : 1)
            }
            && zip(a.groups, b.groups).enumerated().allSatisfy { i, pair in
                pair.1 == pair.0 * (i % groupWidth == Observations.Group.answered.rawValue ? 1 : factor)
            }
            && a.entries.count == b.entries.count
            && zip(a.entries, b.entries).allSatisfy { x, y in
                y.time == x.time * factor && y.offeredAt == x.offeredAt * factor
                    && y.handling?.until == x.handling.map { $0.until * factor }
                    && y.handling?.agent == x.handling?.agent && y.outcome == x.outcome && y.number == x.number
                    && y.attempt == x.attempt && y.queued?.ahead == x.queued?.ahead
                    && y.queued?.busy == x.queued?.busy && y.queued?.away == x.queued?.away
            }
        #expect(isSame, replay)
        return 1
    }

    static let moreAgents = Law(
        "moreAgents", "One more agent, same draws: no caller of a single patient queue is answered later", debug: 60
    ) { center, replay in
        var dice = Dice(seed: center.seed)
        let agents = Double(1 + dice.next() % 8)
        let talk = dice.uniform(60, 400)
        let whole = TimeSpan(0, 7200)
        let type = ContactType(
            id: "calls", open: [whole],
            arrivals: [
                ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 3600 * agents / talk * dice.uniform(0.6, 1.2)),
                ArrivalTimeSpan(TimeSpan(3600, 7200), contacts: 3600 * agents / talk * dice.uniform(0.6, 1.2)),
            ], talk: .lognormal(Lognormal(mean: talk, spread: 1.2)),
            target: ServiceTarget(share: 0.8, within: 20))
        let starts = [agents, agents + 1].map { agents -> [UInt64: Double] in
            let day = SmallDay([type], [SmallDay.agents(count: agents, to: 1e6)], step: 1e6, periods: 1)
            let played = PlayedDay(Blueprint(day.scenario), seed: center.seed)
            return Dictionary(uniqueKeysWithValues: played.entries.map { ($0.number, $0.time) })
        }
        #expect(starts[0].count == starts[1].count, replay)
        var sooner = 0.0
        // Kiefer and Wolfowitz (1955): the ordered times at which agents get free are no later, one by one. Times
        // are sums in another order, so they are rounded otherwise.
        for (number, start) in starts[0] {
            #expect((starts[1][number] ?? .infinity) <= start + 1e-6, replay)
            if (starts[1][number] ?? .infinity) < start { sooner += 1 }
        }
        return sooner
    }

    // MARK: Order of play

    static let shards = Law(
        "shards", "Replications played in any order, by one engine or by many, see the same bits", debug: 60
    ) { center, replay in
        let (plan, seed) = (center.plan, center.seed)
        var one = Replication(plan, seed: seed)
        let together = (0..<3).map { PlayedDay(&one, $0) }
        #expect(center.day == together[0], replay)
        var other = Replication(plan, seed: seed)
        for number in [2, 0] { #expect(PlayedDay(&other, number) == together[number], replay) }
        #expect(PlayedDay(plan, seed: center.seed, replication: 1) == together[1], replay)
        // Where contacts come at given instants and take given times, all days are alike.
        let isDrawn = plan.types.contains {
            $0.given.volumes == .expected && $0.given.arrivals.contains { $0.contacts > 0 }
        }
        #expect(!isDrawn || together[0] != together[1] || together[0].entries.isEmpty, replay)
        return 1
    }

    static let threads = Law(
        "threads", "One, two and three threads: the same results to the last bit", debug: 12, release: 200
    ) { center, replay in
        var scenario = center.scenario
        scenario.experiment.replications = 6
        let one = try Experiment(scenario, threads: 1).run()
        for threads in [2, 3] {
            let other = try Experiment(scenario, threads: threads).run()
            #expect(other.types.map(\.sum) == one.types.map(\.sum), replay)
            for metric in Metric.catalogue {
                let isSame = other.types.map { $0.tally(metric) } == one.types.map { $0.tally(metric) }
                #expect(isSame, "\(metric.name): \(replay)")
            }
            for p in one.scenario.horizon.periods.indices {
                for t in one.types.indices {
                    let (a, b) = (one.figures(period: p, type: t), other.figures(period: p, type: t))
                    #expect(a.mean == b.mean && a.serviceLevel == b.serviceLevel, replay)
                }
            }
            #expect(other.periodOccupancy == one.periodOccupancy, replay)
            #expect(
                other.types.indices.map { other.waitPercentile(0.9, type: $0) }
                    == one.types.indices.map { one.waitPercentile(0.9, type: $0) }, replay)
        }
        return 1
    }

    // MARK: The naive twin

    static let naiveTwin = Law(
        "naiveTwin", "A naive simulator sees the same day: event by event, and in every sum of every cell", debug: 100,
        least: 10
    ) { center, replay in
        let (plan, day) = (center.plan, center.day)
        // It knows counted contacts only at given instants.
        let isBeyond = plan.types.contains { type in
            type.given.volumes == .actual && type.given.arrivals.contains { $0.timeSpan.length > 0 }
        }
        if isBeyond { return 0 }
        var twin = NaiveDay(plan, seed: center.seed, replication: 0)
        twin.play()
        let seen = Twins.sorted(day.entries)
        let expected = Twins.sorted(twin.entries)
        let difference = zip(seen, expected).first { $0 != $1 }
        #expect(seen.count == expected.count && difference == nil, replay)
        let sums = twin.sums()
        for i in day.contacts.indices where !Lawful.isNear(day.contacts[i], sums.contacts[i]) {
            let column = Observations.Contact(rawValue: i % Observations.Contact.count)!
            Issue.record("\(column): \(day.contacts[i]), twin \(sums.contacts[i]); \(replay)")
        }
        for i in day.groups.indices where !Lawful.isNear(day.groups[i], sums.groups[i]) {
            let column = Observations.Group(rawValue: i % Observations.Group.count)!
            Issue.record("\(column): \(day.groups[i]), twin \(sums.groups[i]); \(replay)")
        }
        return Double(seen.count)
    }
}

extension Scenario {
    /// Shifts without lunch and breaks, whose times are rounded to whole minutes.
    fileprivate var withoutBreaks: Scenario {
        var plain = self
        for g in plain.agentGroups.indices {
            guard case .shifts(let blocks) = plain.agentGroups[g].staffing else { continue }
            plain.agentGroups[g].staffing = .shifts(
                blocks.map { ShiftBlock(shift: $0.shift, day: $0.day, timeSpan: $0.timeSpan, people: $0.people) })
        }
        return plain
    }

    /// The same center with every time multiplied; nil where a logarithm would round the product. Handle times are
    /// multiplied by the groups' factors.
    fileprivate func slowed(by factor: Double) -> Scenario? {
        func slow(_ timeSpan: TimeSpan) -> TimeSpan { TimeSpan(timeSpan.start * factor, timeSpan.end * factor) }
        func slow(_ distribution: Distribution) -> Distribution? {
            switch distribution.shape {
            case let d as Fixed: .fixed(Fixed(d.mean * factor))
            case let d as Exponential: .exponential(Exponential(mean: d.mean * factor))
            case let d as Gamma: .gamma(Gamma(shape: d.shape, mean: d.mean * factor))
            case let d as Weibull: .weibull(Weibull(shape: d.shape, scale: d.scale * factor))
            case let d as Uniform: .uniform(Uniform(d.low * factor, d.high * factor))
            case let d as Hyperexponential: .hyperexponential(d.scaled(by: factor))
            default: nil
            }
        }
        var result = self
        for d in horizon.days.indices {
            result.horizon.days[d].start *= factor
            result.horizon.days[d].end *= factor
        }
        for p in horizon.periods.indices {
            result.horizon.periods[p].start *= factor
            result.horizon.periods[p].end *= factor
        }
        for t in contactTypes.indices {
            var type = contactTypes[t]
            type.open = type.open.map { slow($0) }
            for i in type.arrivals.indices { type.arrivals[i].timeSpan = slow(type.arrivals[i].timeSpan) }
            if let patience = type.patience {
                guard let slower = slow(patience) else { return nil }
                type.patience = slower
            }
            if let delay = type.redial?.delay {
                guard let slower = slow(delay) else { return nil }
                type.redial?.delay = slower
            }
            type.target?.acceptableWait *= factor
            type.shortAbandon *= factor
            result.contactTypes[t] = type
        }
        for g in agentGroups.indices {
            for s in agentGroups[g].skills.indices { result.agentGroups[g].skills[s].handlingFactor *= factor }
            switch agentGroups[g].staffing {
            case .asNeeded: break
            case .curve(let portions):
                result.agentGroups[g].staffing = .curve(
                    portions.map { StaffingTimeSpan(slow($0.timeSpan), agents: $0.agents) })
            case .shifts(let blocks):
                result.agentGroups[g].staffing = .shifts(
                    blocks.map {
                        ShiftBlock(shift: $0.shift, day: $0.day, timeSpan: slow($0.timeSpan), people: $0.people)
                    })
            }
        }
        return result
    }
}
