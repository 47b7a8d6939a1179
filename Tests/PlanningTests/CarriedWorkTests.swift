import Queueing
import Simulator
import Testing

@testable import Planning

@Suite("Work in hand from earlier intervals")
struct CarriedWorkTests {
    /// A peak in the middle, in quarter-hours; nobody comes in the second half.
    static let contacts: [Double] = [5, 10, 20, 40, 60, 60, 40, 20, 10, 5] + Array(repeating: 0, count: 40)

    @Test("the work in hand over all time is the work that came")
    func conservation() {
        let scenario = RequirementsTests.scenario(contacts: Self.contacts, step: 900, handlingTime: 600)
        let work = CarriedWork(scenario.contactTypes[0])
        let inHand = scenario.horizon.periods.reduce(0) { $0 + work.mean(over: Span($1.start, $1.end)) * 900 }
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

    @Test("a step in the middle of exponential work: m(t) by hand")
    func byHand() {
        let scenario = RequirementsTests.scenario(contacts: [9, 0], step: 900, handlingTime: 900)
        let work = CarriedWork(scenario.contactTypes[0])
        let e = 0.36787944117144233
        #expect(abs(work.load(at: 900) - 9 * (1 - e)) < 1e-12)
        #expect(abs(work.load(at: 1800) - 9 * (1 - e) * e) < 1e-12)
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
