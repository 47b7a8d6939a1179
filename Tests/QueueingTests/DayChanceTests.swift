import Foundation
import TestSupport
import Testing

@testable import Probability
@testable import Queueing

/// The chance that a day meets its target, against the formulas where they know it and by its laws where they do not.
@Suite("The chance that a day meets its target")
struct DayChanceTests {
    static let target = DayTarget(share: 0.8, within: 30)
    static let timeSpan = UncertainDay(
        contacts: 22, in: 1800, handlingTime: 360, patience: 180, target: target)

    @Test("a settled stretch has the service level and hang-ups of Erlang A and C, however short it is")
    func settledStretch() throws {
        for (contacts, handling, patience, agents) in [
            (22.0, 360.0, 180.0, 6), (22, 360, .infinity, 6), (3, 400, 90, 1), (150, 300, 120, 24),
            (40, 240, .infinity, 6),
            (30, 300, 60, 3),
        ] {
            let day = UncertainDay(
                contacts: contacts, in: 1800, handlingTime: handling, patience: patience, target: Self.target)
            let seen = try #require(DayChance(day, seed: 11, precision: 0.03, confidence: 0.999).of(agents: agents))
            let exact = day.queue(0).measures(agents: Double(agents), within: 30)
            let level = try #require(seen.serviceLevel)
            let share = try #require(exact.serviceLevels.ofAllOffered)
            #expect(level.low <= share && share <= level.high, "\(contacts) \(agents): \(level), \(share)")
            let lost = try #require(seen.abandonment)
            let abandonment = try #require(exact.abandonment)
            #expect(
                lost.low <= abandonment && abandonment <= lost.high, "\(contacts) \(agents): \(lost), \(abandonment)")
        }
    }

    @Test("a stretch with other laws is run in: the service level is that of the queue with these patiences")
    func runIn() throws {
        let patience = Weibull(mean: 150, spread: 0.6)
        var day = Self.timeSpan
        day.patience = .weibull(patience)
        let seen = try #require(DayChance(day, seed: 3, precision: 0.025, confidence: 0.999).of(agents: 5))
        let exact = ImpatientQueue(
            arrivalRate: 22.0 / 1800, handlingTime: 360,
            patience: .weibull(shape: patience.shape, scale: patience.scale))
        let share = try #require(exact.measures(agents: 5, within: 30).serviceLevels.ofAllOffered)
        let level = try #require(seen.serviceLevel)
        #expect(level.low <= share && share <= level.high, "\(level), \(share)")
        // From the doors' opening it would be a better one: the run-in is not idle.
        day.start = .empty
        let fresh = try #require(
            DayChance(day, seed: 3, precision: 0.025, confidence: 0.999).of(agents: 5)?.serviceLevel)
        #expect(fresh.low > share)
    }

    @Test("a day that opens empty has the exact day's service level, with every change of staffing in it")
    func varyingDay() throws {
        let intervals: [VaryingDay.Interval] = [
            .init(arrivalRate: 0.02, agents: 6, duration: 900), .init(arrivalRate: 0.05, agents: 12, duration: 900),
            .init(arrivalRate: 0.03, agents: 7, duration: 900), .init(arrivalRate: 0.035, agents: 11, duration: 900),
        ]
        let day = UncertainDay(
            intervals: intervals, handlingTime: .exponential(Exponential(mean: 240)),
            patience: .exponential(Exponential(mean: 100)), target: DayTarget(share: 0.8, within: 20))
        let exact = VaryingDay(intervals: intervals, handlingTime: 240, patience: 100).exactMeasures(within: 20)
        let share =
            exact.reduce(0) { $0 + $1.offered * ($1.serviceLevels.ofAllOffered ?? 0) } / day.expectedContacts
        let seen = try #require(DayChance(day, seed: 5, precision: 0.03, confidence: 0.999).ofPlan()?.serviceLevel)
        #expect(seen.low <= share && share <= seen.high, "\(seen), \(share)")
        #expect(seen.halfWidth < 0.015)
    }

    @Test("staffed to meet the target on average, about every second day meets it (Roubos, Koole, Stolletz 2012)")
    func everySecondDay() throws {
        // A long stretch, and what it promises is exactly its average.
        let queue = SingleQueue(arrivalRate: 0.1, handlingTime: 240, patience: 200)
        let share = try #require(queue.measures(agents: 26, within: 20).serviceLevels.ofAllOffered)
        func chance(hours: Double) throws -> Estimate {
            let day = UncertainDay(
                contacts: 360 * hours, in: 3600 * hours, handlingTime: 240, patience: 200,
                target: DayTarget(share: share, within: 20))
            return try #require(DayChance(day, precision: 0.05).of(agents: 26)?.chance)
        }
        let day = try chance(hours: 4)
        #expect(abs(day.value - 0.5) < 0.09, "\(day)")
        // A single half-hour succeeds more often than it fails, because the bad ones are very bad.
        let halfHour = try chance(hours: 0.5)
        #expect(halfHour.low > 0.5)
    }

    @Test("where the day's factor rules, the chance is that of a factor the agents can bear")
    func dayFactor() throws {
        let busyness = BusynessFactor(spread: 0.15)
        let queue = SingleQueue(contacts: 1500, per: 9000, handlingTime: 240, patience: 150)
        let goals = Self.target.goals
        for agents in [38, 45] {
            let formula = busyness.chance(of: goals, queue, agents: Double(agents))
            let day = UncertainDay(
                contacts: 1500, in: 9000, handlingTime: 240, patience: 150, target: Self.target, busyness: busyness)
            let seen = try #require(DayChance(day, precision: 0.05).of(agents: agents)?.chance)
            #expect(abs(seen.value - formula) < 0.04, "\(agents): \(seen), \(formula)")
            #expect(formula > 0.1 && formula < 0.97)
        }
    }

    @Test("absences: the chance is the mixture over how many come")
    func absences() throws {
        var day = Self.timeSpan
        day.absenteeism = Absenteeism(share: 0.12)
        let seen = try #require(DayChance(day, seed: 9, precision: 0.02, confidence: 0.999).of(agents: 9)?.chance)
        var mixture = 0.0
        var width = 0.0
        for (present, share) in Self.turnouts(of: 9, day.absenteeism) where share > 1e-4 {
            let part = try #require(
                DayChance(Self.timeSpan, seed: 10, precision: 0.025, confidence: 0.999).of(agents: present)?.chance)
            mixture += share * part.value
            width += share * part.halfWidth
        }
        #expect(abs(seen.value - mixture) < seen.halfWidth + width, "\(seen), \(mixture)")
        #expect(seen.high < DayChance(Self.timeSpan).of(agents: 9)?.chance.low ?? 0)
    }

    static func turnouts(of scheduled: Int, _ absenteeism: Absenteeism) -> [(Int, Double)] {
        var turnouts: [(Int, Double)] = []
        absenteeism.forEachTurnout(of: scheduled) { turnouts.append(($0, $1)) }
        return turnouts
    }

    @Test("no absences and a factor that hardly varies change nothing")
    func certain() throws {
        let plain = try #require(DayChance(Self.timeSpan).of(agents: 6))
        var day = Self.timeSpan
        day.absenteeism = Absenteeism(share: 0)
        #expect(DayChance(day).of(agents: 6) == plain)
        day.busyness = BusynessFactor(shape: 1e12)
        let nearly = try #require(DayChance(day).of(agents: 6))
        #expect(abs(nearly.chance.value - plain.chance.value) < 1e-3)
    }

    @Test("more agents on the same days never lower the chance")
    func monotone() throws {
        var day = Self.timeSpan
        for (busyness, away) in [(nil, 0), (BusynessFactor(spread: 0.2), 0.1)] {
            day.busyness = busyness
            day.absenteeism = Absenteeism(share: away)
            let chances = try (0...14).map { try #require(DayChance(day, precision: 0.04).of(agents: $0)?.chance) }
            for (fewer, more) in zip(chances, chances.dropFirst()) {
                // An agent more may answer a contact that would have gone, to the cost of the next ones; on other days.
                #expect(more.value >= fewer.value - 0.003)
            }
            #expect(try #require(chances.first).value < 0.01)
            #expect(try #require(chances.last).value > 0.97)
        }
    }

    @Test("time in other units: twice as slow in everything is the same chance to the last bit")
    func rescaled() throws {
        for handling in [
            (1.0, Distribution.exponential(Exponential(mean: 300))), (2.0, .exponential(Exponential(mean: 600))),
        ] {
            let unit = handling.0
            let day = UncertainDay(
                intervals: [
                    .init(arrivalRate: 0.03 / unit, agents: 9, duration: 900 * unit),
                    .init(arrivalRate: 0.04 / unit, agents: 14, duration: 1800 * unit),
                ], handlingTime: handling.1, patience: .exponential(Exponential(mean: 100 * unit)),
                target: DayTarget(share: 0.8, within: 20 * unit, maximumAbandonment: 0.1),
                busyness: BusynessFactor(spread: 0.1), absenteeism: Absenteeism(share: 0.05), start: .settled)
            let seen = try #require(DayChance(day, seed: 1, precision: 0.03).ofPlan())
            let reference = try #require(DayChance(Self.twoPieces, seed: 1, precision: 0.03).ofPlan())
            #expect(seen == reference)
        }
    }

    static let twoPieces = UncertainDay(
        intervals: [
            .init(arrivalRate: 0.03, agents: 9, duration: 900), .init(arrivalRate: 0.04, agents: 14, duration: 1800),
        ], handlingTime: .exponential(Exponential(mean: 300)), patience: .exponential(Exponential(mean: 100)),
        target: DayTarget(share: 0.8, within: 20, maximumAbandonment: 0.1), busyness: BusynessFactor(spread: 0.1),
        absenteeism: Absenteeism(share: 0.05), start: .settled)

    @Test("the same question has the same answer to the last bit, another seed another, and both agree")
    func repeatable() throws {
        let one = try #require(DayChance(Self.twoPieces, seed: 1, precision: 0.03).ofPlan())
        #expect(DayChance(Self.twoPieces, seed: 1, precision: 0.03).ofPlan() == one)
        let other = try #require(DayChance(Self.twoPieces, seed: 2, precision: 0.03).ofPlan())
        #expect(other != one)
        #expect(abs(other.chance.value - one.chance.value) < 0.06)
        #expect(
            DayChance(Self.timeSpan, precision: 0.04).fewest(for: 0.9)
                == DayChance(Self.timeSpan, precision: 0.04).fewest(for: 0.9))
    }

    @Test("the fewest reach the chance, one fewer does not, for any chance")
    func fewest() throws {
        var last = 0
        for chance in [0.05, 0.5, 0.9, 0.99] {
            let answer = DayChance(Self.timeSpan, precision: 0.02).fewest(for: chance)
            let agents = try #require(answer.agents)
            let confirmed = try #require(answer.confirmed?.chance)
            #expect(confirmed.high >= chance, "\(chance): \(confirmed)")
            let fewer = try #require(DayChance(Self.timeSpan, seed: 77, precision: 0.02).of(agents: agents - 1)?.chance)
            #expect(fewer.low < chance, "\(chance): \(fewer)")
            #expect(agents >= last)
            last = agents
        }
        // The average asks for 6 agents at 80 % in 30 s; nine half-hours in ten ask for more.
        #expect(Self.timeSpan.queue(0).agentsNeeded(for: Self.target.goals) == 6)
        #expect(DayChance(Self.timeSpan).fewest(for: 0.9).agents == 8)
    }

    @Test("a day of several intervals: enough, hardly more than enough, and most where most come")
    func fewestOfDay() throws {
        let rates = [0.01, 0.03, 0.05, 0.02, 0.0]
        let day = UncertainDay(
            intervals: rates.map { .init(arrivalRate: $0, agents: 2, duration: 900) },
            handlingTime: .exponential(Exponential(mean: 240)), patience: .exponential(Exponential(mean: 120)),
            target: DayTarget(share: 0.85, within: 20), busyness: BusynessFactor(spread: 0.1),
            absenteeism: Absenteeism(share: 0.05))
        let answer = DayChance(day, precision: 0.03).fewest(for: 0.8)
        let scheduled = try #require(answer.staffing)
        let confirmed = try #require(answer.confirmed?.chance)
        #expect(confirmed.high >= 0.8 && confirmed.value < 0.9, "\(scheduled): \(confirmed)")
        #expect(scheduled[2] == answer.agents && scheduled[1] > scheduled[0] && scheduled[4] == 2)
        var fewer = scheduled
        for i in 0..<4 { fewer[i] -= 1 }
        #expect(try #require(DayChance(day, precision: 0.02).of(staffing: fewer)?.chance).high < 0.8)
    }

    @Test("no answer is an answer: certainty, a rota that stays at home, days without end")
    func noAnswer() throws {
        #expect(DayChance(Self.timeSpan).fewest(for: 1) == .none(.neverCertain))
        var away = Self.timeSpan
        away.absenteeism = Absenteeism(share: 1)
        #expect(DayChance(away).fewest(for: 0.5) == .none(.nobodyComes))
        let huge = UncertainDay(contacts: 1e12, in: 3600, handlingTime: 300, target: Self.target)
        #expect(DayChance(huge).fewest(for: 0.9) == .none(.tooLarge))
        #expect(DayChance(huge).of(agents: 5) == nil)
        for reason in [FewestForChance.Reason.nobodyComes, .neverCertain, .tooLarge] {
            #expect(!reason.description.isEmpty)
        }
    }

    @Test("days without contacts keep every promise, and nobody is needed for them")
    func nobodyCalls() throws {
        let quiet = UncertainDay(contacts: 0, in: 1800, handlingTime: 300, target: Self.target)
        let seen = try #require(DayChance(quiet).of(agents: 0))
        #expect(seen.chance.value == 1 && seen.serviceLevel == nil && seen.dailyLevel(0.5) == nil)
        #expect(DayChance(quiet).fewest(for: 0.99).agents == 0)
        // One contact expected and nobody there: the days on which none comes, e⁻¹ of them.
        let rare = UncertainDay(contacts: 1, in: 1800, handlingTime: 300, patience: 60, target: Self.target)
        let alone = try #require(DayChance(rare, precision: 0.03, confidence: 0.999).of(agents: 0)?.chance)
        #expect(alone.low < exp(-1) && exp(-1) < alone.high)
        let nothing = UncertainDay(intervals: [], handlingTime: .fixed(Fixed(60)), target: Self.target)
        #expect(DayChance(nothing).ofPlan()?.chance.value == 1)
        #expect(DayChance(nothing).fewest(for: 0.9).agents == 0)
    }

    @Test("a queue that grows without end keeps no promise, and one overloaded day in two halves the chance")
    func overload() throws {
        let day = UncertainDay(contacts: 30, in: 1800, handlingTime: 360, target: Self.target)
        #expect(DayChance(day).of(agents: 5)?.chance.value == 0)
        #expect(DayChance(day).of(agents: 6)?.serviceLevel?.value == 0)
        var varying = UncertainDay(contacts: 1500, in: 9000, handlingTime: 240, target: Self.target)
        varying.busyness = BusynessFactor(spread: 0.5)
        // 40 erlangs on average: half the days have more than the median factor.
        let agents = Int((40 * BusynessFactor(spread: 0.5).quantile(0.5)).rounded(.up))
        let seen = try #require(DayChance(varying, precision: 0.05).of(agents: agents)?.chance)
        #expect(seen.value > 0.35 && seen.value < 0.5)
    }

    @Test("every rule of counting, by the counts of a day")
    func rules() {
        let day = DayCounts(offered: 20, answered: 14, answeredInTime: 11, abandoned: 6, abandonedInTime: 4)
        func isMet(_ share: Double, _ rule: ServiceLevels.Rule, _ abandonment: Double? = nil) -> Bool {
            DayTarget(share: share, within: 20, counting: rule, maximumAbandonment: abandonment).isMet(by: day)
        }
        #expect(isMet(0.55, .ofAllOffered) && !isMet(0.5501, .ofAllOffered))
        #expect(isMet(11.0 / 16, .withoutShortAbandons) && !isMet(0.69, .withoutShortAbandons))
        #expect(isMet(0.75, .abandonsCountAsMet) && !isMet(0.751, .abandonsCountAsMet))
        #expect(isMet(11.0 / 14, .ofAnswered) && !isMet(0.79, .ofAnswered))
        #expect(isMet(0.5, .ofAllOffered, 0.3) && !isMet(0.5, .ofAllOffered, 0.29))
        let lost = DayCounts(offered: 3, answered: 0, answeredInTime: 0, abandoned: 3, abandonedInTime: 3)
        #expect(!DayTarget(share: 0.5, within: 20, counting: .ofAnswered).isMet(by: lost))
        #expect(!DayTarget(share: 0.5, within: 20, counting: .withoutShortAbandons).isMet(by: lost))
        #expect(DayTarget(share: 0, within: 20).isMet(by: lost))
        for rule in ServiceLevels.Rule.allCases {
            #expect(DayTarget(share: 1, within: 0, counting: rule, maximumAbandonment: 0).isMet(by: DayCounts()))
        }
    }

    @Test("total: any numbers give chances between 0 and 1")
    func fuzzed() {
        var dice = Dice(seed: 99)
        let odd: [Double] = [0, 1e-300, 1e-9, 0.5, 1, 30, 1e4, 1e9, 1e300, -1, .nan, .infinity]
        for _ in 0..<120 {
            var day = UncertainDay(
                contacts: dice.pick([0, 0.1, 3, 40, .nan, -2]), in: dice.pick([0, 1800, 1e6]),
                handlingTime: dice.pick(odd), patience: dice.pick([0, 1e-300, 0.5, 30, 1e4, .nan, .infinity]),
                agents: dice.pick([-1, 0, 1, 5, 40]),
                target: DayTarget(
                    share: dice.pick(odd), within: dice.pick(odd), counting: dice.pick(ServiceLevels.Rule.allCases),
                    maximumAbandonment: dice.pick([nil, 0, 0.05, .nan])),
                busyness: dice.pick([
                    nil, BusynessFactor(spread: 0.1), BusynessFactor(shape: 0), BusynessFactor(shape: 1e12),
                ]),
                absenteeism: Absenteeism(share: dice.pick(odd)))
            if dice.pick([true, false]) { day.start = .empty }
            if dice.pick([true, false]) { day.handlingTime = .lognormal(Lognormal(mean: 200, spread: 2)) }
            let chance = DayChance(day, precision: 0.2, confidence: dice.pick([0, 0.5, 0.95, 0.999])).ofPlan()
            if let chance {
                #expect(chance.chance.value >= 0 && chance.chance.value <= 1, "\(day)")
                #expect(chance.chance.low <= chance.chance.value && chance.chance.value <= chance.chance.high)
                #expect((chance.dailyLevel(0.1) ?? 0) <= (chance.dailyLevel(0.9) ?? 1))
                #expect(!(chance.serviceLevel?.value.isNaN ?? false))
            }
        }
    }
}

