import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Other programs for the same path, fed the same draws: what they see must be equal, not close.
@Suite struct Twins {
    /// A contact type with Poisson arrivals through the whole of `length`.
    static func steady(
        _ contacts: Double, _ length: Double, talk: Distribution, patience: Distribution? = nil
    ) -> ContactType {
        ContactType(
            id: "calls", open: [TimeSpan(0, length)],
            arrivals: [ArrivalTimeSpan(TimeSpan(0, length), contacts: contacts)],
            talk: talk, patience: patience, target: ServiceTarget(share: 0.8, within: 20))
    }

    /// One play of a single queue, and the same contacts as arrivals, talk times and patience.
    static func singleQueue(
        _ type: ContactType, agents: Int, seed: UInt64
    ) throws -> (seen: Counts, contacts: [(arrival: Double, talk: Double, patience: Double)]) {
        let length = type.open[0].end
        // The agents stay long enough for everybody who waits at the end.
        let group = SmallDay.agents(count: Double(agents), to: 10 * length)
        var day = SmallDay([type], [group], step: 10 * length, periods: 1)
        day.scenario.experiment.seed = seed
        let address = RandomAddress(seed: seed, replication: 0)
        let draw = { (purpose: RandomAddress.Purpose, n: Int) in
            address.uniform(subject: 0, purpose, index: UInt64(n))
        }
        var contacts: [(Double, Double, Double)] = []
        var goal = -PortableMath.log(1 - draw(.arrival, 0))
        let expected = type.arrivals[0].contacts
        while goal < expected {
            let n = contacts.count
            contacts.append(
                (
                    length * (goal / expected), type.talk.quantile(draw(.talk, n)),
                    type.patience?.quantile(draw(.patience, n)) ?? .infinity
                ))
            goal += -PortableMath.log(1 - draw(.arrival, n + 1))
        }
        return (try day.played().counts(), contacts)
    }

    @Test(
        "One agent: Lindley's recursion gives the same sum of waits, to the last bit", arguments: [1, 2, 3] as [UInt64])
    func lindley(seed: UInt64) throws {
        let talk = Distribution.lognormal(Lognormal(mean: 100, spread: 1.3))
        let (seen, contacts) = try Self.singleQueue(Self.steady(900, 100_000, talk: talk), agents: 1, seed: seed)
        // The moment at which the agent gets free, instead of the wait: the same additions in the same order.
        var free = 0.0
        var sum = 0.0
        for contact in contacts {
            let start = max(free, contact.arrival)
            sum += start - contact.arrival
            free = start + contact.talk
        }
        #expect(contacts.count > 700)
        #expect(seen.offered == Double(contacts.count) && seen.answered == seen.offered)
        #expect(seen.waitOfAnswered == sum)
    }

    @Test(
        "Several agents: Kiefer and Wolfowitz's recursion with patience gives the same figures, to the last bit",
        arguments: [
            (2, 0.9, 200.0), (7, 1.0, 60), (30, 1.1, 90), (100, 1.0, 120), (5, 2.5, 300), (12, 0.8, .infinity),
        ])
    func kieferWolfowitz(agents: Int, load: Double, patience: Double) throws {
        let mean = 180.0
        let length = 3000 * mean / (load * Double(agents))
        let (seen, contacts) = try Self.singleQueue(
            Self.steady(
                3000, length, talk: .exponential(Exponential(mean: mean)),
                patience: patience < .infinity ? .weibull(Weibull(mean: patience, spread: 0.8)) : nil),
            agents: agents, seed: UInt64(agents))
        var free = [Double](repeating: 0, count: agents)
        var waits = 0.0
        var answered = 0.0
        var inTime = 0.0
        var lost = [Double]()
        for contact in contacts {
            let first = free.indices.min { free[$0] < free[$1] }!
            let start = max(free[first], contact.arrival)
            if contact.arrival + contact.patience < start {
                lost.append(contact.arrival + contact.patience - contact.arrival)
                continue
            }
            waits += start - contact.arrival
            answered += 1
            if start - contact.arrival <= 20 { inTime += 1 }
            free[first] = start + contact.talk
        }
        #expect(seen.offered == Double(contacts.count) && seen.answered == answered)
        #expect(seen.abandoned == Double(lost.count))
        #expect(seen.waitOfAnswered == waits && seen.answeredInTime == inTime)
        // Those who hung up are counted in another order.
        let sum = lost.reduce(0, +)
        #expect(abs(seen.waitOfAbandoned - sum) <= 1e-12 * sum)
    }

