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

@Suite("Work in hand from earlier intervals")
struct CarriedWorkTests {
    /// A peak in the middle, in quarter-hours; nobody comes in the second half.
    static let contacts: [Double] = [5, 10, 20, 40, 60, 60, 40, 20, 10, 5] + Array(repeating: 0, count: 40)

    @Test("the work in hand over all time is the work that came")
    func conservation() {
        let scenario = RequirementsTests.scenario(contacts: Self.contacts, step: 900, handlingTime: 600)
        let work = CarriedWork(scenario.contactTypes[0])
        let inHand = scenario.horizon.periods.reduce(0) { $0 + work.mean(over: TimeSpan($1.start, $1.end)) * 900 }
        #expect(abs(inHand / (Self.contacts.reduce(0, +) * 600) - 1) < 1e-3)
    }

    @Test("it trails the arrivals, and its peak is lower")
    func lag() throws {
        let scenario = RequirementsTests.scenario(contacts: Self.contacts, step: 900, handlingTime: 900)
        let own = Requirements(scenario, lag: .never).rows
        let lagged = Requirements(scenario, lag: .always).rows
        #expect(own.allSatisfy { !$0.isLagged } && lagged.filter { $0.load > 1e-9 }.allSatisfy(\.isLagged))
        #expect(lagged[0].load < own[0].load)
        #expect(lagged[9].load > own[9].load)
        #expect(try #require(lagged.map(\.load).max()) < #require(own.map(\.load).max()))
        #expect(lagged[4].method == "erlang-c lagged")
        // The contacts of the row are still the interval's own.
        #expect(lagged.map(\.contacts) == own.map(\.contacts))
        // After the last call people still talk.
        #expect(own[10].need == 0 && lagged[10].need! > 0)
    }

    @Test("left to itself it counts where contacts last longer than half an interval")
    func rule() {
        func isLagged(_ handlingTime: Double) -> Bool {
            Requirements(RequirementsTests.scenario(contacts: [10, 10], step: 900, handlingTime: handlingTime))
                .rows[1].isLagged
        }
        #expect(!isLagged(449) && !isLagged(450) && isLagged(451))
    }

    @Test("a steady stream is its own past: once settled, the lag changes nothing")
    func steady() {
        let scenario = RequirementsTests.scenario(
            contacts: Array(repeating: 12, count: 60), step: 900, handlingTime: 300)
        let rows = Requirements(scenario, lag: .always).rows
        #expect(abs(rows[59].load - 12 * 300 / 900) < 1e-9)
        #expect(rows[59].need == Requirements(scenario, lag: .never).rows[59].need)
    }

    @Test("a step in the middle of exponential work: the mean of m(t) by hand")
    func byHand() {
        let scenario = RequirementsTests.scenario(contacts: [9, 0], step: 900, handlingTime: 900)
        let work = CarriedWork(scenario.contactTypes[0])
        let e = 0.36787944117144233
        // 9 (1 - e^(-t)) rises to 9 (1 - 1/e), then falls as e^(-t), t in quarter-hours.
        #expect(abs(work.mean(over: TimeSpan(0, 900)) - 9 * e) < 1e-12)
        #expect(abs(work.mean(over: TimeSpan(900, 1800)) - 9 * (1 - e) * (1 - e)) < 1e-12)
        #expect(abs(work.mean(over: TimeSpan(0, 1800)) - 4.5 * (e + (1 - e) * (1 - e))) < 1e-12)
    }

    /// 60 an hour at 20 minutes, `open` in minutes, in half-hours.
    static func partlyOpen(_ open: [(Double, Double)], handlingTime: Double = 1200, perHour: Double = 60) -> Scenario {
        var scenario = RequirementsTests.scenario(
            contacts: Array(repeating: perHour / 2, count: 8), step: 1800, handlingTime: handlingTime)
        scenario.contactTypes[0].open = open.map { TimeSpan($0.0 * 60, $0.1 * 60) }
        return scenario
    }

    /// The same with callers who wait three minutes on average.
    static func patient(_ open: [(Double, Double)]) -> Scenario {
        var scenario = partlyOpen(open)
        scenario.contactTypes[0].patience = .exponential(Exponential(mean: 180))
        return scenario
    }

    @Test(
        "open for the second quarter-hour of the first half-hour: the work in hand while open, not over the half-hour")
    func openingWithin() throws {
        let rows = Requirements(Self.partlyOpen([(15, 240)])).rows
        let e = exp(-0.75)
        // The mean of 20 (1 - e^(-t/20)) over fifteen minutes.
        #expect(abs(rows[0].load - (20 - 400.0 / 15 * (1 - e))) < 1e-9)
        #expect(abs(rows[0].load - 5.93) < 0.005)
        #expect(Requirements(Self.patient([(15, 240)])).rows[0].need == 8)
        let evenly = SingleQueue(contacts: rows[0].load, per: 1200, handlingTime: 1200)
        #expect(rows[0].need == evenly.agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 30)]))
    }