@Suite("The score interval")
struct WilsonTests {
    @Test("9 of 10 by hand, and its ends")
    func byHand() {
        let z = 1.959963984540054
        let seen = Wilson.estimate(hits: 9, trials: 10, confidence: 0.95)
        // The ends solve (p − x)² = z² x (1 − x) / n.
        for end in [seen.low, seen.high] {
            #expect(abs((0.9 - end) * (0.9 - end) - z * z * end * (1 - end) / 10) < 1e-12)
        }
        #expect(Wilson.estimate(hits: 0, trials: 10, confidence: 0.95).low == 0)
        #expect(Wilson.estimate(hits: 10, trials: 10, confidence: 0.95).high == 1)
        let nothing = Wilson.estimate(hits: 0, trials: 0, confidence: 0.95)
        #expect(nothing.low == 0 && nothing.high == 1)
        #expect(Wilson.trials(at: 0.5, halfWidth: 0.01, confidence: 0.95) == 9604)
    }

    @Test("it covers as often as it says")
    func coverage() {
        var dice = Dice(seed: 1)
        for p in [0.02, 0.3, 0.9] {
            var covered = 0
            for _ in 0..<2000 {
                let hits = (0..<400).count { _ in dice.uniform(0, 1) < p }
                let seen = Wilson.estimate(hits: hits, trials: 400, confidence: 0.95)
                if seen.low <= p && p <= seen.high { covered += 1 }
            }
            #expect(covered > 1860 && covered < 1960, "\(p): \(covered)")
        }
    }
}

