import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Center
@testable import Planning
@testable import Probability
@testable import Tabular

@Suite("Requirements")
struct RequirementsTests {
    /// Half-hours with so many contacts of one type each.
    static func scenario(
        contacts: [Double], step: Double = 1800, handlingTime: Double = 360, patience: Distribution? = nil,
        redial: Redial? = nil, target: ServiceTarget? = ServiceTarget(share: 0.8, within: 30),
        maxAbandonment: Double? = nil, shortAbandon: Double = 5, shrinkage: Double = 0,
        factors: [Double]? = nil, open: [TimeSpan]? = nil
    ) -> Scenario {
        let horizon = Horizon.plain(step: step, count: contacts.count)
        let portions = contacts.indices.map { i in
            ArrivalTimeSpan(
                TimeSpan(Double(i) * step, Double(i + 1) * step), contacts: contacts[i],
                handlingFactor: factors?[i] ?? 1)
        }
        let type = ContactType(
            id: "calls", open: open ?? [TimeSpan(0, Double(contacts.count) * step)], arrivals: portions,
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
            try #require(queue.measures(agents: exact - 3e-9, within: 30).serviceLevels.ofAllOffered) < 0.8)
        // Open, but nobody calls.
        #expect(rows[1].need == 0)
        #expect(rows[1].binding == .noContacts)
    }

    @Test("the staffing table's rows about service levels and hang-ups, asked through a scenario")
    func staffingTable() throws {
        let table = try ReferenceTable(
            Project.root.appendingPathComponent("Tests/QueueingTests/Tables/staffing.csv"))
        let rules: [String: ServiceLevelRule] = [
            "sl_a": .ofAllOffered, "sl_b": .withoutShortAbandons, "sl_c": .abandonsCountAsMet, "sl_d": .ofAnswered,
        ]
        var seen = 0
        for row in table.rows where row.text("model") != "erlang_b" {
            let value = row.number("target_value")
            var target: ServiceTarget?
            var most: Double?
            var occupancy: Double?
            switch row.text("target") {
            case "p_abandon": most = value
            case "occupancy": occupancy = value
            case let name:
                guard let rule = rules[name] else { continue }
                target = ServiceTarget(share: value, within: row.number("threshold_s"), rule: rule)
            }
            let parts = row.text("patience").split(separator: ":").map(String.init)
            let patience: Distribution? =
                switch parts.first {
                case "exp": .exponential(Exponential(mean: Double(parts[1])!))
                case "det": .fixed(Fixed(Double(parts[1])!))
                case "gamma": .gamma(Gamma(shape: Double(parts[1])!, mean: Double(parts[2])!))
                default: nil
                }
            // A patience that no scenario can have.
            if parts.first == "unif" { continue }
            let scenario = Self.scenario(
                contacts: [row.number("arrival_rate_per_h")], step: 3600, handlingTime: row.number("aht_s"),
                patience: patience, target: target, maxAbandonment: most)
            let found = Requirements(scenario, lag: .never, maxOccupancy: occupancy).rows
            #expect(found.first?.need == Int(row.number("n_min")), "\(row.id)")
            let method =
                switch parts.first {
                case "exp": "erlang-a"
                case nil: "erlang-c"
                default: "m/m/n+g"
                }
            #expect(found.first?.method == method, "\(row.id)")
            let measured =
                switch row.text("target") {
                case "p_abandon": found.first?.measures?.abandonment
                case "occupancy": found.first?.measures?.occupancy
                default: found.first?.serviceLevel
                }
            #expect(abs(try #require(measured) - row.number("metric_at_n_min")) <= 1e-10, "\(row.id)")
            seen += 1
        }
        #expect(seen > 15)
    }

    @Test("what decides is the promise that needs most people")
    func binding() throws {
        let patience = Distribution.exponential(Exponential(mean: 180))
        func row(_ maxAbandonment: Double?, _ occupancy: Double?) throws -> Requirement {
            try #require(
                Requirements(
                    Self.scenario(contacts: [22], patience: patience, maxAbandonment: maxAbandonment),
                    maxOccupancy: occupancy
                ).rows.first)
        }
        #expect(try row(0.5, nil).binding == .serviceLevel)
        #expect(try row(0.05, nil).binding == .abandonment)
        #expect(try row(0.05, nil).need == 7)
        #expect(try row(nil, 0.4).binding == .occupancy)
        #expect(try row(nil, 0.4).need == 11)
        // The part before the last person decides when two promises round to the same number.
        let both = try row(0.085, nil)
        #expect(try both.need == row(nil, nil).need! + 1)
        #expect(both.binding == .abandonment)
    }

