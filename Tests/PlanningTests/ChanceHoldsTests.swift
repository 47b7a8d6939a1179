import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Planning
@testable import Probability
@testable import Tabular

/// What `staff --chance` recommends, played by the engine: as many days meet the target as was told.
@Suite("What a chance recommends holds in the simulation")
struct ChanceHoldsTests {
    /// A day, and how often it must meet its target.
    struct Question: Sendable, CustomStringConvertible {
        var about: String
        var scenario: Scenario
        var chance: Double
        var absence = 0.0
        var description: String { about }
    }

    /// The recommendation with its told chance, and the share of the engine's days that meet the target with it.
    struct Outcome {
        var hours: Double
        var told: Estimate
        var simulated: Estimate

        /// Both intervals at 99.9 % are 3.29 standard deviations wide to each side.
        var agrees: Bool {
            let told = (told.high - told.low) / 3.92
            let simulated = (simulated.high - simulated.low) / 3.92
            return abs(self.told.value - self.simulated.value)
                <= 3.29 * (told * told + simulated * simulated).squareRoot() + 1e-9
        }
    }

    static func outcome(_ question: Question, precision: Double = 0.03, days count: Int = 1000) throws -> Outcome {
        let answers = Requirements(question.scenario).days(
            chance: question.chance, absence: question.absence, precision: precision)
        let day = try #require(answers.first)
        let staffing = try #require(day.fewest.staffing, "\(question): \(day.fewest)")
        let told = try #require(day.fewest.confirmed).chance
        let simulated = try share(question, day, staffing, days: count)
        return Outcome(
            hours: day.paidTime(staffing, in: question.scenario.horizon) / 3600, told: told, simulated: simulated)
    }

    /// Plays the staffing as a curve, interval by interval, and counts the days that meet every promise.
    static func share(_ question: Question, _ day: DayStaffing, _ staffing: [Int], days count: Int) throws -> Estimate {
        var scenario = question.scenario
        let periods = scenario.horizon.periods
        scenario.agentGroups[0].staffing = .curve(
            zip(day.periods, staffing).filter { $1 > 0 }.map {
                StaffingTimeSpan(TimeSpan(periods[$0].start, periods[$0].end), agents: Double($1))
            })
        scenario.absences = Absences(unplanned: question.absence)
        scenario.experiment.replications = count
        scenario.experiment.varianceReduction = .none
        let type = scenario.contactTypes[0]
        let target = try #require(type.target)
        let promised = PromisedShare(target.share)
        let most = type.maxAbandonment.map(PromisedShare.init)
        var hits = 0
        _ = try Experiment(scenario).run(onRun: { _, run in
            let counts = run.types[0]
            let isMet =
                promised.isReached(by: target.rule.numerator(counts), of: target.rule.denominator(counts))
                && most?.isNotExceeded(by: counts.abandoned, of: counts.offered) ?? true
            if isMet || counts.offered == 0 { hits += 1 }
        })
        return Wilson.estimate(hits: hits, trials: count, confidence: 0.95)
    }

    // MARK: Ten questions

    /// `contacts` by half-hour from 08:00 on, all of them while it is open, in `hours` (minutes from 08:00); and this share
    /// of the half-hour's rate while it is closed.
    static func day(
        _ contacts: [Double], factors: [Double]? = nil, hours: [(Double, Double)], whileClosed: Double = 0,
        talk: Distribution = .lognormal(Lognormal(mean: 240, spread: 0.8)), patience: Distribution? = nil,
        change: (inout ContactType) -> Void = { _ in }
    ) -> Scenario {
        var scenario = RequirementsTests.scenario(
            contacts: contacts, patience: patience, factors: factors,
            open: hours.map { TimeSpan($0.0 * 60, $0.1 * 60) })
        let open = scenario.contactTypes[0].open
        scenario.contactTypes[0].arrivals = scenario.contactTypes[0].arrivals.flatMap { whole -> [ArrivalTimeSpan] in
            let inside = open.flatMap { [$0.start, $0.end] }.filter {
                whole.timeSpan.start < $0 && $0 < whole.timeSpan.end
            }
            let cuts = [whole.timeSpan.start] + inside + [whole.timeSpan.end]
            let parts = zip(cuts, cuts.dropFirst()).map { TimeSpan($0, $1) }
            func isOpen(_ part: TimeSpan) -> Bool { open.contains { $0.start <= part.start && part.end <= $0.end } }
            let seconds = parts.filter(isOpen).reduce(0) { $0 + $1.length }
            return parts.map { part in
                let rate =
                    isOpen(part) ? whole.contacts / seconds : whileClosed * whole.contacts / whole.timeSpan.length
                return ArrivalTimeSpan(part, contacts: rate * part.length, handlingFactor: whole.handlingFactor)
            }
        }
        scenario.contactTypes[0].talk = talk
        change(&scenario.contactTypes[0])
        return scenario
    }

