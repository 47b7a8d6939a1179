import Queueing
import Testing

@testable import Center
@testable import Documents
@testable import Experiments
@testable import Probability
@testable import Reports
@testable import Simulator
@testable import Tabular

/// Tables, screen and stories of a center whose contacts bring about others.
@Suite("A whole center in tables and words")
struct WholeTables {
    private static func type(
        _ id: String, at times: [Double], talk: Double, channel: Channel = .phone, within: Double = 20
    ) -> ContactType {
        ContactType(
            id: id, channel: channel, open: [TimeSpan(0, 3600)],
            arrivals: times.map { ArrivalTimeSpan(TimeSpan($0, $0), contacts: 1) }, volumes: .actual,
            talk: .fixed(Fixed(talk)), target: ServiceTarget(share: 0.8, within: within))
    }

    private static func scenario(_ types: [ContactType], _ groups: [AgentGroup]) -> Scenario {
        Scenario(
            id: "day", name: "Day", horizon: .plain(step: 900, count: 4), contactTypes: types, agentGroups: groups,
            experiment: ExperimentSettings(replications: 1))
    }

    private static func agents(_ count: Double, skills: [Int], wage: Double? = nil, to end: Double = 3600) -> AgentGroup
    {
        AgentGroup(
            id: "agents", wagePerHour: wage, skills: skills.map { Skill($0) },
            staffing: .curve([StaffingTimeSpan(TimeSpan(0, end), agents: count)]))
    }

    /// Calls at 0 and 10, of which the second is promised a call; each leaves work for the desk; an e-mail that lies.
    private static func center() -> Scenario {
        var calls = type("calls", at: [0, 10], talk: 300)
        calls.callback = Callback(offerAfter: 0, accepted: 1, contactType: 1)
        calls.followOns = [FollowOn(.followUp, share: 1, contactType: 2)]
        var promised = type("calls_callback", at: [], talk: 60, channel: .callback, within: 600)
        promised.label = "Calls: callbacks"
        promised.origin = .init(.callback, of: 0)
        var desk = type("calls_follow_up", at: [], talk: 30, channel: .desk, within: 3600)
        desk.label = "Calls: follow-up"
        desk.origin = .init(.followUp, of: 0)
        desk.target?.clock = .openHours
        let mail = type("mail", at: [1800], talk: 30, channel: Channel("email", kind: .deferred), within: 3600)
        return scenario([calls, promised, desk, mail], [agents(1, skills: [0, 1, 2], wage: 36)])
    }