    /// A day with most of what the engine knows, drawn from a seed: the seed replays it.
    static func anyDay(_ seed: UInt64) -> Scenario {
        var dice = Dice(seed: seed)
        let length = 7200.0
        // Every third day runs by whole half minutes, so that many events fall on the same instant.
        let isOnGrid = seed % 3 == 0
        let shape = { (dice: inout Dice, mean: Double) -> Distribution in
            switch isOnGrid ? 0 : dice.next() % 4 {
            case 0: .fixed(Fixed((mean / 60).rounded(.up) * 60))
            case 1: .exponential(Exponential(mean: mean))
            case 2: .lognormal(Lognormal(mean: mean, spread: 0.9))
            default: .weibull(Weibull(mean: mean, spread: 1.3))
            }
        }
        let typeCount = Int(1 + dice.next() % 4)
        let types = (0..<typeCount).map { t -> ContactType in
            let close = dice.pick([length, length, 5000])
            let border = dice.uniform(1000, 4000)
            let volume = dice.uniform(10, 120)
            let instants = (0..<Int(volume)).map { _ in Double(dice.next() % 240) * 30 }.sorted()
            return ContactType(
                id: "type\(t)", priority: Int(1 + dice.next() % 3),
                languages: dice.pick([[], [LanguageShare("en", 0.7), LanguageShare("es", 0.3)]]),
                open: [TimeSpan(dice.pick([0, 0, 600]), close)],
                arrivals: isOnGrid
                    ? instants.map { ArrivalTimeSpan(TimeSpan($0, $0), contacts: 1) }
                    : [
                        ArrivalTimeSpan(TimeSpan(0, border), contacts: volume, handlingFactor: dice.pick([1, 1.25])),
                        ArrivalTimeSpan(TimeSpan(border, length), contacts: volume / 2),
                    ], volumes: isOnGrid ? .actual : .expected, dayToDay: isOnGrid ? 0 : dice.pick([0, 0.2]),
                talk: shape(&dice, dice.uniform(60, 400)),
                hold: isOnGrid ? nil : dice.pick([nil, .exponential(Exponential(mean: 30))]),
                wrapUp: isOnGrid ? nil : dice.pick([nil, .gamma(Gamma(mean: 40, spread: 0.5))]),
                patience: dice.pick([nil, shape(&dice, dice.uniform(30, 300)), shape(&dice, 90)]),
                redial: dice.pick([nil, nil, Redial(share: 0.6, delay: shape(&dice, 300))]),
                target: ServiceTarget(share: 0.8, within: 20))
        }
        let groups = (0..<Int(1 + dice.next() % 4)).map { g -> AgentGroup in
            let skills = (0..<typeCount).compactMap { t -> Skill? in
                dice.next() % 3 == 0
                    ? nil : Skill(t, rank: Int(1 + dice.next() % 2), handlingFactor: dice.pick([1, 1, 1.1]))
            }
            let people = dice.uniform(0.4, 9)
            let change = dice.uniform(1000, 6000)
            let curve = [
                StaffingTimeSpan(TimeSpan(0, change), agents: people),
                StaffingTimeSpan(TimeSpan(change, length), agents: dice.uniform(0, 9)),
            ]
            let shifts = [
                ShiftBlock(
                    shift: "early", day: 0, timeSpan: TimeSpan(0, 5400), people: Int(people.rounded(.up)),
                    lunch: Lunch(length: 900, window: TimeSpan(1800, 4500)), breaks: [300]),
                ShiftBlock(shift: "late", day: 0, timeSpan: TimeSpan(2700, length), people: 3, breaks: [600, 300]),
            ]
            return AgentGroup(
                id: "group\(g)", languages: dice.pick([["en", "es"], ["en"]]), skills: skills,
                staffing: dice.next() % 2 == 0 ? .curve(curve) : .shifts(shifts))
        }
        return Scenario(
            id: "any", name: "Any", horizon: .plain(step: 1800, count: 4), contactTypes: types, agentGroups: groups,
            shrinkage: dice.pick([0, 0.15]),
            rules: Rules(
                waitingAtClose: dice.pick([.serve, .turnAway]), waitingLimit: dice.pick([nil, nil, 4])),
            experiment: ExperimentSettings(replications: 1, seed: seed))
    }

