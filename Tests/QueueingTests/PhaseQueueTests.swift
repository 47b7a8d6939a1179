import Foundation
import TestSupport
import Testing

@testable import Queueing

@Suite("Handling times that are not exponential")
struct PhaseQueueTests {
    static func service(_ text: String) -> ServicePhases {
        let parts = text.split(separator: ":").map(String.init)
        let numbers = parts.dropFirst().compactMap(Double.init)
        if parts[0] == "e2" { return .erlang(2, mean: numbers[0]) }
        return .hyperexponential([
            .init(share: numbers[0], mean: numbers[1]), .init(share: 1 - numbers[0], mean: numbers[2]),
        ])
    }

    static func patience(_ row: ReferenceTable.Row) -> Double {
        row.text("patience_mean_s") == "inf" ? .infinity : row.number("patience_mean_s")
    }

    @Test("M/PH/n+M: every row and column of the table")
    func table() throws {
        let table = try ReferenceTableTests.table("mphn")
        #expect(table.rows.count == 10)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row, seen: ["case_id", "arrival_rate_per_h", "service", "patience_mean_s", "n_agents"])
            let service = Self.service(row.text("service"))
            let queue = PhaseQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, service: service, patience: Self.patience(row))
            let m = try #require(queue.measures(agents: Int(row.number("n_agents")), within: 20))
            func check(_ column: String, _ value: Double?) { checker.check(column, value, .relative(1e-8)) }
            check("aht_s", service.mean)
            check("p_wait", m.waitProbability)
            check("p_abandon", m.abandonment)
            check("mean_wait_all_s", m.meanWait)
            check("asa_answered_s", m.meanSpeedOfAnswer)
            check("sl_a_20s", m.serviceLevels.ofAllOffered)
            check("sl_b_20s", m.serviceLevels.withoutShortAbandons)
            check("mean_queue_len", m.queueMean)
            check("occupancy", m.occupancy)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("phases that amount to an exponential time give Erlang A and C")
    func exponential() throws {
        for patience in [100, Double.infinity] {
            let single = SingleQueue(arrivalRate: 0.05, handlingTime: 180, patience: patience)
            let a = single.measures(agents: 11, within: 20)
            for service in [
                ServicePhases.erlang(1, mean: 180),
                .hyperexponential([.init(share: 2, mean: 180), .init(share: 1, mean: 180)]),
            ] {
                let m = try #require(
                    PhaseQueue(arrivalRate: 0.05, service: service, patience: patience).measures(agents: 11, within: 20)
                )
                #expect(abs(try #require(m.waitProbability) - #require(a.waitProbability)) < 1e-9)
                #expect(abs(try #require(m.meanSpeedOfAnswer) / #require(a.meanSpeedOfAnswer) - 1) < 1e-8)
                #expect(abs(try #require(m.serviceLevels.ofAllOffered) - #require(a.serviceLevels.ofAllOffered)) < 1e-9)
                #expect(abs(try #require(m.stillWaiting) - #require(a.stillWaiting)) < 1e-9)
            }
        }
        #expect(abs(ServicePhases.erlang(4, mean: 180).squaredSpread - 0.25) < 1e-14)
        let mixed = ServicePhases.hyperexponential([.init(share: 0.5, mean: 60), .init(share: 0.5, mean: 300)])
        #expect(abs(mixed.squaredSpread - (60.0 * 60 + 300 * 300) / (180 * 180) + 1) < 1e-14)
    }

    @Test("one agent with endless patience waits as Pollaczek and Khinchine say")
    func singleAgent() throws {
        for phases in [1, 2, 3, 5] {
            let service = ServicePhases.erlang(phases, mean: 60)
            let m = try #require(PhaseQueue(arrivalRate: 0.01, service: service).measures(agents: 1))
            let wait = 0.6 * 60 / (1 - 0.6) * (1 + 1 / Double(phases)) / 2
            #expect(abs(try #require(m.meanWait) - wait) < 1e-8 * wait)
        }
    }

    @Test("too large a chain is no answer, and too few agents an endless queue")
    func ends() {
        let three = ServicePhases.erlang(6, mean: 60)
        #expect(PhaseQueue(arrivalRate: 10, service: three, patience: 60).measures(agents: 500) == nil)
        #expect(PhaseQueue(arrivalRate: 1, service: three).measures(agents: 50)?.meanWait == .infinity)
        #expect(PhaseQueue(arrivalRate: 0, service: three).measures(agents: 5)?.meanWait == nil)
    }
}

