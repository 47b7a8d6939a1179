import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Simulator

/// Random whole centers, taken up at a random moment with random contacts in queues and hands; debug builds recount the
/// floor after each event.
@Suite("Laws over days taken up")
struct RunningDayLaws {
    private static func replay(_ seed: UInt64) -> Comment {
        "replay: SWITCHBOARD_SEED=\(seed) swift test --filter RunningDayLaws"
    }

    static func make(_ seed: UInt64) -> Scenario {
        let scenario = WholeScenario.make(seed)
        let plan = Blueprint(scenario)
        var dice = Dice(seed: seed &* 0xA24B_AED4)
        let day = scenario.horizon.days[0]
        let at = day.start + (day.end - day.start) * dice.uniform(0.05, 0.8)
        let waiting = scenario.contactTypes.map { _ in
            (0..<Int(dice.uniform(0, 4))).map { _ in dice.pick([0, dice.uniform(0, 600)]) }
        }
        var inService: [RunningDay.InService] = []
        var present: [Int?] = []
        for (g, group) in scenario.agentGroups.enumerated() {
            let mine = (0..<Int(dice.uniform(0, 4))).compactMap { _ -> RunningDay.InService? in
                guard !group.skills.isEmpty else { return nil }
                let t = dice.pick(group.skills).contactType
                let elapsed = dice.pick([nil, dice.uniform(0, 900)])
                // Not every group with the skill speaks one of the languages.
                let isServed = plan.classes.contains { c in
                    c.type == t && c.ranks.contains { $0.contains(g) }
                }
                return isServed ? RunningDay.InService(group: g, contactType: t, elapsed: elapsed) : nil
            }
            inService += mine
            present.append(dice.pick([nil, mine.count + Int(dice.uniform(0, 4))]))
        }
        let forecasts = scenario.contactTypes.map { type -> RunningDay.Forecast? in
            type.origin == nil ? dice.pick([nil, .told(1.3), .soFar(20)]) : nil
        }
        return scenario.rest(
            of: RunningDay(
                at: at, until: dice.pick([day.end, (at + day.end) / 2]), waiting: waiting, inService: inService,
                present: present, forecasts: forecasts))
    }

    @Test("Contacts are conserved, nobody is busier than present, and the same is played again")
    func conservation() {
        var carried = 0
        for seed in Lawful.seeds(atMost: 60) {
            let scenario = Self.make(seed)
            let plan = Blueprint(scenario)
            var engine = Replication(plan, seed: seed)
            engine.play(0)
            let contacts = (0..<engine.seen.contacts.count).map { engine.seen.contacts[$0] }
            let width = Observations.Contact.count
            for row in 0..<(contacts.count / width) {
                let value = { (column: Observations.Contact) in contacts[row * width + column.rawValue] }
                let ended =
                    value(.answered) + value(.abandoned) + value(.turnedAway) + value(.callbacksRequested)
                    + value(.backlog)
                #expect(value(.offered) == ended, Self.replay(seed))
                #expect(value(.queue) >= -1e-6 && value(.waitAnswered) >= 0, Self.replay(seed))
            }
            for row in 0..<(engine.seen.groups.count / Observations.Group.count) {
                let busy = engine.seen.groups[row * Observations.Group.count + Observations.Group.busy.rawValue]
                let present = engine.seen.groups[row * Observations.Group.count + Observations.Group.present.rawValue]
                #expect(busy <= present + 1e-6, Self.replay(seed))
            }
            carried += scenario.runningDay?.waitingCount ?? 0
            engine.play(1)
            engine.play(0)
            #expect(contacts == (0..<engine.seen.contacts.count).map { engine.seen.contacts[$0] }, Self.replay(seed))
        }
        #expect(carried > 0)
    }
}