    @Test("without patience a limit of hang-ups asks only to keep up with the work")
    func keepingUp() throws {
        let row = try #require(
            Requirements(Self.scenario(contacts: [22], target: nil, maxAbandonment: 0.05)).rows.first)
        #expect(row.need == 5)
        #expect(row.binding == .work)
        #expect(abs(try #require(row.needExact) - 4.4) < 1e-6)
        #expect(row.serviceLevel == nil)
    }

    @Test("nothing promised, nothing asked: no row")
    func unpromised() {
        let needs = Requirements(Self.scenario(contacts: [22], target: nil))
        #expect(needs.rows.isEmpty)
        #expect(needs.models == [nil])
    }

    @Test("the exact need meets every rule's target and a little fewer do not, whatever the patience and redials")
    func exactNeed() throws {
        var dice = Dice(seed: 7)
        let patiences: [Distribution?] = [
            nil, .exponential(Exponential(mean: 120)), .weibull(Weibull(mean: 150, spread: 1.4)),
            .lognormal(Lognormal(mean: 100, spread: 1)), .fixed(Fixed(90)),
            .empirical(Empirical([10, 40, 90, 200, 400])),
        ]
        for rule in ServiceLevelRule.allCases {
            for patience in [patiences[0], dice.pick(patiences), dice.pick(patiences)] {
                for redial in [nil, Redial(share: 0.6, delay: .fixed(Fixed(600)), atMost: 3)] {
                    let target = ServiceTarget(
                        share: dice.uniform(0.6, 0.95), within: dice.uniform(10, 60), rule: rule)
                    let scenario = Self.scenario(
                        contacts: [dice.uniform(3, 120)], handlingTime: dice.uniform(100, 500), patience: patience,
                        redial: patience == nil ? nil : redial, target: target)
                    let row = try #require(Requirements(scenario).rows.first)
                    let type = scenario.contactTypes[0]
                    let queue = RequirementModel(for: type).queue(
                        of: type, contacts: row.contacts, per: 1800, handlingTime: type.handlingTimeMean)
                    let (exact, need) = (try #require(row.needExact), try #require(row.need))
                    func level(_ agents: Double) -> Double {
                        queue.measures(agents: agents, within: target.acceptableWait, shortAbandon: 5)
                            .serviceLevels[rule] ?? 0
                    }
                    #expect(Int((exact - 2e-9).rounded(.up)) == need, "\(rule) \(exact) \(need)")
                    #expect(level(exact) >= target.share - 1e-10, "\(rule) \(row)")
                    #expect(level(exact - 1e-4) < target.share, "\(rule) \(row)")
                    #expect(row.serviceLevel == level(Double(need)))
                }
            }
        }
    }

    @Test("every contact that the scenario expects stands in exactly one row, open or closed")
    func conservation() throws {
        var dice = Dice(seed: 3)
        for _ in 0..<30 {
            let count = 12
            let end = Double(count) * 1800
            let contacts = (0..<count).map { _ in dice.pick([0, dice.uniform(0.1, 40)]) }
            let (a, b) = (dice.uniform(0, end / 2), dice.uniform(end / 2, end))
            let scenario = Self.scenario(
                contacts: contacts, open: [TimeSpan(a, (a + b) / 2), TimeSpan((a + b) / 2 + 600, b)])
            let rows = Requirements(scenario).rows
            #expect(abs(rows.reduce(0) { $0 + $1.contacts } - contacts.reduce(0, +)) < 1e-9)
            for row in rows where row.binding == .closed { #expect(row.need == 0 && row.contacts > 0) }
            #expect(rows.map(\.period) == rows.map(\.period).sorted())
        }
    }

    @Test("a half-hour that is open for ten minutes needs as many as if it came that thick all along")
    func partlyOpen() throws {
        let partly = Requirements(Self.scenario(contacts: [30], open: [TimeSpan(1200, 1800)])).rows
        let wholly = Requirements(Self.scenario(contacts: [30])).rows
        #expect(partly[0].contacts == 30)
        #expect(partly[0].load == wholly[0].load)
        #expect(partly[0].need == wholly[0].need)
    }

    @Test("handling times of single rows count with their contacts")
    func factors() throws {
        let scenario = Self.scenario(contacts: [10, 30], step: 900, factors: [2, 1])
        var hourly = scenario
        hourly.horizon = .plain(step: 1800, count: 1)
        let row = try #require(Requirements(hourly, lag: .never).rows.first)
        #expect(row.handlingTime == 360 * 1.25)
        #expect(abs(row.load - (10 * 720 + 30 * 360) / 1800) < 1e-12)
        #expect(Requirements(scenario, lag: .never).rows.map(\.handlingTime) == [720, 360])
    }

    @Test("the model follows what is known, and --model overrules it")
    func models() {
        let exponential = Distribution.exponential(Exponential(mean: 100))
        let redial = Redial(share: 0.3, delay: .fixed(Fixed(300)))
        func model(_ patience: Distribution?, _ redial: Redial?) -> RequirementModel {
            RequirementModel(for: Self.scenario(contacts: [1], patience: patience, redial: redial).contactTypes[0])
        }
        #expect(model(nil, nil) == .erlangC)
        #expect(model(nil, redial) == .erlangC)
        #expect(model(exponential, nil) == .erlangA)
        #expect(model(.fixed(Fixed(100)), nil) == .anyPatience)
        #expect(model(exponential, redial) == .erlangX)
        let scenario = Self.scenario(contacts: [22], patience: .fixed(Fixed(100)), redial: redial)
        #expect(Requirements(scenario, model: .erlangA).rows[0].method == "erlang-a")
        #expect(Requirements(scenario, model: .erlangC).rows[0].method == "erlang-c")
        #expect(Requirements(Self.scenario(contacts: [22]), model: .erlangA).rows[0].method == "erlang-c")
        // Whoever calls again needs to be answered too.
        func exact(_ model: RequirementModel) -> Double { Requirements(scenario, model: model).rows[0].needExact ?? 0 }
        #expect(exact(.erlangX) > exact(.anyPatience))
    }

    @Test("more than any center has is out of reach, not a hang")
    func outOfReach() throws {
        let row = try #require(Requirements(Self.scenario(contacts: [1e9], handlingTime: 36000)).rows.first)
        #expect(row.binding == .outOfReach)
        #expect(row.need == nil && row.needExact == nil && row.needWithShrinkage == nil)
    }
}
