import Foundation
import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import ScenarioReading
@testable import Simulator

/// What is known of healthcare contact centers (field.md, section 1), held against the shipped scenarios: a fact, a test.
@Suite("Facts of the field")
struct FieldFacts {
    private static func scenario(_ name: String, _ overrides: [(path: String, value: String)] = []) throws -> Scenario {
        let path = Project.root.appendingPathComponent("scenarios/\(name)/scenario.yaml").path
        return try #require(ScenarioFile.read(path: path, overrides: overrides).scenario)
    }

    /// One run with everything that became of its contacts.
    private struct Played {
        let scenario: Scenario
        let plan: Blueprint
        let entries: [Diary.Entry]
        let day: PlayedDay

        init(_ name: String, _ overrides: [(path: String, value: String)] = [], run: Int = 0) throws {
            scenario = try FieldFacts.scenario(name, overrides)
            plan = Blueprint(scenario)
            day = PlayedDay(plan, seed: scenario.experiment.seed, replication: run)
            entries = day.entries
        }

        /// The Monday of the Riverbend, on which everything happens.
        static func monday(_ overrides: [(path: String, value: String)] = [], run: Int = 0) throws -> Played {
            try Played("03-riverbend", overrides + [("period", "{from: 2026-03-02, to: 2026-03-02}")], run: run)
        }

        func type(_ id: String) throws -> Int {
            try #require(scenario.contactTypes.firstIndex { $0.id == id })
        }

        func group(_ agent: Int) -> AgentGroup { scenario.agentGroups[plan.agents[agent].group] }

        func sum(_ column: Observations.Contact, type t: Int) -> Double {
            let classes = plan.types[t].firstClass..<(plan.types[t].firstClass + plan.types[t].classCount)
            return (0..<day.periodCount).reduce(0) { sum, p in
                classes.reduce(sum) { $0 + day.contact(column, period: p, class: $1) }
            }
        }
    }