    static func sorted(_ entries: [Diary.Entry]) -> [Diary.Entry] {
        entries.sorted {
            ($0.time, $0.type, $0.number, $0.attempt, $0.outcome.rawValue)
                < ($1.time, $1.type, $1.number, $1.attempt, $1.outcome.rawValue)
        }
    }

    @Test("A naive simulator answers, loses and turns away the same contacts at the same instants by the same agents")
    func naive() {
        var contacts = 0
        for seed in 1...60 as ClosedRange<UInt64> {
            let plan = Blueprint(Self.anyDay(seed))
            for replication in 0..<2 {
                var engine = Replication(plan, seed: seed)
                engine.diary = Diary(plan)
                engine.play(replication)
                var twin = NaiveDay(plan, seed: seed, replication: replication)
                twin.play()
                let seen = Self.sorted(engine.diary?.entries ?? [])
                let expected = Self.sorted(twin.entries)
                let difference = zip(seen, expected).first { $0 != $1 }
                #expect(difference == nil, "Twins.anyDay(\(seed)), replication \(replication)")
                #expect(seen.count == expected.count, "Twins.anyDay(\(seed)), replication \(replication)")
                contacts += seen.count
            }
        }
        #expect(contacts > 8_000)
    }

    @Test("The same where whoever goes home hands back what is in hand: event by event, and in every sum of every cell")
    func handingBack() {
        var (handedBack, lost) = (0, 0)
        for seed in 1...60 as ClosedRange<UInt64> {
            var scenario = Self.anyDay(seed)
            scenario.rules.endOfShift = .handBack
            let plan = Blueprint(scenario)
            let day = PlayedDay(plan, seed: seed)
            var engine = Replication(plan, seed: seed)
            let diary = Diary(plan)
            engine.diary = diary
            engine.play(0)
            var twin = NaiveDay(plan, seed: seed, replication: 0)
            twin.play()
            let difference = zip(Self.sorted(day.entries), Self.sorted(twin.entries)).first { $0 != $1 }
            #expect(day.entries.count == twin.entries.count, "Twins.anyDay(\(seed))")
            #expect(difference == nil, "Twins.anyDay(\(seed))")
            let order = { (a: Diary.Interruption, b: Diary.Interruption) in
                (a.time, a.type, a.number, a.attempt, a.kind.rawValue)
                    < (b.time, b.type, b.number, b.attempt, b.kind.rawValue)
            }
            let (seen, expected) = (diary.interruptions.sorted(by: order), twin.interruptions.sorted(by: order))
            let other = zip(seen, expected).first { a, b in
                (a.kind, a.type, a.number, a.agent) != (b.kind, b.type, b.number, b.agent)
                    || !Lawful.isNear(a.time, b.time) || !Lawful.isNear(a.until, b.until)
            }
            #expect(seen.count == expected.count && other == nil, "Twins.anyDay(\(seed))")
            let sums = twin.sums()
            for i in day.contacts.indices where !Lawful.isNear(day.contacts[i], sums.contacts[i]) {
                let column = Observations.Contact(rawValue: i % Observations.Contact.count)!
                Issue.record("\(column): \(day.contacts[i]), twin \(sums.contacts[i]); Twins.anyDay(\(seed))")
            }
            for i in day.groups.indices where !Lawful.isNear(day.groups[i], sums.groups[i]) {
                let column = Observations.Group(rawValue: i % Observations.Group.count)!
                Issue.record("\(column): \(day.groups[i]), twin \(sums.groups[i]); Twins.anyDay(\(seed))")
            }
            handedBack += seen.count { $0.kind == .handedBack }
            lost += seen.count { $0.kind == .lost }
        }
        #expect(handedBack > 100 && lost > 20)
    }

