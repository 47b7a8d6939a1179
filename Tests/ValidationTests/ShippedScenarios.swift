import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Planning
@testable import Queueing
@testable import Reports
@testable import ScenarioReading
@testable import Simulator

/// Every scenario that comes with the program runs, and answers what its head comment says.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct ShippedScenarios {
    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: Project.root.appendingPathComponent("scenarios").path)) ?? [])
        .filter { $0.first?.isNumber ?? false }.sorted()

    static func results(_ name: String, _ overrides: [(path: String, value: String)] = []) throws -> Results {
        let path = Project.root.appendingPathComponent("scenarios/\(name)/scenario.yaml").path
        return try Experiment(try #require(ScenarioFile.read(path: path, overrides: overrides).scenario)).run()
    }

    @Test("Each shipped scenario runs to its precision", arguments: names)
    func runs(_ name: String) throws {
        let results = try Self.results(name)
        #expect(results.stopReason == .precision)
        #expect(results.all.sum.answered > 0)
    }

    @Test("No warning of a figure beside the formulas lacks its reason", arguments: names)
    func rails(_ name: String) throws {
        let outside = GuardRails(try Self.results(name)).outside
        #expect(outside.allSatisfy { $0.reason != .unknown })
    }

    @Test("Every routing policy runs on every shipped scenario", arguments: names)
    func policies(_ name: String) throws {
        let runs = [(path: "experiment.replications", value: "2")]
        for policy in RoutingPolicies.pickContact {
            let results = try Self.results(name, runs + [("routing.pick_contact", policy.keyword)])
            #expect(results.all.sum.answered > 0, "\(policy.keyword)")
        }
        for policy in RoutingPolicies.pickAgent {
            let results = try Self.results(
                name, runs + [("routing.pick_agent", policy.keyword), ("routing.sticky", "yes")])
            #expect(results.all.sum.answered > 0, "\(policy.keyword)")
        }
    }

    @Test("01: the intervals hold Erlang A's values")
    func oneQueue() throws {
        let results = try Self.results("01-one-queue")
        let exact = SingleQueue(arrivalRate: 200.0 / 3600, handlingTime: 180, patience: 300)
            .measures(agents: 12, within: 20)
        let figures = results.types[0]
        for (truth, tally) in [
            (exact.serviceLevels.ofAllOffered, figures.serviceLevel), (exact.abandonment, figures.tally(.abandonment)),
            (exact.meanSpeedOfAnswer, figures.tally(.asa)),
            (exact.occupancy, results.groups[0].occupancy),
        ] {
            let truth = try #require(truth)
            let estimate = try #require(tally.estimate(confidence: 0.999))
            #expect(truth >= estimate.low && truth <= estimate.high, "\(truth) in \(estimate)")
        }
    }

    @Test("02: the clinic meets its target")
    func clinic() throws {
        #expect(try !Self.results("02-clinic").missesTargets)
    }

    @Test("03: what can wait makes room for callers, of whom too many hang up, and Spanish ones are failed")
    func riverbend() throws {
        let results = try Self.results("03-riverbend")
        let types = results.scenario.contactTypes.map(\.id)
        func level(_ id: String) throws -> Double {
            let type = try #require(types.firstIndex(of: id))
            return try #require(results.types[type].serviceLevel.value)
        }
        #expect(try (0.92...0.97).contains(level("nurse_triage")))
        #expect(try (0.83...0.89).contains(level("eligibility_auth")))
        #expect(try (0.85...0.90).contains(level("scheduling")))
        for id in ["chat_help", "texts", "emails", "portal_messages", "scheduling_callback"] {
            #expect(try level(id) > 0.92, "\(id)")
        }
        // What the means hide: Spanish callers.
        func spanish(_ id: String) throws -> (level: Double, hangUps: Double) {
            let type = try #require(types.firstIndex(of: id))
            let c = try #require(results.classes.firstIndex { $0.type == type && $0.language == "es" })
            return (
                try #require(results.byClass[c].serviceLevel.value),
                try #require(results.byClass[c].tally(.abandonment).value)
            )
        }
        for (id, share) in [("scheduling", 0.65), ("billing", 0.68), ("refill", 0.62)] {
            let found = try spanish(id)
            #expect(abs(found.level - share) < 0.03 && (0.15...0.24).contains(found.hangUps), "\(id)")
        }
        let billing = try #require(types.firstIndex(of: "billing"))
        #expect(results.promises(type: billing).allSatisfy { $0.isMet } && results.missesTargets)
        let screen = SimulationSummary(results).report.lines()
        #expect(screen.contains { $0.hasPrefix("billing ") && $0.contains("met, but es 6") && $0.hasSuffix("hang up") })
        #expect(screen.contains { $0.contains("Missed in es: scheduling, billing and refill.") })
        let groups = results.scenario.agentGroups
        var cost = 0.0
        for (cell, seconds) in results.paidSeconds.enumerated() {
            cost += seconds / 3600 * (groups[cell % groups.count].wagePerHour ?? 0)
        }
        // By hand from the shifts: 8 paid hours each, 4 on Saturdays.
        #expect(abs(cost - 57_905.2) < 0.01)
        // A week whose Sunday has 23 hours.
        #expect(results.scenario.horizon.length == 7 * 86_400 - 3600)
    }

    @Test("04: half get through in a minute; one more person all day makes it nine of ten")
    func surgery() throws {
        let now = try Self.results("04-gp-surgery").types[0]
        let level = try #require(now.serviceLevel.value)
        #expect(level > 0.47 && level < 0.55)
        let hangUps = try #require(now.tally(.abandonment).value)
        #expect(hangUps > 0.09 && hangUps < 0.13)
        let more = try Self.results(
            "04-gp-surgery", [("agent_groups.reception.agents", "staffing-plus-one.csv")]
        ).types[0]
        #expect(try #require(more.serviceLevel.value) > 0.87)
    }

    @Test("05: one nurse on call answers four of five, and the weekend's messages are nearly all answered by noon")
    func nurseLine() throws {
        let results = try Self.results("05-nurse-line")
        #expect(results.scenario.contactTypes.map(\.id)[3...] == ["advice_voicemail", "appointments_next_open"])
        let levels = results.types.map(\.serviceLevel.value)
        #expect((0.79...0.85).contains(try #require(levels[0])))
        #expect((0.91...0.96).contains(try #require(levels[3])))
        #expect(try #require(levels[4]) > 0.97)
        // The weekend's promised calls run out of time on Monday morning, and still no urgent caller waits for them.
        let morning = try #require(
            results.scenario.horizon.periods.firstIndex {
                results.scenario.horizon.instant($0).hasPrefix("2026-01-19T09:30")
            })
        #expect(try #require(results.figures(period: morning, type: 0).serviceLevel).value > 0.6)
        #expect((0.10...0.17).contains(try #require(results.types[0].tally(.abandonment).value)))
    }

    @Test("06: the intervals hold the chain's values, with three chats at once and with two", arguments: [3, 2])
    func chatTeam(_ count: Int) throws {
        let results = try Self.results("06-chat-team", [("channels.chat.at_once", "\(count)")])
        let times = [360.0, 432, 576]
        let exact = try #require(
            ChatQueue(arrivalRate: 125.0 / 3600, chatTimes: Array(times.prefix(count)), patience: 120)
                .measures(agents: 8, within: 30))
        let figures = results.types[0]
        for (truth, tally) in [
            (exact.queue.serviceLevels.ofAllOffered, figures.serviceLevel),
            (exact.queue.abandonment, figures.tally(.abandonment)),
            (exact.queue.meanSpeedOfAnswer, figures.tally(.asa)),
        ] {
            let truth = try #require(truth)
            let estimate = try #require(tally.estimate(confidence: 0.999))
            #expect(truth >= estimate.low && truth <= estimate.high, "\(truth) in \(estimate)")
        }
        #expect(abs(try #require(exact.queue.serviceLevels.ofAllOffered) - (count == 3 ? 0.956 : 0.804)) < 5e-4)
    }

    @Test("07: cases are opened in time between calls; a second nurse mends the review")
    func authorization() throws {
        func levels(_ overrides: [(path: String, value: String)] = []) throws -> [Double] {
            let results = try Self.results("07-prior-authorization", overrides)
            return try results.types.map { try #require($0.serviceLevel.value) }
        }
        let now = try levels()
        #expect(now[0] > 0.98 && now[1] > 0.98)
        #expect(now[2] > 0.88 && now[2] < 0.97)
        #expect(try levels([("agent_groups.nurses.agents", "2")])[2] > 0.99)
    }

    @Test("08: the offer spares hang-ups and its promise is kept; half an hour earlier spares more")
    func callback() throws {
        let offered = try Self.results("08-callback-promise")
        let hangUps = try #require(offered.types[0].tally(.abandonment).value)
        #expect((0.14...0.18).contains(hangUps))
        #expect(try #require(offered.types[1].serviceLevel.value) > 0.95)
        let without = try Self.results(
            "08-callback-promise",
            [("contact_types.calls.callback", "none"), ("experiment.precision", "1 point")])
        #expect(try #require(without.types[0].tally(.abandonment).value) > hangUps + 0.02)
        let earlier = try Self.results("08-callback-promise", [("shifts.late.start", "09:30")])
        #expect(try #require(earlier.types[0].tally(.abandonment).value) < hangUps - 0.01)
        #expect(
            try #require(earlier.types[0].serviceLevel.value) > (try #require(offered.types[0].serviceLevel.value))
                + 0.02)
        #expect(try #require(earlier.types[1].serviceLevel.value) > 0.95)
    }

    @Test("09: what the small team's members do for each other is seen at the others")
    func smallTeam() throws {
        func levels(_ overrides: [(path: String, value: String)] = []) throws -> [String: Double] {
            let results = try Self.results("09-small-team", overrides)
            return Dictionary(
                uniqueKeysWithValues: zip(results.scenario.contactTypes, results.types).compactMap { type, figures in
                    figures.serviceLevel.value.map { (type.id, $0) }
                })
        }
        let now = try levels()
        #expect((0.90...0.95).contains(try #require(now["calls"])))
        #expect((0.61...0.70).contains(try #require(now["billing"])))
        let results = try Self.results("09-small-team")
        let spanish = try #require(results.classes.firstIndex { $0.type == 0 && $0.language == "es" })
        #expect((0.80...0.86).contains(try #require(results.byClass[spanish].serviceLevel.value)))
        #expect((0.80...0.88).contains(try #require(now["clinical"])))
        let apart = try levels([("agent_groups.billers.skills", "{billing: 1}")])
        #expect((0.82...0.87).contains(try #require(apart["calls"])))
        #expect((0.73...0.80).contains(try #require(apart["billing"])))
        let two = try levels([("agent_groups.nurses.agents", "2")])
        #expect((0.58...0.68).contains(try #require(two["clinical"])))
    }
}
