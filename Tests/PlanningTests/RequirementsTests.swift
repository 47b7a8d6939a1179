import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Planning

@Suite("Requirements")
struct RequirementsTests {
    /// Half-hours with so many contacts of one type each.
    static func scenario(
        contacts: [Double], step: Double = 1800, handlingTime: Double = 360, patience: Distribution? = nil,
        redial: Redial? = nil, target: ServiceTarget? = ServiceTarget(share: 0.8, within: 30),
        maxAbandonment: Double? = nil, shortAbandon: Double = 5, shrinkage: Double = 0,
        factors: [Double]? = nil, open: [Span]? = nil
    ) -> Scenario {
        let horizon = Horizon.plain(step: step, count: contacts.count)
        let pieces = contacts.indices.map { i in
            ArrivalPiece(
                Span(Double(i) * step, Double(i + 1) * step), contacts: contacts[i],
                handlingFactor: factors?[i] ?? 1)
        }
        let type = ContactType(
            id: "calls", open: open ?? [Span(0, Double(contacts.count) * step)], arrivals: pieces,
            talk: .exponential(Exponential(mean: handlingTime)), patience: patience, redial: redial, target: target,
            maxAbandonment: maxAbandonment, shortAbandon: shortAbandon)
        return Scenario(
            id: "test", name: "Test", horizon: horizon, contactTypes: [type],
            agentGroups: [AgentGroup(id: "agents", skills: [Skill(0)], staffing: .curve([]))], shrinkage: shrinkage)
    }

    @Test("22 calls in a half-hour need 7 on the phones and 10 on the rota, as the quick question says")
    func quickQuestion() throws {
        let scenario = Self.scenario(contacts: [22, 0], shrinkage: 0.3)
        let rows = Requirements(scenario).rows
        #expect(rows.count == 2)
        #expect(rows[0].method == "erlang-c")
        #expect(rows[0].load == 22.0 * 360 / 1800)
        #expect(rows[0].need == 7)
        #expect(rows[0].needWithShrinkage == 10)
        #expect(rows[0].binding == .serviceLevel)
        let exact = try #require(rows[0].needExact)
        #expect(exact > 6 && exact <= 7)
        let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360)
        #expect(try #require(queue.measures(agents: exact, within: 30).serviceLevels.ofAllOffered) >= 0.8 - 1e-12)
        #expect(
            try #require(queue.measures(agents: exact - 2e-9, within: 30).serviceLevels.ofAllOffered) < 0.8)
        // Open, but nobody calls.
        #expect(rows[1].need == 0)
        #expect(rows[1].binding == .noContacts)
    }
}