    @Test("1, 2: Phones, chats, texts, e-mail, portal messages, callbacks and desk work are answered by shared people")
    func channels() throws {
        let week = try Played.monday()
        let kinds = Set(week.entries.filter { $0.handling != nil }.map { week.plan.types[$0.type].given.channel.id })
        #expect(kinds.isSuperset(of: ["phone", "chat", "sms", "email", "portal", "callback", "desk"]))
        // Some roles answer phones alone, others are blended.
        var byGroup: [String: Set<String>] = [:]
        for entry in week.entries {
            guard let agent = entry.handling?.agent else { continue }
            byGroup[week.group(agent).id, default: []].insert(week.plan.types[entry.type].given.channel.id)
        }
        #expect(byGroup["bilingual_reps"]?.contains("email") == false)
        #expect(byGroup["access_reps"]?.isSuperset(of: ["phone", "chat", "sms", "email", "portal"]) == true)
        // Nobody has more in hand than the channel allows.
        for type in week.plan.types { #expect((1...3).contains(type.given.channel.atOnce)) }
    }

    @Test("5: Clinical questions reach nurses and nobody else, in every run")
    func nurseLock() throws {
        for run in 0..<3 {
            let week = try Played.monday(run: run)
            let clinical = week.scenario.contactTypes.indices.filter {
                week.scenario.contactTypes[$0].id.hasPrefix("nurse_triage")
            }
            let served = week.entries.filter { clinical.contains($0.type) && $0.handling != nil }
            #expect(served.count > 50)
            #expect(served.allSatisfy { $0.handling.map { week.group($0.agent).id == "nurses" } ?? false })
            // Some of them came from representatives, who handed them on.
            #expect(served.contains { ContactNames.causes($0.path)?.last == .transfer })
        }
    }

    @Test("5: No overflow crosses a licence: the file is refused")
    func licence() throws {
        let path = Project.root.appendingPathComponent("scenarios/03-riverbend/scenario.yaml").path
        let locked = [("contact_types.nurse_triage.licence", "rn"), ("agent_groups.nurses.licences", "[rn]")]
        #expect(ScenarioFile.read(path: path, overrides: locked.map { (path: $0.0, value: $0.1) }).scenario != nil)
        let crossing = locked + [("routing.overflow", "[{type: nurse_triage, after: 30s, to: access_reps}]")]
        let reading = ScenarioFile.read(path: path, overrides: crossing.map { (path: $0.0, value: $0.1) })
        #expect(reading.errors.count == 1 && reading.errors[0].message.contains("licence rn"))
    }

    @Test("5: A colleague who is asked holds two people: the agent is on the contact until the nurse has answered")
    func consults() throws {
        let asks = "{with: nurse_triage, share: 10%, takes: 2m}"
        let plain = try Played.monday()
        let week = try Played.monday([("contact_types.scheduling.consult", asks)])
        let asked = week.entries.filter { ContactNames.causes($0.path)?.last == .consult && $0.handling != nil }
        #expect(asked.count > 20)
        #expect(asked.allSatisfy { $0.handling.map { week.group($0.agent).id == "nurses" } ?? false })
        let t = try week.type("scheduling")
        #expect(week.sum(.hold, type: t) > plain.sum(.hold, type: t) + 100 * Double(asked.count))
    }

    @Test("6: Urgent matters go first: nurses' callers wait less than they would as everybody else")
    func urgency() throws {
        let urgent = try Played("05-nurse-line")
        let usual = try Played("05-nurse-line", [("contact_types.urgent.priority", "9")])
        let t = try urgent.type("urgent")
        let wait = { (played: Played) in played.sum(.waitAnswered, type: t) / played.sum(.answered, type: t) }
        #expect(wait(urgent) < wait(usual))
    }

    @Test("7: Contacts that land with the wrong people are handed on to the right ones: back and forth is counted")
    func misrouted() throws {
        let week = try Played("09-small-team")
        let (calls, wrong) = (try week.type("calls"), try week.type("calls_misrouted"))
        let landed = week.entries.filter { $0.type == wrong && $0.handling != nil }
        #expect(landed.count > 10)
        // Those of billing find out and hand on, each to where it belongs.
        #expect(landed.allSatisfy { $0.handling.map { week.group($0.agent).id == "billers" } ?? false })
        #expect(week.sum(.transfersOut, type: wrong) == Double(landed.count))
        let handedOn = week.entries.filter { $0.type == calls && $0.attempt == 0 && $0.origin == wrong && $0.path == 1 }
        #expect(abs(handedOn.count - landed.count) <= 1)
    }

    @Test("8: Spanish callers are served by people who speak Spanish")
    func languages() throws {
        let week = try Played.monday()
        let spanish = week.entries.filter { week.plan.classes[$0.contactClass].language == "es" }
        #expect(spanish.count > 50)
        for entry in spanish {
            guard let agent = entry.handling?.agent else { continue }
            #expect(week.group(agent).languages.contains("es"))
        }
    }

    @Test("8: An interpreter lets others serve Spanish callers, after the wait that is set, and it takes longer")
    func interpreter() throws {
        let third = "{languages: [es], after: 30s, connect: 45s, handle_time: 150%}"
        let week = try Played.monday([("contact_types.billing.interpreter", third)])
        let t = try week.type("billing")
        let spanish = week.entries.filter {
            $0.type == t && week.plan.classes[$0.contactClass].language == "es" && $0.handling != nil
        }
        let helped = spanish.filter { $0.handling.map { !week.group($0.agent).languages.contains("es") } ?? false }
        #expect(!helped.isEmpty && helped.count < spanish.count)
        #expect(helped.allSatisfy { $0.time - $0.offeredAt >= 30 })
        #expect(helped.allSatisfy { ($0.handling?.hold ?? 0) >= 45 })
    }

    @Test("10: Long waits bring hang-ups, and hang-ups bring calls: with fewer people more calls come")
    func redials() throws {
        let enough = try Played("02-clinic", [("redial", "{share: 50%, after: 10m}")])
        let few = try Played("02-clinic", [("redial", "{share: 50%, after: 10m}"), ("agents", "6")])
        #expect(few.sum(.abandoned, type: 0) > 2 * enough.sum(.abandoned, type: 0))
        #expect(few.sum(.redials, type: 0) > 2 * enough.sum(.redials, type: 0))
        #expect(few.sum(.offered, type: 0) > enough.sum(.offered, type: 0))
        // First calls are the same ones: the same random numbers.
        let first = { (played: Played) in played.sum(.offered, type: 0) - played.sum(.redials, type: 0) }
        #expect(first(few) == first(enough))
    }

    @Test("11: Each promised call is tracked to its closure: reached, given up after its attempts, or still to be made")
    func promises() throws {
        let week = try Played("08-callback-promise")
        let (calls, back) = (try week.type("calls"), try week.type("calls_callback"))
        let promised = week.entries.filter { $0.outcome == .calledBack }
        #expect(promised.count > 50)
        #expect(Double(promised.count) == week.sum(.callbacksRequested, type: calls))
        let made = Dictionary(grouping: week.entries.filter { $0.type == back }) { $0.number }
        for promise in promised {
            let attempts = (made[promise.number] ?? []).sorted { $0.attempt < $1.attempt }
            #expect(!attempts.isEmpty && attempts.count <= 2)
            // All but the last were not answered.
            #expect(attempts.dropLast().allSatisfy { $0.outcome == .unreached })
            #expect(attempts.last.map { [.answered, .unreached, .waiting].contains($0.outcome) } == true)
        }
        #expect(week.sum(.callbacksKept, type: calls) <= Double(promised.count))
    }

    @Test("12: Cases of several days carry over: work that is left on one day is done on another")
    func carryOver() throws {
        let weeks = try Played("07-prior-authorization")
        let day = { (time: Double) in weeks.scenario.horizon.days.lastIndex { $0.start <= time } ?? 0 }
        let lists = weeks.entries.filter { weeks.plan.types[$0.type].isDeferred && $0.outcome == .answered }
        #expect(lists.contains { day($0.offeredAt) < day($0.time) })
    }

    @Test("13: Recalls are tried three times at most, about as many are reached as is told, and some answer later")
    func outbound() throws {
        let week = try Played("09-small-team")
        let (recalls, calls) = (try week.type("recalls"), try week.type("calls"))
        let tries = week.entries.filter { $0.type == recalls && [.answered, .unreached].contains($0.outcome) }
        let reached = tries.count { $0.outcome == .answered }
        // 45 % of some 500 tries: standard deviation 2.2 points.
        #expect(tries.count > 300 && abs(Double(reached) / Double(tries.count) - 0.45) < 0.08)
        let byPatient = Dictionary(grouping: tries) { $0.number }
        #expect(byPatient.values.allSatisfy { $0.count <= 3 && $0.count { $0.outcome == .answered } <= 1 })
        let replies = week.entries.filter { $0.type == calls && $0.origin == recalls }
        #expect(!replies.isEmpty && replies.count < reached)
        // They are filler work: taken when nothing else waits for the group.
        let reps = try #require(week.scenario.agentGroups.firstIndex { $0.id == "reps" })
        #expect(week.scenario.agentGroups[reps].skills.first { $0.contactType == recalls }?.onlyWhenIdle == true)
    }

    @Test("14: After-contact work that is put off in a rush is done later, by whoever could have done it at once")
    func putOff() throws {
        let week = try Played("09-small-team", [("contact_types.calls.wrap_up_later", "{when_waiting: 1, due: 4h}")])
        let notes = try #require(
            week.scenario.contactTypes.firstIndex { $0.origin?.cause == .documentation })
        let done = week.entries.filter { $0.type == notes && $0.handling != nil }
        #expect(done.count > 20)
        #expect(done.contains { $0.time > $0.offeredAt })
        let serve = Set(["reps", "bilingual", "billers"])
        #expect(done.allSatisfy { $0.handling.map { serve.contains(week.group($0.agent).id) } ?? false })
    }

