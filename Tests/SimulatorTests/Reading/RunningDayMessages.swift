import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator

@Suite("How a day stands, as it is read")
struct RunningDayMessages {
    private static let center = """
        timezone: America/New_York
        period: {from: 2026-03-02, to: 2026-03-08}
        hours: {office: {Mon-Fri: 08:00-17:00}}
        channels: {chat: {at_once: 2}}
        defaults: {hours: office, arrivals: 60 per day}
        contact_types:
          calls: {talk: 4m, follow_up: {share: 50%, work: 5m, due: 1d}}
          chats: {channel: chat, talk: 9m}
        agent_groups:
          team: {skills: {calls: 1}, agents: 30}
          chatters: {skills: {chats: 1}, agents: 9}
        """

    private func read(_ text: String) throws -> RunningDayFile.Outcome {
        let scenario = try #require(Files(["a.yaml": Self.center]).read("a.yaml").scenario)
        return RunningDayFile.read(text: text, name: "state.yaml", for: scenario)
    }

    private static let good = """
        at: 2026-03-03 10:30
        waiting: {calls: [2m10s, 40s, 5s], calls_follow_up: 12}
        in_service: {team: {calls: 6}, chatters: {chats: [4m, 9m]}}
        present: {team: 13}
        volume: {calls: 115%}
        so_far: {chats: 21}
        until: 18:00
        """

    @Test("A table in place of the file of a day is no day")
    func noSettings() throws {
        let problem = try #require(try read("weekday,start,contact_type,contacts").problems.first)
        #expect(
            problem.rendered().contains("state.yaml:1:1: error: the file needs settings, not a single value [E106]"))
    }

    @Test("Everything that can be told")
    func everything() throws {
        let outcome = try read(Self.good)
        #expect(outcome.problems.map { $0.rendered() } == [])
        let day = try #require(outcome.day)
        #expect(day.at == 86400 + 10.5 * 3600 && day.until == 86400 + 18 * 3600)
        #expect(day.waiting == [[130, 40, 5], [], [Double](repeating: 0, count: 12)])
        #expect(day.inService.count == 8 && day.inService[0] == RunningDay.InService(group: 0, contactType: 0))
        #expect(day.inService.suffix(2).map(\.elapsed) == [240, 540])
        #expect(day.present == [13, nil])
        #expect(day.forecasts == [.told(1.15), .soFar(21), nil])
    }

    @Test("The moment is told by the clocks, also on the day on which they change")
    func clocks() throws {
        let day = try #require(read("at: 2026-03-08 12:00").day)
        #expect(day.at == 6 * 86400 + 11 * 3600 && day.until == 6 * 86400 + 23 * 3600)
    }

    @Test(
        "One slip, one message at its place",
        arguments: [
            ("at: 2026-03-03 10:30", "att: 2026-03-03 10:30", "E102 1:1"),
            ("at: 2026-03-03 10:30", "at: 10:30", "E106 1:5"), ("2026-03-03", "2026-03-13", "E503 1:5"),
            ("10:30", "25:30", "E206 1:16"), ("2026-03-03 10:30", "2026-03-08 02:30", "E502 1:16"),
            ("2026-03-03", "3rd", "E208 1:5"), ("until: 18:00", "until: 10:30", "E503 7:8"),
            ("{calls: [2m10s", "{call: [2m10s", "E301 2:11"), ("40s, 5s", "40, 5s", "E201 2:26"),
            ("calls_follow_up: 12", "calls_follow_up: many", "E202 2:53"),
            ("{team: {calls: 6}", "{teem: {calls: 6}", "E302 3:14"),
            ("{team: {calls: 6}", "{team: {chats: 6}", "E114 3:21"), ("{team: {calls: 6}", "{team: 6", "E106 3:20"),
            ("present: {team: 13}", "present: {team: 5}", "E114 4:17"), ("115%", "115", "E203 5:17"),
            ("{chats: 21}", "{calls: 21}", "E114 6:10"), ("{chats: 21}", "{calls_follow_up: 21}", "E114 6:10"),
            ("waiting: {", "waiting: 3 #", "E106 2:10"),
        ])
    func slips(_ old: String, _ new: String, _ spot: String) throws {
        let text = Self.good.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Self.good)
        let outcome = try read(text)
        #expect(outcome.day == nil)
        let spots = outcome.problems.filter { $0.severity == .error }.map {
            "\($0.code) \($0.place?.line ?? 0):\($0.place?.column ?? 0)"
        }
        #expect(spots.first == spot, "\(outcome.problems.map { $0.rendered() })")
        #expect(spots.count <= 2)
    }

    @Test("More in service than are on duty is refused, unless the file says that they are there")
    func moreThanOnDuty() throws {
        let text = "at: 2026-03-03 10:30\nin_service: {team: {calls: 31}}\n"
        #expect(
            try read(text).problems.map { $0.rendered() } == [
                """
                state.yaml:2:14: error: team has contacts in hand for 31 people, and 30 are on duty by the plan [E114]
                    2 | in_service: {team: {calls: 31}}
                      |              ^^^^
                  expected: at most 30
                  hint: if more are there, say so: "present: {team: 31}"
                """
            ])
        #expect(try read(text + "present: {team: 31}\n").day?.inService.count == 31)
        #expect(try read("at: 2026-03-03 06:00\nin_service: {team: {calls: 1}}").day == nil)
    }

    @Test("A file that is not there is said to be missing")
    func missing() throws {
        let scenario = try #require(Files(["a.yaml": Self.center]).read("a.yaml").scenario)
        let outcome = RunningDayFile.read(path: "/nowhere/state.yaml", for: scenario)
        #expect(outcome.problems.map(\.code) == ["E711"])
    }
}