@Suite("A settled stretch of other laws than the exponential")
struct SettledStretchTests {
    @Test("fixed handling times of the patient: answered after the mean wait of M/D/n, from small to large")
    func fixedHandling() throws {
        for (agents, load, contacts) in [(6, 4.8, 60.0), (40, 37.0, 300), (150, 146.0, 600)] {
            let rate = load / 300
            var day = UncertainDay(
                contacts: contacts, in: contacts / rate, handlingTime: 300, target: DayTarget(share: 0.8, within: 30))
            day.handlingTime = .fixed(Fixed(300))
            var player = DayPlayer(day, scheduled: [agents], seed: 5)
            var days = RatioTally()
            for number in 0..<600 {
                var sum = 0.0
                let counts = player.play(number) { _, wait, _ in sum += wait }
                days.add(sum, over: Double(counts.offered))
            }
            let seen = try #require(days.estimate(confidence: 0.999))
            let exact = ExactPatientWait.fixedHandling(arrivalRate: rate, handlingTime: 300, agents: agents)
            #expect(seen.low * 0.95 <= exact && exact <= seen.high * 1.05, "\(agents): \(seen), \(exact)")
        }
    }

    @Test("a large queue is there at once: as many in service as the load, through the whole stretch")
    func large() {
        var day = UncertainDay(
            contacts: 2000, in: 2000 / 22.0, handlingTime: 360, patience: 600, target: DayTarget(share: 0.8, within: 30)
        )
        day.handlingTime = .lognormal(Lognormal(mean: 360, spread: 0.7))
        // Far more agents than work: whoever comes is answered at once, whatever was there before.
        var player = DayPlayer(day, scheduled: [8400], seed: 1)
        var waited = 0
        for number in 0..<10 { _ = player.play(number) { _, wait, _ in if wait > 0 { waited += 1 } } }
        #expect(waited == 0)
    }
}