    @Test("14, 15: Documentation is work: agents are busy for talk, hold and after-contact work, to the second")
    func documentation() throws {
        let week = try Played("02-clinic")
        let (talk, wrapUp) = (week.sum(.talk, type: 0), week.sum(.wrapUp, type: 0))
        #expect(wrapUp > 0.25 * talk)
        let busy = (0..<week.day.periodCount).reduce(0) { $0 + week.day.group(.busy, period: $1, group: 0) }
        #expect(abs(busy - talk - wrapUp) < 1e-6 * busy)
        // And desk work after the contact is work of its own.
        let center = try Played.monday()
        #expect(center.sum(.talk, type: try center.type("eligibility_auth_follow_up")) > 0)
    }

    @Test("16: Calls peak at opening, at lunch and in the late afternoon")
    func peaks() throws {
        let clinic = try Self.scenario("02-clinic")
        let tuesday = 86_400.0
        func volume(_ from: Double, _ to: Double) -> Double {
            let (start, end) = (tuesday + from * 3600, tuesday + to * 3600)
            let contacts = clinic.contactTypes[0].arrivals.reduce(0) { sum, portion in
                let overlap = min(portion.timeSpan.end, end) - max(portion.timeSpan.start, start)
                return sum + (overlap > 0 ? portion.contacts * overlap / portion.timeSpan.length : 0)
            }
            return contacts / (to - from)
        }
        // Open from 08:00 to 17:00: each peak above the hours between, the first the highest.
        let hours = stride(from: 8.0, to: 17, by: 0.5).map { (hour: $0, volume: volume($0, $0 + 0.5)) }
        let highs = hours.indices.filter { i in
            (i == 0 || hours[i].volume >= hours[i - 1].volume)
                && (i == hours.count - 1 || hours[i].volume >= hours[i + 1].volume)
        }.map { hours[$0].hour }
        #expect(highs.contains { $0 < 10 })
        #expect(highs.contains { $0 >= 11.5 && $0 < 14 })
        #expect(highs.contains { $0 >= 15 })
        let valley = volume(10.5, 11.5)
        #expect(volume(8, 10) > valley && volume(12, 13) > valley && volume(8, 10) > volume(16, 17))
    }