@Suite("Approximations for general times")
struct ApproximationTests {
    @Test("for exponential times Allen, Cunneen and Kimura are Erlang C")
    func exact() throws {
        for (load, agents) in [(0.5, 1.0), (8, 10), (95, 100), (4.4, 4)] {
            let queue = SingleQueue(arrivalRate: load / 180, handlingTime: 180)
            let wait = try #require(queue.measures(agents: agents).meanWait)
            for estimate in [
                TwoMomentWait.allenCunneen(queue, agents: agents), TwoMomentWait.kimura(queue, agents: agents),
            ] {
                #expect(estimate == wait || abs(estimate - wait) < 1e-12 * wait)
            }
        }
    }

    @Test("one agent and any handling time: both are Pollaczek and Khinchine's formula")
    func single() throws {
        let queue = SingleQueue(arrivalRate: 0.01, handlingTime: 60)
        for spread in [0, 0.3, 1] {
            let wait = 0.6 * 60 / 0.4 * (1 + spread) / 2
            #expect(abs(TwoMomentWait.allenCunneen(queue, agents: 1, serviceSquaredSpread: spread) - wait) < 1e-10)
            #expect(abs(TwoMomentWait.kimura(queue, agents: 1, serviceSquaredSpread: spread) - wait) < 1e-10)
        }
    }

    @Test("with patient contacts they come within some percent of the exact chain")
    func near() throws {
        for row in try ReferenceTableTests.table("mphn").rows where row.text("patience_mean_s") == "inf" {
            let service = PhaseQueueTests.service(row.text("service"))
            let queue = SingleQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"))
            let agents = row.number("n_agents")
            let wait = row.number("mean_wait_all_s")
            let ac = TwoMomentWait.allenCunneen(queue, agents: agents, serviceSquaredSpread: service.squaredSpread)
            let kimura = TwoMomentWait.kimura(queue, agents: agents, serviceSquaredSpread: service.squaredSpread)
            // The wilder the times, the further from the truth two moments stay.
            let margin = service.squaredSpread > 1 ? 0.2 : 0.05
            #expect(abs(ac - wait) < margin * wait, "\(row.id) \(ac) \(wait)")
            #expect(abs(kimura - wait) < margin * wait, "\(row.id) \(kimura) \(wait)")
        }
    }

    @Test("the engineering solution is exact for exponential times and patience, with any number of lines")
    func engineering() throws {
        for (queue, agents, _) in SingleQueueTests.queues.prefix(150) where queue.arrivalRate * queue.patience < 1e4 {
            for room in [SingleQueue.Room.unlimited, .lines(Int(agents) + 5), .none] {
                var queue = queue
                queue.room = room
                let exact = queue.measures(agents: agents)
                let m = EngineeringSolution(queue, patience: .exponential(mean: queue.patience)).measures(
                    agents: agents)
                #expect(abs(m.waited - (try #require(exact.waitProbability))) < 1e-9, "\(queue) \(agents)")
                #expect(abs(m.abandoned - (try #require(exact.abandonment))) < 1e-9, "\(queue) \(agents)")
                #expect(abs(m.blocked - (try #require(exact.blocking))) < 1e-9, "\(queue) \(agents)")
                #expect(abs(m.queueMean - exact.queueMean) <= 1e-8 * exact.queueMean, "\(queue) \(agents)")
            }
        }
    }

    @Test("how far the engineering solution errs when handling times are not exponential")
    func engineeringAgainstExact() throws {
        var worst = 0.0
        for row in try ReferenceTableTests.table("mphn").rows where row.text("patience_mean_s") != "inf" {
            let patience = row.number("patience_mean_s")
            let queue = SingleQueue(
                arrivalRate: row.number("arrival_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: patience)
            let m = EngineeringSolution(queue, patience: .exponential(mean: patience))
                .measures(agents: row.number("n_agents"))
            let error = abs(m.abandoned - row.number("p_abandon"))
            worst = max(worst, error)
            // A single agent feels each long handling time; in a pool they blur.
            #expect(error < (row.number("n_agents") > 1 ? 0.015 : 0.08), "\(row.id) \(m.abandoned)")
        }
        // It is an approximation: were it exact here, the test would test nothing.
        #expect(worst > 1e-3)
    }

    @Test("the engineering solution comes near M/M/n+G for patience of other shapes")
    func engineeringAgainstIntegral() throws {
        for patience in [
            Patience.gamma(shape: 2, mean: 120), .lognormal(mean: 120, spread: 1), .uniform(from: 0, to: 240),
            .deterministic(120), .balking(share: 0.1, mean: 200),
        ] {
            let queue = ImpatientQueue(arrivalRate: 0.8, handlingTime: 60, patience: patience)
            let exact = queue.measures(agents: 50)
            let m = EngineeringSolution(queue.contacts, patience: patience).measures(agents: 50)
            #expect(abs(m.waited - (try #require(exact.waitProbability))) < 0.02, "\(patience) \(m)")
            #expect(abs(m.abandoned - (try #require(exact.abandonment))) < 0.005, "\(patience) \(m)")
        }
    }
}