    static let patient = Distribution.exponential(Exponential(mean: 180))

    static let ten: [Question] = [
        Question(
            about: "handling times by interval, 3 to 10 minutes",
            scenario: day(
                [20, 20, 20, 20, 20, 20, 20, 20], factors: [0.75, 0.75, 0.75, 1, 1.5, 2, 2.5, 2.5], hours: [(0, 240)],
                patience: patient), chance: 0.8),
        Question(
            about: "open from 08:20 to 11:10",
            scenario: day([Double](repeating: 20, count: 7), hours: [(20, 190)], patience: patient), chance: 0.8),
        Question(
            about: "contacts while closed, 2 % of them",
            scenario: day(
                [Double](repeating: 20, count: 8), hours: [(80, 230)], whileClosed: 0.04, patience: patient),
            chance: 0.75),
        Question(
            about: "lunch closed from 09:45 to 10:30",
            scenario: day([Double](repeating: 18, count: 8), hours: [(0, 105), (150, 240)], patience: patient),
            chance: 0.85),
        Question(
            about: "volume strays by 15 %",
            scenario: day([10, 20, 30, 40, 40, 30, 20, 10], hours: [(0, 240)], patience: patient) {
                $0.dayToDay = 0.15
            },
            chance: 0.9),
        Question(
            about: "nobody hangs up, talk and after-contact work",
            scenario: day([15, 25, 25, 15, 20, 20], hours: [(0, 180)], talk: .gamma(Gamma(mean: 200, spread: 0.5))) {
                $0.wrapUp = .exponential(Exponential(mean: 90))
            }, chance: 0.9),
        Question(
            about: "40 % of those who hang up call again",
            scenario: day(
                [15, 25, 25, 15, 20, 20], hours: [(0, 180)], patience: .weibull(Weibull(mean: 100, spread: 1.4))
            ) {
                $0.redial = Redial(share: 0.4, delay: .exponential(Exponential(mean: 420)))
            }, chance: 0.7),
        Question(
            about: "7 % stay away",
            scenario: day([20, 40, 60, 40, 20, 20], hours: [(0, 180)], patience: patient), chance: 0.9, absence: 0.07),
        Question(
            about: "hang-ups at most 5 %, turned away at closing",
            scenario: {
                var scenario = day(
                    [15, 25, 35, 25, 15], hours: [(0, 140)], talk: .fixed(Fixed(400)), patience: patient
                ) { $0.maxAbandonment = 0.05 }
                scenario.rules.waitingAtClose = .turnAway
                return scenario
            }(), chance: 0.8),
        Question(
            about: "long contacts: 25 minutes, open from 08:15",
            scenario: day(
                [Double](repeating: 12, count: 8), hours: [(15, 240)],
                talk: .lognormal(Lognormal(mean: 1500, spread: 0.7)),
                patience: .exponential(Exponential(mean: 600))), chance: 0.8),
    ]

    @Test("ten recommendations, played", .serialized, arguments: ten)
    func recommendations(_ question: Question) throws {
        let outcome = try Self.outcome(question)
        func percent(_ estimate: Estimate) -> String {
            String(format: "%.1f ± %.1f", estimate.value * 100, estimate.halfWidth * 100)
        }
        let row = String(
            format: "| %@ | %.0f | %.1f | %@ | %@ |", question.about, question.chance * 100, outcome.hours,
            percent(outcome.told), percent(outcome.simulated))
        #expect(outcome.agrees, "\(row)")
        let article = Project.root.appendingPathComponent("Sources/Simulator/Simulator.docc/CheckedAgainst.md")
        #expect(try String(contentsOf: article, encoding: .utf8).contains(row), "the article has another row: \(row)")
        #expect(outcome.told.high >= question.chance)
    }

