import Foundation
import TestSupport
import Testing

@testable import Queueing

/// Exact chains against chains that were solved elsewhere by other means.
@Suite("Exact chains")
struct ChainTests {
    static let relative = Tolerance.relative(1e-8)

    /// Probabilities that the reference itself only has to 1e-11 are compared absolutely.
    static func tolerance(_ row: ReferenceTable.Row, _ column: String) -> Tolerance {
        (row.optional(column) ?? 1) < 1e-3 ? .absolute(1e-11) : relative
    }

    @Test("redials: every row and column of the table")
    func redials() throws {
        let table = try ReferenceTableTests.table("retrial")
        #expect(table.rows.count == 8)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row,
                seen: [
                    "case_id", "primary_rate_per_h", "aht_s", "patience_mean_s", "n_agents", "n_lines",
                    "p_redial_after_abandon", "p_redial_after_block", "redial_delay_mean_s",
                ])
            let redials = Redials(
                afterAbandoning: row.number("p_redial_after_abandon"),
                afterBlocking: row.number("p_redial_after_block"), delay: row.number("redial_delay_mean_s"))
            let queue = SingleQueue(
                arrivalRate: row.number("primary_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                patience: row.optional("patience_mean_s") ?? .infinity, room: .lines(Int(row.number("n_lines"))))
            let m = try #require(redials.exact(queue, agents: Int(row.number("n_agents")), within: 20))
            func check(_ column: String, _ value: Double?) {
                checker.check(column, value, Self.tolerance(row, column))
            }
            check("attempt_rate_per_h", m.attemptRate * 3600)
            check("mean_attempts_per_caller", m.attemptsPerCaller)
            check("p_block_attempt", m.attempts.blocking)
            check("p_wait_attempt", m.attempts.waitProbability)
            check("p_abandon_attempt", m.attempts.abandonment)
            check("p_caller_lost", m.lostCallers)
            check("p_abandon_first_attempt", m.firstAttempts.abandonment)
            check("mean_orbit", m.orbitMean)
            check("mean_queue_len", m.attempts.queueMean)
            check("occupancy", m.attempts.occupancy)
            check("sl_a_20s_attempt", m.attempts.serviceLevels.ofAllOffered)
            check("sl_a_20s_first_attempt", m.firstAttempts.serviceLevels.ofAllOffered)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("Erlang X comes near the exact chain, the nearer the later callers try again")
    func erlangX() throws {
        let queue = SingleQueue(arrivalRate: 200.0 / 3600, handlingTime: 180, patience: 120)
        var errors: [Double] = []
        for delay in [60.0, 600, 6000] {
            let redials = Redials(afterAbandoning: 0.5, delay: delay)
            let exact = try #require(redials.exact(queue, agents: 10, within: 20))
            let x = redials.erlangX(queue, agents: 10, within: 20)
            errors.append(abs(exact.lostCallers - x.lostCallers) / exact.lostCallers)
        }
        #expect(errors[0] < 0.12)
        #expect(errors[1] < errors[0] && errors[2] < errors[1])
        #expect(errors[2] < 0.005)
    }

    @Test("Erlang X: those who come are answered or lost, and without redials it is Erlang A")
    func erlangXBalance() throws {
        for (queue, agents, within) in SingleQueueTests.queues.prefix(100) {
            for redials in [
                Redials(afterAbandoning: 0), Redials(afterAbandoning: 0.6),
                Redials(afterAbandoning: 0.99, afterBlocking: 0.5),
            ] {
                var queue = queue
                if redials.afterBlocking > 0 { queue.room = .lines(Int(agents) + 3) }
                let m = redials.erlangX(queue, agents: agents, within: within)
                let answered = 1 - (m.attempts.abandonment ?? 0) - (m.attempts.blocking ?? 0)
                #expect(abs(m.attemptsPerCaller * answered + m.lostCallers - 1) < 1e-9, "\(queue) \(agents)")
                #expect(m.attemptsPerCaller >= 1)
                if redials.afterAbandoning == 0 {
                    #expect(m.attempts == queue.measures(agents: agents, within: within))
                }
            }
        }
        let hopeless = Redials(afterAbandoning: 1).erlangX(
            SingleQueue(arrivalRate: 1, handlingTime: 100, patience: 60), agents: 50)
        #expect(hopeless.attemptRate == .infinity)
        #expect(hopeless.lostCallers == 0)
    }

    @Test("chats: every row and column of the table")
    func chats() throws {
        let table = try ReferenceTableTests.table("chat")
        #expect(table.rows.count == 10)
        for row in table.rows {
            let slots = Int(row.number("max_concurrent"))
            var seen: Set = ["case_id", "chat_rate_per_h", "patience_mean_s", "n_agents", "max_concurrent", "routing"]
            seen.formUnion((1...4).map { "chat_mean_s_at_\($0)" })
            var checker = ReferenceTableTests.Checker(row: row, seen: seen)
            let queue = ChatQueue(
                arrivalRate: row.number("chat_rate_per_h") / 3600,
                chatTimes: (1...slots).map { row.number("chat_mean_s_at_\($0)") },
                patience: row.number("patience_mean_s"),
                routing: row.text("routing") == "least_loaded" ? .leastLoaded : .mostLoaded)
            let m = try #require(queue.measures(agents: Int(row.number("n_agents")), within: 60))
            func check(_ column: String, _ value: Double?) { checker.check(column, value, Self.relative) }
            check("p_wait", m.queue.waitProbability)
            check("p_abandon", m.queue.abandonment)
            check("mean_wait_all_s", m.queue.meanWait)
            check("asa_answered_s", m.queue.meanSpeedOfAnswer)
            check("sl_a_60s", m.queue.serviceLevels.ofAllOffered)
            check("mean_queue_len", m.queue.queueMean)
            check("mean_chats_in_service", m.chatsMean)
            check("mean_chat_duration_s", m.chatTimeMean)
            check("p_agent_idle", m.idleAgents)
            check("mean_concurrency_of_busy_agent", m.chatsPerBusyAgent)
            check("slot_utilisation", m.slotUse)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("one chat at a time is Erlang A, and so are any slots that do not slow each other")
    func plainChats() throws {
        for patience in [60, 600, Double.infinity] {
            let single = SingleQueue(arrivalRate: 0.05, handlingTime: 180, patience: patience)
            let a = single.measures(agents: 12, within: 20)
            for (agents, slots) in [(12, 1), (6, 2), (4, 3)] {
                let chat = ChatQueue(
                    arrivalRate: 0.05, chatTimes: [Double](repeating: 180, count: slots), patience: patience)
                let m = try #require(chat.measures(agents: agents, within: 20))
                #expect(abs(try #require(m.queue.waitProbability) - #require(a.waitProbability)) < 1e-12)
                #expect(abs(try #require(m.queue.meanWait) - #require(a.meanWait)) < 1e-10)
                #expect(abs(m.chatsMean - 12 * (try #require(a.occupancy))) < 1e-10)
            }
        }
        let lost = ChatQueue(arrivalRate: 1, chatTimes: [60, 90])
        #expect(try #require(lost.measures(agents: 10)).queue.meanWait == .infinity)
        #expect(lost.measures(agents: 1000) == nil)
        #expect(lost.measures(agents: 0)?.idleAgents == nil)
    }

    @Test("callbacks: every row and column of the table")
    func callbacks() throws {
        let table = try ReferenceTableTests.table("callback")
        #expect(table.rows.count == 5)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row,
                seen: [
                    "case_id", "call_rate_per_h", "aht_s", "patience_mean_s", "n_agents", "p_accept_callback",
                    "idle_reserve",
                ])
            let queue = CallbackQueue(
                SingleQueue(
                    arrivalRate: row.number("call_rate_per_h") / 3600, handlingTime: row.number("aht_s"),
                    patience: row.number("patience_mean_s")),
                accepted: row.number("p_accept_callback"), idleReserve: Int(row.number("idle_reserve")))
            let m = try #require(queue.measures(agents: Int(row.number("n_agents")), within: 20))
            func check(_ column: String, _ value: Double?) { checker.check(column, value, Self.relative) }
            check("p_wait_offered_callback", m.offered)
            check("p_enter_queue", m.entered)
            check("p_abandon", m.abandonment)
            check("p_callback", m.callbacks)
            check("mean_callback_delay_s", m.callbackDelay)
            check("mean_callback_backlog", m.callbacksDue)
            check("mean_queue_len", m.online.queueMean)
            check("occupancy", m.online.occupancy)
            check("sl_a_20s_online", m.online.serviceLevels.ofAllOffered)
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("callbacks: nobody takes one is Erlang A; more than agents can make pile up without end")
    func callbackEnds() throws {
        let contacts = SingleQueue(arrivalRate: 0.05, handlingTime: 180, patience: 120)
        let none = try #require(CallbackQueue(contacts, accepted: 0).measures(agents: 10, within: 20))
        let a = contacts.measures(agents: 10, within: 20)
        #expect(abs(try #require(none.online.abandonment) - #require(a.abandonment)) < 1e-12)
        #expect(abs(try #require(none.online.meanSpeedOfAnswer) - #require(a.meanSpeedOfAnswer)) < 1e-9)
        #expect(none.callbackDelay == nil)
        let piled = try #require(CallbackQueue(contacts, accepted: 0.9).measures(agents: 8, within: 20))
        #expect(piled.callbacksDue == .infinity)
        #expect(piled.online.occupancy == 1)
        let kept = try #require(CallbackQueue(contacts, accepted: 0.5, idleReserve: 99).measures(agents: 10))
        #expect(kept.callbacksDue == .infinity)
    }

    @Test("elimination solves a chain whose law is known, across two hundred powers of ten")
    func banded() {
        // A birth–death chain: ratios of neighbours are the ratios of the rates.
        let chain = BandedChain(count: 400, band: 3)
        for i in 0..<399 {
            chain.add(i, i + 1, 1)
            chain.add(i + 1, i, 4)
        }
        let law = chain.stationary()
        for i in [0, 1, 100, 399] {
            let exact = 0.75 * pow(0.25, Double(i))
            #expect(abs(law[i] - exact) <= 1e-12 * exact)
        }
        let rising = BandedChain(count: 2000, band: 1)
        for i in 0..<1999 {
            rising.add(i, i + 1, 10)
            rising.add(i + 1, i, 1)
        }
        let top = rising.stationary()
        #expect(abs(top[1999] - 0.9) < 1e-12)
        #expect(abs(top[1998] - 0.09) < 1e-12)
    }

    @Test("no finite input gives a number that is none or a share outside 0…1")
    func fuzz() {
        var dice = Dice(seed: 21)
        for _ in 0..<60 {
            let handling = dice.pick([0, 1e-6, 180, dice.logUniform(1, 1e4)])
            let load = dice.pick([0, 1e-9, 3, 12, dice.uniform(0, 6), 1e7])
            let agents = dice.pick([0, 1, 3, 5])
            let patience = dice.pick([0, 1e-3, 60, 1e9, .infinity])
            let within = dice.pick([0, 20, 1e4, .infinity])
            let share = dice.pick([0, 0.5, 1, 2, -1])
            let contacts = SingleQueue(
                arrivalRate: handling > 0 ? load / handling : load, handlingTime: handling, patience: patience,
                room: dice.pick([.unlimited, .lines(agents + 4), .none]))
            let redials = Redials(afterAbandoning: share, afterBlocking: share, delay: dice.pick([0, 60, 1e5]))
            let x = redials.erlangX(contacts, agents: Double(agents), within: within)
            let exact = redials.exact(contacts, agents: agents, within: within, most: 3e5)
            for m in [x, exact].compactMap({ $0 }) {
                Self.check(m.attempts)
                Self.check(m.firstAttempts)
                #expect(
                    m.attemptsPerCaller >= 1 && m.lostCallers >= 0 && m.lostCallers <= 1 && m.orbitMean >= 0, "\(m)")
            }
            let chat = ChatQueue(
                arrivalRate: contacts.arrivalRate, chatTimes: [handling, handling * 1.4], patience: patience,
                routing: dice.pick([.leastLoaded, .mostLoaded]))
            if let m = chat.measures(agents: agents, within: within) {
                Self.check(m.queue)
                #expect(m.chatsMean >= 0 && (m.chatTimeMean ?? 0) >= 0, "\(chat) \(m)")
            }
            let callback = CallbackQueue(contacts, accepted: share, idleReserve: dice.pick([0, 1, 9]))
            if let m = callback.measures(agents: agents, within: within, most: 3e5) {
                Self.check(m.online)
                #expect(m.callbacksDue >= 0 && m.offered >= 0 && m.offered <= 1, "\(callback) \(m)")
            }
            let phases = PhaseQueue(
                arrivalRate: contacts.arrivalRate, service: .erlang(2, mean: handling), patience: patience)
            if let m = phases.measures(agents: agents, within: min(within, 100), most: 3e4) { Self.check(m) }
            Self.check(
                BusynessFactor(shape: dice.pick([0, 0.5, 30])).measures(
                    contacts, agents: Double(agents), within: within))
            Self.check(Absenteeism(share: share / 3).measures(contacts, scheduled: agents, within: within))
            let e = EngineeringSolution(contacts, patience: .weibull(shape: 0.7, scale: patience)).measures(
                agents: Double(agents))
            #expect(e.waited >= 0 && e.waited <= 1 && e.abandoned >= 0 && e.abandoned <= 1 && e.meanWait >= 0, "\(e)")
            let spread = dice.pick([0, 0.3, 1, 4])
            for wait in [
                TwoMomentWait.allenCunneen(contacts, agents: Double(agents), serviceSquaredSpread: spread),
                TwoMomentWait.kimura(
                    contacts, agents: Double(agents), arrivalSquaredSpread: spread, serviceSquaredSpread: spread / 4),
            ] { #expect(wait >= 0, "\(contacts) \(agents) \(spread)") }
        }
    }

    static func check(_ m: QueueMeasures, _ place: SourceLocation = #_sourceLocation) {
        for share in [
            m.waitProbability, m.abandonment, m.blocking, m.occupancy, m.stillWaiting, m.serviceLevels.ofAllOffered,
            m.serviceLevels.withoutShortAbandons, m.serviceLevels.abandonsCountAsMet, m.serviceLevels.ofAnswered,
        ].compactMap({ $0 }) {
            #expect(share >= 0 && share <= 1, "\(m)", sourceLocation: place)
        }
        for wait in [m.meanWait, m.meanSpeedOfAnswer, m.meanWaitAbandoned, m.queueMean].compactMap({ $0 }) {
            #expect(wait >= 0, "\(m)", sourceLocation: place)
        }
    }
}
