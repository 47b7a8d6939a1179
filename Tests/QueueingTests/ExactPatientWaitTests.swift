import Testing

@testable import Queueing

@Suite("Patient callers, exactly")
struct ExactPatientWaitTests {
    @Test("gaps of one phase are Erlang C; more phases wait less, and the two-moment formula comes near")
    func gaps() throws {
        for agents in [1, 3, 8, 15] {
            let rate = 0.85 * Double(agents) / 300
            let queue = SingleQueue(arrivalRate: rate, handlingTime: 300)
            let exact = queue.measures(agents: Double(agents))
            let plain = try #require(
                ExactPatientWait.erlangGaps(phases: 1, arrivalRate: rate, handlingTime: 300, agents: agents))
            #expect(abs(plain.waitProbability - exact.waitProbability!) < 1e-9)
            #expect(abs(plain.meanWait / exact.meanWait! - 1) < 1e-8)
            let even = try #require(
                ExactPatientWait.erlangGaps(phases: 3, arrivalRate: rate, handlingTime: 300, agents: agents))
            #expect(even.meanWait < plain.meanWait)
            let near = TwoMomentWait.kimura(queue, agents: Double(agents), arrivalSquaredSpread: 1 / 3.0)
            #expect(abs(near / even.meanWait - 1) < 0.15)
        }
        #expect(
            ExactPatientWait.erlangGaps(phases: 2, arrivalRate: 1, handlingTime: 3, agents: 3)?.meanWait == .infinity)
        #expect(ExactPatientWait.erlangGaps(phases: 2, arrivalRate: 0, handlingTime: 3, agents: 3)?.meanWait == 0)
        #expect(ExactPatientWait.erlangGaps(phases: 2, arrivalRate: 1, handlingTime: 3, agents: 16) == nil)
    }

    @Test("one agent with fixed times waits half of what Pollaczek and Khinchin give exponential ones")
    func fixed() {
        for load in [0.2, 0.5, 0.8] {
            let wait = ExactPatientWait.fixedHandling(arrivalRate: load / 60, handlingTime: 60, agents: 1)
            #expect(abs(wait - 60 * load / (2 * (1 - load))) < 1e-7 * wait)
        }
        let queue = SingleQueue(arrivalRate: 9.0 / 60, handlingTime: 60)
        let wait = ExactPatientWait.fixedHandling(arrivalRate: 9.0 / 60, handlingTime: 60, agents: 10)
        let near = TwoMomentWait.kimura(queue, agents: 10, serviceSquaredSpread: 0)
        #expect(abs(near / wait - 1) < 0.03)
        #expect(ExactPatientWait.fixedHandling(arrivalRate: 1, handlingTime: 10, agents: 10) == .infinity)
    }
}