    // MARK: Random days

    static func random(_ number: Int) -> Question {
        var dice = Dice(seed: UInt64(1700 + number))
        let count = dice.pick([5, 8, 10])
        let length = Double(count) * 30
        let lunch = dice.pick([false, false, true])
        let from = dice.pick([0, dice.uniform(1, 29)])
        let to = length - dice.pick([0, dice.uniform(1, 29)])
        let hours = lunch ? [(from, length * 0.4), (length * 0.4 + dice.uniform(5, 50), to)] : [(from, to)]
        let mean = dice.logUniform(90, 900)
        let contacts = (0..<count).map { _ in dice.uniform(4, 30) }
        let laws: [Distribution] = [
            .lognormal(Lognormal(mean: mean, spread: 0.9)), .exponential(Exponential(mean: mean)), .fixed(Fixed(mean)),
            .gamma(Gamma(mean: mean, spread: 0.5)), .weibull(Weibull(mean: mean, spread: 1.3)),
        ]
        let patiences: [Distribution?] = [
            nil, .exponential(Exponential(mean: 120)), .weibull(Weibull(mean: 90, spread: 1.3)),
            .lognormal(Lognormal(mean: 200, spread: 0.8)),
        ]
        let patience = dice.pick(patiences)
        let isCounted = dice.pick([false, false, false, true])
        let strays = dice.pick([0, 0, 0.1, 0.25])
        let again = dice.pick([false, true])
        let rules = ServiceLevelRule.allCases
        let rule = dice.pick(rules)
        let share = dice.pick([0.5, 0.7, 0.8])
        let within = dice.pick([20.0, 45, 120])
        let wrapUp = dice.pick([false, true])
        let setUp = dice.pick([0.0, 0, 5])
        let factors = (0..<count).map { _ in dice.pick([1, 1, 0.6, 1.6]) }
        let whileClosed = isCounted ? 0 : dice.pick([0, 0.02, 0.5])
        var scenario = day(
            isCounted ? contacts.map { $0.rounded() } : contacts, factors: factors, hours: hours,
            whileClosed: whileClosed, talk: dice.pick(laws), patience: patience
        ) { type in
            type.volumes = isCounted ? .actual : .expected
            type.dayToDay = isCounted ? 0 : strays
            type.wrapUp = wrapUp ? .exponential(Exponential(mean: 60)) : nil
            type.setUp = setUp
            type.target = ServiceTarget(share: share, within: within, rule: rule)
            if again, patience != nil {
                type.redial = Redial(share: 0.5, delay: .exponential(Exponential(mean: 600)), atMost: 2)
            }
            if setUp > 0 { type.queueOpens = 600 }
        }
        if dice.pick([false, true]) { scenario.rules.waitingAtClose = .turnAway }
        return Question(
            about: "random day \(number)", scenario: scenario, chance: dice.pick([0.5, 0.7, 0.8, 0.9]),
            absence: dice.pick([0, 0, 0.08]))
    }

    @Test("random days: what is told is what the engine sees, within both intervals", arguments: 0..<6)
    func randomDays(_ number: Int) throws {
        let question = Self.random(number)
        let answers = Requirements(question.scenario).days(
            chance: question.chance, absence: question.absence, precision: 0.04)
        let day = try #require(answers.first)
        guard let staffing = day.fewest.staffing, let told = day.fewest.confirmed?.chance else {
            // What nobody can reach: with everybody there who could be of use, the engine does not reach it either.
            #expect(day.fewest == .none(.closed))
            let all = try Self.share(question, day, day.usual.map { $0 > 0 ? 200 : 0 }, days: 600)
            #expect(all.low < question.chance)
            return
        }
        let simulated = try Self.share(question, day, staffing, days: 500)
        let outcome = Outcome(hours: 0, told: told, simulated: simulated)
        #expect(outcome.agrees, "\(question): told \(told), simulated \(simulated), \(staffing)")
        #expect(told.high >= question.chance)
        // The usual staffing has its own chance, told as truly.
        let usual = try #require(day.usualChance?.chance)
        let seen = try Self.share(question, day, day.usual, days: 500)
        #expect(Outcome(hours: 0, told: usual, simulated: seen).agrees, "\(question): told \(usual), simulated \(seen)")
    }
}