    @Test("closing within a half-hour: the work in hand until then")
    func closingWithin() throws {
        let rows = Requirements(Self.partlyOpen([(0, 190)])).rows
        let work = { (from: Double, to: Double) in
            20 - 400 / (to - from) * (exp(-from / 20) - exp(-to / 20))
        }
        #expect(abs(rows[6].load - work(180, 190)) < 1e-9)
        #expect(rows[6].need! > rows[1].need! && rows[6].need! >= rows[5].need!)
        #expect(Requirements(Self.patient([(0, 190)])).rows[6].need == 22)
        // Open twice in one half-hour: both parts count, the ten minutes between them do not.
        let twice = Requirements(Self.partlyOpen([(0, 10), (20, 240)]), lag: .always).rows[0]
        let gone = 20 * (1 - exp(-0.5)) * exp(-0.5)
        let second = 20 - 40 * (1 - exp(-0.5)) + gone * 2 * (1 - exp(-0.5))
        #expect(abs(twice.load - (work(0, 10) + second) / 2) < 1e-9)
    }

    @Test("the first hour of 120 an hour at 3 minutes has 5.70 in hand on average")
    func firstHour() {
        var scenario = RequirementsTests.scenario(contacts: [120, 120], step: 3600, handlingTime: 180)
        scenario.contactTypes[0].open = [TimeSpan(0, 7200)]
        let rows = Requirements(scenario, lag: .always).rows
        #expect(abs(rows[0].load - 6 * (1 - (1 - exp(-20)) / 20)) < 1e-9)
        #expect(abs(rows[0].load - 5.70) < 0.001)
    }

    @Test("against fine steps in time: every shape, factors, lunch closed, openings that meet no interval")
    func fineSteps() {
        var dice = Dice(seed: 18)
        for shape: Distribution in [
            .fixed(Fixed(1000)), .exponential(Exponential(mean: 1000)), .lognormal(Lognormal(mean: 1000, spread: 1.3)),
            .gamma(Gamma(mean: 1000, spread: 0.6)), .weibull(Weibull(mean: 1000, spread: 1.5)),
        ] {
            var scenario = RequirementsTests.scenario(
                contacts: (0..<10).map { _ in dice.uniform(5, 60) }, step: 1800, handlingTime: 1000)
            scenario.contactTypes[0].talk = shape
            for i in 0..<10 { scenario.contactTypes[0].arrivals[i].handlingFactor = [1, 0.5, 1.7][i % 3] }
            scenario.contactTypes[0].open = [TimeSpan(700, 7000), TimeSpan(8500, 9300), TimeSpan(9700, 17_500)]
            let type = scenario.contactTypes[0]
            let work = CarriedWork(type)
            for p in [0, 1, 3, 4, 5, 9] {
                let timeSpan = TimeSpan(Double(p) * 1800, Double(p + 1) * 1800)
                var sum = 0.0
                var seconds = 0.0
                for step in 0..<450 {
                    let time = timeSpan.start + 4 * Double(step) + 2
                    guard type.open.contains(where: { $0.start <= time && time < $0.end }) else { continue }
                    seconds += 1
                    for portion in type.arrivals {
                        for open in type.open {
                            let (from, to) = (
                                max(portion.timeSpan.start, open.start), min(portion.timeSpan.end, open.end, time)
                            )
                            guard to > from else { continue }
                            let curve = ArrivalCurve.steps([.init(rate: portion.contacts / 1800, duration: to - from)])
                            sum += curve.offeredLoad(
                                at: time - from, handlingTime: shape.scaled(by: portion.handlingFactor))
                        }
                    }
                }
                #expect(abs(work.mean(over: timeSpan) / (sum / seconds) - 1) < 2e-4, "\(shape) \(p)")
            }
        }
    }

    @Test("the engine with people for everybody is as busy as the mean of m(t) says")
    func engine() throws {
        var scenario = Self.partlyOpen([(15, 130), (145, 190)], handlingTime: 1200)
        scenario.contactTypes[0].talk = .lognormal(Lognormal(mean: 1200, spread: 0.8))
        scenario.agentGroups = [
            AgentGroup(
                id: "all", skills: [Skill(0)],
                staffing: .curve([StaffingTimeSpan(TimeSpan(0, scenario.horizon.length), agents: 120)]))
        ]
        scenario.experiment.replications = 1500
        scenario.experiment.varianceReduction = .none
        let results = try Experiment(scenario).run()
        let work = CarriedWork(scenario.contactTypes[0])
        // The engine tells of whole half-hours: those open throughout, and one that is closed throughout.
        for p in [1, 2, 3, 5, 7] {
            let busy = results.groupFigures(period: p, group: 0).busy / 1800
            let mean = work.mean(over: TimeSpan(Double(p) * 1800, Double(p + 1) * 1800))
            // At any instant the number in service is Poisson, so a mean over time varies less than that.
            #expect(abs(busy - mean) < 3.9 * (mean / 1500).squareRoot(), "\(p)")
        }
    }

    @Test("talk, hold and after-contact work add up to one duration with their mean and variance")
    func sum() {
        var type = RequirementsTests.scenario(contacts: [1]).contactTypes[0]
        type.talk = .lognormal(Lognormal(mean: 300, spread: 0.5))
        type.wrapUp = .exponential(Exponential(mean: 100))
        let sum = CarriedWork.handlingTime(of: type, times: 2)
        #expect(abs(sum.mean - 800) < 1e-9)
        let deviation = (150.0 * 150 + 100 * 100).squareRoot()
        #expect(abs(sum.spread - deviation / 400) < 1e-12)
        type.wrapUp = nil
        #expect(CarriedWork.handlingTime(of: type, times: 1) == type.talk)
    }
}
