import Queueing
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Simulator

@Suite("One queue, played")
struct SimulatedQueueTests {
    static let contacts = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 180)

    @Test("without redials and with spread 1 near exponential times, Erlang A lies within reach of the intervals")
    func nearErlangA() throws {
        // Lognormal times of spread 1 wait a little less than exponential ones; the formula is a bound with a margin.
        let played = SimulatedQueue(Self.contacts, precision: 0.02, confidence: 0.999, threads: 1)
        let figures = played.figures(agents: 6, within: 30)
        let exact = Self.contacts.measures(agents: 6, within: 30)
        let level = try #require(figures.serviceLevel)
        #expect(abs(level.value - exact.serviceLevels.ofAllOffered!) < level.halfWidth + 0.02)
        let abandonment = try #require(figures.abandonment)
        #expect(abs(abandonment.value - exact.abandonment!) < abandonment.halfWidth + 0.02)
        #expect(figures.runs >= 20)
        #expect(figures.attemptsPerCaller == 1)
    }

    @Test("redials are played as callers who come back, near what Erlang X says")
    func redials() throws {
        let again = Redial(share: 0.5, delay: .exponential(Exponential(mean: 3600)), atMost: 100)
        let played = SimulatedQueue(Self.contacts, redial: again, precision: 0.02, confidence: 0.999, threads: 1)
        let figures = played.figures(agents: 5, within: 30)
        let formula = RedialQueue(Self.contacts, redials: Redials(afterAbandoning: 0.5, delay: 3600))
        let callers = formula.callers(agents: 5, within: 30)
        #expect(abs(figures.attemptsPerCaller - callers.attemptsPerCaller) < 0.05)
        let level = try #require(figures.serviceLevel)
        #expect(abs(level.value - callers.attempts.serviceLevels.ofAllOffered!) < level.halfWidth + 0.03)
    }

    @Test("the fewest agents are found and stay found; one fewer is not enough")
    func needed() throws {
        let played = SimulatedQueue(Self.contacts, spread: 0.5, precision: 0.02, threads: 1)
        let goal = StaffingGoal.serviceLevel(atLeast: 0.8, within: 30)
        let agents = try #require(played.agentsNeeded(for: [goal], most: 100))
        #expect((5...7).contains(agents))
        #expect(goal.isMet(by: played.measures(agents: Double(agents), within: 30)))
        #expect(!goal.isMet(by: played.measures(agents: Double(agents - 1), within: 30)))
        #expect(played.agentsNeeded(for: [goal], most: agents - 1) == nil)
        #expect(played.exactAgentsNeeded(for: [goal]) == Double(agents))
    }

    @Test("the same bytes whatever the threads; lines turn callers away; patience without end and too few never end")
    func corners() {
        let one = SimulatedQueue(Self.contacts, precision: 0.05, threads: 1).figures(agents: 6, within: 30)
        let two = SimulatedQueue(Self.contacts, precision: 0.05, threads: 2).figures(agents: 6, within: 30)
        #expect(one.measures == two.measures)
        #expect(one.runs == two.runs)
        var narrow = Self.contacts
        narrow.room = .lines(6)
        let lines = SimulatedQueue(narrow, precision: 0.05, threads: 1).figures(agents: 6, within: 30)
        let exact = narrow.measures(agents: 6)
        #expect(abs((lines.measures.blocking ?? 0) - exact.blocking!) < 0.05)
        #expect(lines.measures.meanWait == 0)
        var patient = Self.contacts
        patient.patience = .infinity
        #expect(SimulatedQueue(patient).measures(agents: 4, within: 30).queueMean == .infinity)
        #expect(
            SimulatedQueue(SingleQueue(arrivalRate: 0, handlingTime: 60)).measures(agents: 4, within: 30).meanWait
                == nil)
    }
}