    @Test("Patience looked at late and patience as events see the same day")
    func patience() {
        for seed in 1...60 as ClosedRange<UInt64> {
            var scenario = Self.anyDay(seed)
            for t in scenario.contactTypes.indices {
                scenario.contactTypes[t].redial = nil
                // Some queues grow beyond a crowd, in which patience is watched.
                if seed % 5 == 1, seed % 3 != 0 { scenario.contactTypes[t].arrivals[0].contacts *= 8 }
            }
            scenario.rules.waitingLimit = nil
            let plan = Blueprint(scenario)
            var late = Replication(plan, seed: seed)
            var events = Replication(plan, seed: seed, watchingPatience: true)
            late.diary = Diary(plan)
            events.diary = Diary(plan)
            late.play(0)
            events.play(0)
            #expect(
                Self.sorted(late.diary?.entries ?? []) == Self.sorted(events.diary?.entries ?? []),
                "Twins.anyDay(\(seed))")
            for i in 0..<late.seen.queueMax.count { #expect(late.seen.queueMax[i] == events.seen.queueMax[i]) }
            for i in 0..<late.seen.groups.count { #expect(late.seen.groups[i] == events.seen.groups[i]) }
            // Sums are added up in another order.
            for i in 0..<late.seen.contacts.count {
                let (a, b) = (late.seen.contacts[i], events.seen.contacts[i])
                #expect(abs(a - b) <= 1e-9 * max(1, abs(b)), "Twins.anyDay(\(seed)), sum \(i)")
            }
        }
    }

    @Test("Ends of handlings noticed late and as events see the same day, to the last bit")
    func ends() {
        for seed in 1...60 as ClosedRange<UInt64> {
            var scenario = Self.anyDay(seed)
            for g in scenario.agentGroups.indices where seed % 2 == 0 {
                // One group to a rank: whoever has been idle longest is then found without noticing the others.
                for s in scenario.agentGroups[g].skills.indices { scenario.agentGroups[g].skills[s].rank = g + 1 }
            }
            // Equal talk times let several handlings end at the same instant.
            if seed % 3 == 0 {
                for t in scenario.contactTypes.indices { scenario.contactTypes[t].talk = .fixed(Fixed(120)) }
            }
            let plan = Blueprint(scenario)
            var late = Replication(plan, seed: seed)
            var events = Replication(plan, seed: seed, watchingEnds: true)
            for number in 0..<2 {
                late.play(number)
                events.play(number)
                let difference = (
                    (0..<late.seen.contacts.count).first { late.seen.contacts[$0] != events.seen.contacts[$0] },
                    (0..<late.seen.groups.count).first { late.seen.groups[$0] != events.seen.groups[$0] },
                    (0..<late.waits.count).first { late.waits[$0] != events.waits[$0] }
                )
                #expect(difference == (nil, nil, nil), "Twins.anyDay(\(seed)), replication \(number)")
                for i in 0..<late.seen.queueMax.count { #expect(late.seen.queueMax[i] == events.seen.queueMax[i]) }
            }
        }
    }
}