    private func cell(_ table: Table, _ row: Int, _ column: String) throws -> Table.Cell {
        table.rows[row][try #require(table.columns.firstIndex { $0.name == column }, "\(column)")]
    }

    @Test("contact_types.csv has the columns in their order, those of the four rules among them")
    func columns() throws {
        let results = try Experiment(Self.center(), threads: 1).run()
        let table = SimulationTables(results).contactTypes
        #expect(
            table.columns.map(\.name) == [
                "contact_type", "language", "channel", "offered", "fresh", "redials", "repeats", "transfers_in",
                "answered", "abandoned", "short_abandoned", "turned_away", "callbacks_requested", "callbacks_kept",
                "transfers_out", "handed_back", "lost_after_answer", "left_out", "not_yet_due", "kept_in_sl",
                "answered_in_sl", "abandoned_in_sl", "target", "sl_rule", "service_level_pct",
                "service_level_pct_lo", "service_level_pct_hi", "sl_of_all_offered_pct",
                "sl_without_short_abandons_pct", "sl_abandons_count_as_met_pct", "sl_of_answered_pct",
                "chance_met_pct", "asa_s", "asa_s_lo", "asa_s_hi", "wait_p50_s", "wait_p80_s", "wait_p95_s",
                "abandon_pct", "abandon_pct_lo", "abandon_pct_hi", "talk_s", "hold_s", "acw_s", "aht_s",
                "backlog_end", "overdue_pct", "oldest_s", "cost_per_contact", "max_abandon_pct", "met", "verdict",
            ])
        #expect(
            SimulationTables(results).agentGroups.columns.map(\.name) == [
                "agent_group", "people", "paid_h", "scheduled_h", "available_h", "busy_h", "occupancy_pct",
                "occupancy_pct_lo", "occupancy_pct_hi", "utilization_pct", "overtime_h", "contacts", "cost",
            ])
        // Calls: one answered, one promised and kept.
        #expect(try cell(table, 0, "callbacks_requested") == .number(1))
        #expect(try cell(table, 0, "callbacks_kept") == .number(1))
        #expect(try cell(table, 0, "overdue_pct") == .blank)
        // 36 for 300 + 60 + 30 seconds of handling.
        guard case .number(let cost) = try cell(table, 0, "cost_per_contact") else {
            Issue.record("no cost")
            return
        }
        #expect(abs(cost - 36 * 300 / 390) < 1e-9)
        // The call that was promised: neither callbacks of its own nor hang-ups.
        #expect(try cell(table, 1, "callbacks_requested") == .blank)
        #expect(try cell(table, 1, "abandoned") == .blank)
        #expect(try cell(table, 1, "abandon_pct") == .blank)
        #expect(try cell(table, 1, "overdue_pct") == .number(0))
        // Nobody serves the e-mail: left over, not yet due, of no known cost.
        #expect(try cell(table, 3, "backlog_end") == .number(1))
        #expect(try cell(table, 3, "oldest_s") == .number(1800))
        #expect(try cell(table, 3, "service_level_pct") == .blank)
        #expect(try cell(table, 3, "overdue_pct") == .blank)
        #expect(try cell(table, 3, "cost_per_contact") == .blank)
    }

    @Test("the intervals' costs add up to the group's, overtime and hours beyond the contract included")
    func overtime() throws {
        var group = Self.agents(1, skills: [0], wage: 36)
        group.staffing = .shifts([
            ShiftBlock(shift: "", day: 0, timeSpan: TimeSpan(0, 1000), people: 2, members: [0, 1])
        ])
        group.members = [Person(id: "ana", contractHours: 0.1), Person(id: "bo", contractHours: 7)]
        group.overtimeRate = 1.5
        let results = try Experiment(
            Self.scenario([Self.type("calls", at: [950], talk: 200)], [group]), threads: 1
        ).run()
        let tables = SimulationTables(results)
        let costs = try tables.groupIntervals.rows.indices.map { row -> Double in
            guard case .number(let cost) = try cell(tables.groupIntervals, row, "cost") else { return .nan }
            return cost
        }
        // 2000 paid seconds at a cent, of them 1800 in the first quarter of an hour; 640 beyond the contract cost half as much
        // again, wherever they lie; 150 seconds of overtime in the second quarter.
        #expect(abs(costs[0] - 0.9 * (20 + 3.2)) < 1e-9)
        #expect(abs(costs[1] - (0.1 * (20 + 3.2) + 2.25)) < 1e-9)
        guard case .number(let cost) = try cell(tables.agentGroups, 0, "cost") else {
            Issue.record("no cost")
            return
        }
        #expect(abs(costs.reduce(0, +) - cost) < 1e-9 && abs(cost - 25.45) < 1e-9)
        #expect(
            SimulationSummary(results).report.lines().contains {
                $0.contains("Scheduled hours and overtime cost $25 a day.")
            })
    }

    @Test("summary.csv tells of each type the metrics that it has")
    func summary() throws {
        let table = SimulationTables(try Experiment(Self.center(), threads: 1).run()).summary
        func metrics(_ id: String) -> Set<String> {
            Set(
                table.rows.compactMap { row in
                    guard row[1] == .text(id), case .text(let metric) = row[2] else { return nil }
                    return metric
                })
        }
        #expect(metrics("calls").isSuperset(of: ["promise_kept", "cost_per_contact", "abandonment"]))
        #expect(metrics("calls").isDisjoint(with: ["overdue_share", "turnaround", "transfer_rate", "backlog_end"]))
        #expect(metrics("calls_callback").isSuperset(of: ["overdue_share", "turnaround", "backlog_end", "oldest"]))
        #expect(metrics("calls_callback").isDisjoint(with: ["promise_kept", "abandonment"]))
        #expect(!metrics("mail").contains("cost_per_contact"))
        #expect(metrics("all").contains("promise_kept"))
    }

    @Test("the screen shows derived types by their labels, waits of lists in hours, and what is left")
    func screen() throws {
        let results = try Experiment(Self.center(), threads: 1).run()
        let lines = SimulationSummary(results).report.lines()
        let row = { (start: String) in lines.first { $0.contains(start) } ?? "" }
        #expect(row("Calls: callbacks").contains("4m50s"))
        #expect(row("Calls: follow-up").contains("0s open"))
        #expect(row("mail").contains("not due yet"))
        #expect(lines.contains("Left in lists at the end: 1.0 mail (the oldest for 30m00s)."))
    }

    @Test("a group that is busier than it should be is warned about, with its figure and the limit")
    func overworked() throws {
        var scenario = Self.scenario(
            [Self.type("calls", at: [0, 1000], talk: 900)], [Self.agents(1, skills: [0])])
        scenario.experiment.replications = 3
        #expect(SimulationWarnings(try Experiment(scenario, threads: 1).run()).problems.isEmpty)
        scenario.rules.maxOccupancy = 0.45
        let problems = SimulationWarnings(try Experiment(scenario, threads: 1).run()).problems
        #expect(problems.map(\.code) == [ProblemCode.overworked])
        #expect(problems.first?.message == "agents: busy 50.0% ±0.0 of the time, and max_occupancy is 45%")
        // The group's own limit goes before the center's.
        scenario.agentGroups[0].maxOccupancy = 0.6
        let results = try Experiment(scenario, threads: 1).run()
        #expect(SimulationWarnings(results).problems.isEmpty)
        let occupancy = SimulationTables(results).summary.rows.first { $0[2] == .text("occupancy") }
        #expect(occupancy?[9] == .number(60))
    }

    @Test("names of contacts that others bring about read back, and links lead from each to the next")
    func names() throws {
        let replay = Replay(Self.center(), replication: 0)
        let all = replay.entries.map(replay.names.contact)
        #expect(
            Set(all) == [
                "calls-000001", "calls-000002", "calls-000002/c", "calls-000001/f", "mail-000001",
            ])
        for (place, entry) in replay.entries.enumerated() {
            let name = replay.names.contact(entry)
            let reference = try #require(ContactNames.Reference(name))
            let type = try #require(replay.scenario.contactTypes.firstIndex { $0.id == reference.typeName })
            #expect(
                replay.place(
                    type: type, path: reference.path, number: reference.number, attempt: reference.attempt) == place)
            let story = ContactStory(replay, place: place)
            #expect(story.parent.map(replay.names.contact) == replay.names.parent(entry))
        }
        let caller = ContactStory(replay, place: try #require(all.firstIndex(of: "calls-000002")))
        #expect(caller.broughtAbout.map(replay.names.contact) == ["calls-000002/c"])
        for wrong in ["calls-1/", "calls-1/x", "calls-1/t/a", "calls-1/ta.", "calls-1/12"] {
            #expect(ContactNames.Reference(wrong) == nil, "\(wrong)")
        }
        let far = UInt64(1) << 63 | 12
        #expect(ContactNames.Reference("calls-1/" + String(far, radix: 16))?.path == far)
    }

    private func story(_ scenario: Scenario, _ name: String) throws -> String {
        let replay = Replay(scenario, replication: 0)
        let place = try #require(replay.entries.firstIndex { replay.names.contact($0) == name }, "\(name)")
        return ContactStoryText(replay, place: place, run: 1).text
    }

    @Test("stories say what a contact leads to and where it comes from")
    func links() throws {
        let second = try story(Self.center(), "calls-000002")
        #expect(second.contains("accepts a callback after 0s and leaves the queue"))
        #expect(second.contains("To be called back (calls_callback): calls-000002/c, at 00:00:10."))
        let called = try story(Self.center(), "calls-000002/c")
        #expect(called.contains("is to be called back: calls_callback"))
        #expect(called.contains("begun by agents-01 after 4m50s"))
        #expect(called.contains("Brought about by calls-000002, left the queue for a callback at 00:00:10."))
        var first = Self.type("calls", at: [0], talk: 100)
        first.followOns = [FollowOn(.transfer, share: 1, contactType: 1)]
        let handed = Self.scenario([first, Self.type("nurses", at: [], talk: 40)], [Self.agents(1, skills: [0, 1])])
        #expect(try story(handed, "calls-000001").contains("Handed on to nurses: calls-000001/t, at 00:01:40."))
        var again = Self.type("calls", at: [0], talk: 100)
        again.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(3000)))]
        let coming = Self.scenario([again], [Self.agents(1, skills: [0])])
        #expect(try story(coming, "calls-000001").contains("Comes again: calls-000001/a, at 00:51:40."))
    }

    @Test("a story tells when work was interrupted for a call and gone on with")
    func interruption() throws {
        let mail = Self.type(
            "mail", at: [0], talk: 300, channel: Channel("email", kind: .deferred, isInterruptible: true), within: 600)
        let calls = Self.type("calls", at: [100, 250], talk: 50)
        let scenario = Self.scenario([mail, calls], [Self.agents(1, skills: [0, 1])])
        let text = try story(scenario, "mail-000001")
        #expect(text.contains("00:01:40  interrupted: agents-01 takes calls-000001"))
        #expect(text.contains("00:02:30  agents-01 goes on with it"))
        #expect(text.contains("00:04:10  interrupted: agents-01 takes calls-000002"))
        // Whoever comes then finds the agent at work on it again.
        var other = calls
        other.arrivals.append(ArrivalTimeSpan(TimeSpan(310, 310), contacts: 1))
        let third = try story(Self.scenario([mail, other], [Self.agents(1, skills: [0, 1])]), "calls-000003")
        #expect(third.contains("agents-01"))
    }

    @Test("a chat says how many its agent has in hand")
    func chats() throws {
        let chat = Self.type("chat", at: [0, 50, 60], talk: 300, channel: Channel("chat", atOnce: 2, slowdown: 0))
        let scenario = Self.scenario([chat], [Self.agents(1, skills: [0])])
        #expect(try story(scenario, "chat-000002").contains("one of 2 in hand"))
        #expect(!(try story(scenario, "chat-000001")).contains("in hand"))
        #expect(try story(scenario, "chat-000003").contains("one of 2 in hand"))
    }
}
