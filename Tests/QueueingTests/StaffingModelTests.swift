import Foundation
import Testing

@testable import Queueing

@Suite("Models to staff by")
struct StaffingModelTests {
    static let contacts = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 180)
    static let goals: [StaffingGoal] = [.serviceLevel(atLeast: 0.8, within: 30), .abandonment(atMost: 0.05)]

    static let models: [(String, any StaffingModel)] = [
        ("single", contacts),
        ("impatient", ImpatientQueue(contacts, patience: .lognormal(mean: 180, spread: 1))),
        ("redial", RedialQueue(contacts, redials: Redials(afterAbandoning: 0.5))),
        ("busy", BusyQueue(contacts, busyness: BusynessFactor(spread: 0.2))),
        ("square root", SquareRootQueue(contacts)),
    ]

    @Test("the whole answer is enough and one fewer is not; the exact one lies between and cannot be less")
    func needs() throws {
        for (name, model) in Self.models {
            let whole = try #require(model.agentsNeeded(for: Self.goals, most: 1000), "\(name)")
            let exact = try #require(model.exactAgentsNeeded(for: Self.goals), "\(name)")
            func isMet(_ agents: Double) -> Bool {
                Self.goals.allSatisfy { $0.isMet(by: model.measures(agents: agents, within: $0.acceptableWait)) }
            }
            #expect(isMet(Double(whole)) && !isMet(Double(whole - 1)), "\(name)")
            #expect(exact <= Double(whole) && exact > Double(whole - 1), "\(name)")
            #expect(isMet(exact) && !isMet(exact * (1 - 1e-6)), "\(name)")
            #expect(model.agentsNeeded(for: Self.goals, most: whole - 1) == nil, "\(name)")
        }
    }

    @Test("nobody who calls again leaves Erlang A; the more do, the more it takes")
    func redials() {
        let plain = RedialQueue(Self.contacts, redials: Redials(afterAbandoning: 0))
        #expect(plain.measures(agents: 6, within: 30) == Self.contacts.measures(agents: 6, within: 30))
        let needs = [0, 0.3, 0.6, 0.9].map { share in
            RedialQueue(Self.contacts, redials: Redials(afterAbandoning: share)).exactAgentsNeeded(for: Self.goals)!
        }
        #expect(needs == needs.sorted())
        #expect(needs[3] > needs[0])
    }

    @Test("attempts balance: what comes in is first tries and the redials of those who gave up")
    func attempts() {
        for agents in [0.5, 3, 4, 6, 12] {
            for share in [0.1, 0.5, 0.95] {
                let model = RedialQueue(Self.contacts, redials: Redials(afterAbandoning: share))
                let callers = model.callers(agents: agents)
                let again = callers.attemptRate * share * callers.attempts.abandonment!
                #expect(abs(callers.attemptRate - again - model.arrivalRate) < 1e-12 * callers.attemptRate)
            }
        }
    }

    @Test("a volume that hardly strays leaves the usual day; one that strays needs more")
    func busyness() throws {
        let still = BusyQueue(Self.contacts, busyness: BusynessFactor(spread: 1e-5))
        let level = try #require(still.measures(agents: 6, within: 30).serviceLevels.ofAllOffered)
        let usual = try #require(Self.contacts.measures(agents: 6, within: 30).serviceLevels.ofAllOffered)
        #expect(abs(level - usual) < 1e-6)
        let needs = [0.05, 0.15, 0.3].map {
            BusyQueue(Self.contacts, busyness: BusynessFactor(spread: $0)).exactAgentsNeeded(for: Self.goals)!
        }
        #expect(needs == needs.sorted())
    }

    @Test("the square root of a large center is close to the exact answer, with and without patience")
    func squareRoot() throws {
        for patience in [60, 300, Double.infinity] {
            for load in [200.0, 2000] {
                let queue = SingleQueue(arrivalRate: load / 240, handlingTime: 240, patience: patience)
                let agents = load + 0.7 * load.squareRoot()
                let exact = queue.measures(agents: agents, within: 20)
                let limit = SquareRootQueue(queue).measures(agents: agents, within: 20)
                let error = 0.6 / load.squareRoot()
                #expect(abs(exact.waitProbability! - limit.waitProbability!) < error)
                #expect(abs(exact.serviceLevels.ofAllOffered! - limit.serviceLevels.ofAllOffered!) < error)
                #expect(abs(exact.abandonment! - limit.abandonment!) < error / 4)
                #expect(abs(exact.meanWait! - limit.meanWait!) < 0.1 * exact.meanWait!)
            }
        }
    }

    @Test("answered, given up and still waiting add up in the limit too, whatever the staffing")
    func squareRootShares() {
        for agents in [0.0, 1, 3, 4.4, 6, 40] {
            for wait in [0.0, 10, 100, 1e4] {
                let m = SquareRootQueue(Self.contacts).measures(agents: agents, within: wait)
                #expect((0...1).contains(m.serviceLevels.ofAllOffered!) && (0...1).contains(m.abandonment!))
                #expect(m.serviceLevels.ofAllOffered! <= 1 - (m.stillWaiting ?? 0) + 1e-12)
            }
        }
    }

    @Test("handling times that spread as exponential ones leave Erlang C; fixed ones need fewer, wilder ones more")
    func twoMoments() throws {
        let goals: [StaffingGoal] = [.serviceLevel(atLeast: 0.9, within: 10)]
        var patient = Self.contacts
        patient.patience = .infinity
        for formula in TwoMomentQueue.Formula.allCases {
            func model(_ spread: Double) -> TwoMomentQueue {
                TwoMomentQueue(Self.contacts, serviceSquaredSpread: spread, formula: formula)
            }
            let same = model(1).measures(agents: 7, within: 30)
            let exact = patient.measures(agents: 7, within: 30)
            #expect(abs(same.serviceLevels.ofAllOffered! - exact.serviceLevels.ofAllOffered!) < 1e-12)
            #expect(abs(same.meanWait! - exact.meanWait!) < 1e-9)
            let needs = [0, 0.5, 1, 2].map { model($0).exactAgentsNeeded(for: goals)! }
            #expect(needs == needs.sorted())
            #expect(model(0.5).measures(agents: 4, within: 30).meanWait == .infinity)
        }
    }

    @Test("breaks and shrinkage together, in exact decimals")
    func breaksAndShrinkage() throws {
        let tenth = try #require(Shrinkage("10%"))
        let most = try #require(Shrinkage("0.30"))
        let both = try #require(tenth.and(most))
        #expect(both.presence == "0.63")
        #expect(both.scheduled(for: 63) == 100)
        #expect(both.scheduled(for: 64) == 102)
        #expect(Shrinkage.none.and(.none) == Shrinkage.none)
        let fine = try #require(Shrinkage("0.1234567891"))
        let long = try #require(fine.and(fine))
        #expect(abs(long.share - (1 - 0.8765432109 * 0.8765432109)) < 1e-12)
    }
}