    @Test("16, 24: Lunches are staggered: never is more than half of a shift at lunch together")
    func lunches() throws {
        let week = try Self.scenario("03-riverbend")
        for group in week.agentGroups {
            guard case .shifts(let blocks) = group.staffing else { continue }
            for block in blocks where block.people > 2 && block.lunch != nil {
                let lunches = (0..<block.people).compactMap { person in
                    PersonalDay(block, person: person).pauses.first { !$0.isPaid }?.timeSpan
                }
                #expect(lunches.count == block.people)
                let together = lunches.map { one in lunches.count { $0.start <= one.start && one.start < $0.end } }
                #expect((together.max() ?? 0) <= (block.people + 1) / 2, "\(group.id) \(block.shift)")
            }
        }
    }

    @Test("17: After hours one nurse is on call, day after day another shift, and messages wait for the morning")
    func afterHours() throws {
        let weeks = try Played("05-nurse-line")
        let (urgent, message) = (try weeks.type("urgent"), try weeks.type("advice_voicemail"))
        let days = weeks.scenario.horizon.days
        let nights = weeks.entries.filter { entry in
            guard let day = days.last(where: { $0.start <= entry.time }) else { return false }
            let hour = (entry.time - day.start) / 3600
            return entry.handling != nil && (hour < 8 || hour >= 18)
        }
        #expect(nights.count > 100)
        let onCall = nights.filter { $0.handling.map { weeks.group($0.agent).id == "on_call" } ?? false }
        #expect(onCall.allSatisfy { $0.type == urgent })
        // Every night has somebody: of fourteen days none is without.
        #expect(Set(onCall.compactMap { entry in days.lastIndex { $0.start <= entry.time } }).count == days.count)
        #expect(Set(onCall.compactMap { $0.handling?.agent }).count > 10)
        // Messages are left while closed and answered in office hours, when the nurses of the day are there.
        let messages = weeks.entries.filter { $0.type == message }
        #expect(messages.count > 50)
        #expect(
            messages.allSatisfy { entry in
                !weeks.plan.types[message].waitingHours.contains {
                    $0.start <= entry.offeredAt && entry.offeredAt < $0.end
                }
            })
        #expect(messages.filter { $0.outcome == .answered }.allSatisfy { $0.time > $0.offeredAt })
    }

    @Test("18: A week in which the clocks change has an hour less, and shifts keep their length")
    func clocks() throws {
        let week = try Self.scenario("03-riverbend")
        #expect(week.horizon.length == 7 * 86400 - 3600)
        let sunday = try #require(week.horizon.days.last)
        #expect(sunday.end - sunday.start == 23 * 3600)
        for group in week.agentGroups {
            guard case .shifts(let blocks) = group.staffing else { continue }
            #expect(blocks.allSatisfy { $0.timeSpan.length == 8.5 * 3600 || $0.timeSpan.length == 4 * 3600 })
        }
    }

    @Test("22: In teams of 8 to 15 one absence is 7 to 12 percent of the people, and callers notice")
    func oneAbsence() throws {
        for team in 8...15 { #expect((0.0666...0.125).contains(1 / Double(team))) }
        func week(_ agents: Int) throws -> Results {
            var scenario = try Self.scenario("02-clinic", [("agents", String(agents)), ("shrinkage", "0%")])
            scenario.experiment.replications = 20
            return try Experiment(scenario).run()
        }
        // Seven on the phones, and six where one is out: the same callers, on the same random numbers.
        let (full, short) = (try week(7), try week(6))
        #expect(full.types[0].sum.fresh == short.types[0].sum.fresh)
        let level = { (results: Results) in results.types[0].sum.answeredInTime / results.types[0].sum.offered }
        #expect(level(full) - level(short) > 0.03)
        let hangUps = { (results: Results) in results.types[0].sum.abandoned / results.types[0].sum.offered }
        #expect(hangUps(short) > 1.5 * hangUps(full))
    }

    @Test("23: What is not worked is told by cause, and paid time is worked but for it")
    func shrinkage() throws {
        let week = try Self.scenario("03-riverbend")
        #expect(abs(week.shrinkage - (1 - 0.865 * 0.955)) < 1e-12)
        var present = 0.0
        var scheduled = 0.0
        for run in 0..<3 {
            let monday = try Played.monday(run: run)
            present += monday.day.sum(.present)
            scheduled += monday.plan.scheduledSeconds.reduce(0, +)
        }
        // People are there for 1 − shrinkage of the time on duty; some finish a contact after the shift.
        #expect(abs(present / scheduled - 0.82) < 0.02)
    }

    @Test("25: Others help out at shortages: an overflow opens after a wait, and not before")
    func backup() throws {
        let overflow = "[{type: eligibility_auth, after: 90s, to: billing_team}]"
        let week = try Played.monday([("routing.overflow", overflow)])
        let t = try week.type("eligibility_auth")
        let helped = week.entries.filter { entry in
            entry.type == t && entry.handling.map { week.group($0.agent).id == "billing_team" } ?? false
        }
        #expect(!helped.isEmpty)
        #expect(helped.allSatisfy { $0.time - $0.offeredAt >= 90 })
    }

    @Test("27: Hours have their price by group, and nurses cost the most")
    func pay() throws {
        let week = try Self.scenario("03-riverbend")
        let wages = week.agentGroups.compactMap(\.wagePerHour)
        #expect(wages.count == week.agentGroups.count)
        #expect(week.agentGroups.max { ($0.wagePerHour ?? 0) < ($1.wagePerHour ?? 0) }?.id == "nurses")
        #expect(wages.allSatisfy { (17...50).contains($0) })
    }

    @Test("30: Nothing that a run keeps of a contact tells who the caller is: a type, a number, times")
    func privacy() throws {
        let week = try Played("02-clinic")
        let names = ContactNames(week.scenario)
        for entry in week.entries.prefix(100) {
            let name = names.contact(entry)
            #expect(name.hasPrefix("calls-") && name.dropFirst(6).allSatisfy { $0.isNumber || $0 == "." })
        }
    }
}
