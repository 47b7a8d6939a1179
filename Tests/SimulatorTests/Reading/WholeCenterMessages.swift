import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

@Suite("What is said of channels, callbacks, transfers and who may serve")
struct WholeCenterMessages {
    static let base = """
        timezone: UTC
        channels:
          chat: {at_once: 2}
        contact_types:
          one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
          two: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m}
          mail: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, channel: email}
        agent_groups:
          all: {skills: {one: 1, two: 1, mail: 2}, agents: 30}
          more: {skills: {two: 1}, agents: 9}
        """

    /// What is said when `new` stands for `old`, each time as it is shown.
    private func told(_ changes: (old: String, new: String)...) throws -> [String] {
        var files = Files(["a.yaml": Self.base])
        for change in changes { files = try files.replacing(change.old, change.new, in: "a.yaml") }
        return try files.read("a.yaml").told.filter { !Self.isUnused($0) }.map { $0.rendered() }
    }

    /// No contact comes by the chat of this file: what is said of that is tested elsewhere.
    private static func isUnused(_ problem: Problem) -> Bool {
        problem.code == ProblemCode.noEffect && problem.place?.line == 3
    }

    /// `E104 3:4`, for each problem.
    private func spots(_ old: String, _ new: String) throws -> [String] {
        let told = try Files(["a.yaml": Self.base]).replacing(old, new, in: "a.yaml").read("a.yaml").told
        return told.filter { !Self.isUnused($0) }.map { "\($0.code) \($0.place?.line ?? 0):\($0.place?.column ?? 0)" }
    }

    private static let one = "  one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m"
    private static let two = "  two: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m"

    @Test("the file itself is right")
    func right() throws { #expect(try told() == []) }

    // MARK: Rounds

    @Test("a contact that always comes back")
    func endlessRepeat() throws {
        #expect(
            try told((Self.one, Self.one + ", repeat: {share: 100%, after: 1h}")) == [
                """
                a.yaml:5:69: error: contacts go round for ever: one -> one, where each brings about 1 more [E604]
                    5 |   one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, repeat: {share: 100%, after: 1h}}
                      |                                                                     ^^^^^^
                  expected: transfers and repeats that bring about less than 1 contact for each
                  hint: lower a share of the round
                """
            ])
    }

    @Test("transfers that only lead to each other")
    func endlessTransfers() throws {
        let said = try told(
            (Self.one, Self.one + ", transfers: {two: 100%}"), (Self.two, Self.two + ", transfers: {one: 100%}"))
        #expect(said.count == 1)
        #expect(
            said.first?.hasPrefix(
                "a.yaml:5:69: error: contacts go round for ever: one -> two -> one, where each brings about 1 more [E604]"
            ) == true, "\(said)")
    }

    @Test("transfers and repeats that never end only together")
    func endlessTogether() throws {
        // Each alone is harmless: a repeat of 90%, and a transfer of 50% whose target always sends back.
        let repeats = ", repeat: {share: 90%, after: 1h}"
        #expect(try told((Self.one, Self.one + repeats)) == [])
        let both = try told(
            (Self.one, Self.one + ", transfers: {two: 50%}" + repeats),
            (Self.two, Self.two + ", transfers: {one: 90%}, repeat: {share: 100%, after: 1h}"))
        // Of one: half goes to two, and 0.5 x 0.9 comes again; of two: 0.9 goes back and 0.1 comes again. The largest
        // eigenvalue of (0.45 0.5; 0.9 0.1) is 0.275 + sqrt(0.030625 + 0.45) = 0.968: it ends.
        #expect(both.count == 1 && both[0].contains("W330"), "\(both)")
        let more = try told(
            (Self.one, Self.one + ", transfers: {two: 50%}, repeat: {share: 100%, after: 1h}"),
            (Self.two, Self.two + ", transfers: {one: 95%}, repeat: {share: 100%, after: 1h}"))
        // (0.5 0.5; 0.95 0.05): every row adds up to 1.
        #expect(more.count == 1)
        #expect(more.first?.contains("one -> two -> one, where each brings about 1 more [E604]") == true, "\(more)")
    }

    @Test("transfers that can lead back are worth a warning")
    func loop() throws {
        #expect(
            try told(
                (Self.one, Self.one + ", transfers: {two: 10%}"), (Self.two, Self.two + ", transfers: {one: 5%}")) == [
                    """
                    a.yaml:5:69: warning: contacts can be handed round: one -> two -> one (0.5% of them) [W330]
                        5 |   one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, transfers: {two: 10%}}
                          |                                                                     ^^^^^^^^^
                      hint: see that somebody on the way can settle them
                    """
                ])
    }

    // MARK: Who may serve

    @Test("a type that no group has the skill for")
    func noSkill() throws {
        #expect(
            try told(("{one: 1, two: 1, mail: 2}", "{one: 1, two: 1}")) == [
                """
                a.yaml:7:3: error: nobody may serve mail: no agent group has the skill [E605]
                    7 |   mail: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, channel: email}
                      |   ^^^^
                  expected: skills: {mail: 1} in an agent group
                  hint: add the skill to a group, or take the contact type out
                """
            ])
    }

    @Test("a language that nobody speaks who has the skill")
    func noLanguage() throws {
        let said = try told(
            (Self.one, Self.one + ", languages: {en: 90%, es: 10%}"),
            ("all: {skills", "all: {languages: [en], skills"), ("more: {skills", "more: {languages: [es], skills"))
        #expect(
            said == [
                """
                a.yaml:5:69: error: nobody may serve one in es: all has the skill, but not the language [E605]
                    5 |   one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, languages: {en: 90%, es: 10%}}
                      |                                                                     ^^^^^^^^^
                  expected: es among the languages of a group with the skill one
                  hint: add the language to a group, or the skill to a group that speaks it
                """
            ])
    }

    @Test("a type that only transfers lead to, without anybody who may serve it")
    func noSkillForTransfers() throws {
        let said = try told(
            (Self.one, "  other: {hours: Mon-Fri 08:00-17:00, arrivals: none, talk: 4m}\n" + Self.one),
            (Self.two, Self.two + ", transfers: {other: 4%}"))
        #expect(said.count == 1)
        #expect(
            said.first?.hasPrefix(
                "a.yaml:5:3: error: nobody may serve other, to which two transfer contacts: no agent group has the skill"
            ) == true, "\(said)")
        // Nobody comes, so nobody is needed; that nobody comes is said.
        #expect(
            try spots(Self.one, "  other: {hours: Mon-Fri 08:00-17:00, arrivals: none, talk: 4m}\n" + Self.one)
                == ["W431 5:39"])
    }

    @Test("a group that only overflow leads to may serve it")
    func overflowServes() throws {
        #expect(
            try told(
                ("{one: 1, two: 1, mail: 2}", "{one: 1, two: 1}"),
                ("timezone: UTC", "timezone: UTC\nrouting: {overflow: [{type: mail, after: 0s, to: more}]}")
            ).filter { $0.contains("E605") } == [])
    }

    // MARK: Clocks, channels, promises

    @Test("opening hours are no clock for those who hold the line")
    func wrongClock() throws {
        #expect(
            try told((Self.one, Self.one + ", target: {share: 80%, in: 30s, clock: open_hours}")) == [
                """
                a.yaml:5:99: error: one is live, and nobody on the line waits through the night [E114]
                    5 |   one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, target: {share: 80%, in: 30s, clock: open_hours}}
                      |                                                                                                   ^^^^^
                  expected: clock: all_hours
                  hint: leave "clock" out; open_hours is for channels of kind later
                """
            ])
    }

    @Test("nobody handles none at a time")
    func noneAtOnce() throws {
        #expect(
            try told(("{at_once: 2}", "{at_once: 0}")) == [
                """
                a.yaml:3:19: error: at_once cannot be 0 [E204]
                    3 |   chat: {at_once: 0}
                      |                   ^
                  expected: from 1 to 20
                  hint: an agent handles at least one; leave the contact types out if nobody takes them
                """
            ])
    }

    @Test("a call promised for sooner than the offer to make it")
    func earlyPromise() throws {
        #expect(
            try told((Self.one, Self.one + ", callback: {offer_after: 2m, accepted: 35%, call_within: 1m}")) == [
                """
                a.yaml:5:125: error: a call within 1m is promised after 2m of waiting [E214]
                    5 |   one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, callback: {offer_after: 2m, accepted: 35%, call_within: 1m}}
                      |                                                                                                                             ^^
                  expected: call_within of 2m or more
                  hint: who can call so soon had better answer: promise a later call, or offer it earlier
                """
            ])
    }

    @Test("an offer after most have hung up")
    func lateOffer() throws {
        #expect(
            try told(
                (Self.one, Self.one + ", patience: 90s, callback: {offer_after: 2m, accepted: 35%, call_within: 30m}")
            )
                == [
                    """
                    a.yaml:5:108: warning: callers wait 1m30s on average, and a callback is offered after 2m [W331]
                        5 |   one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, patience: 90s, callback: {offer_after: 2m, accepted: 35%, call_within: 30m}}
                          |                                                                                                            ^^
                      hint: most of those who would accept have hung up by then: offer it earlier
                    """
                ])
    }

    @Test("a type that has the name of what another brings about")
    func takenName() throws {
        #expect(
            try told(
                (Self.one, "  two_callback: {arrivals: none, talk: 4m}\n" + Self.one),
                (Self.two, Self.two + ", callback: {offer_after: 1m, accepted: 35%}")) == [
                    """
                    a.yaml:5:3: error: two_callback is what the callbacks of two are called [E303]
                        5 |   two_callback: {arrivals: none, talk: 4m}
                          |   ^^^^^^^^^^^^
                      expected: another name
                      hint: two (line 7) brings them about as a contact type of their own
                    """
                ])
    }

    @Test(
        "what is for live contacts, on work that lies in a list",
        arguments: [
            "patience: 3m", "max_abandonment: 5%", "redial: {share: 40%}", "when_closed: voicemail",
            "callback: {offer_after: 1m, accepted: 35%}",
        ])
    func onlyLive(_ setting: String) throws {
        let said = try told(("channel: email}", "channel: email, \(setting)}"))
        let name = setting.prefix { $0 != ":" }
        #expect(said.count == 1)
        #expect(
            said.first?.hasPrefix(
                "a.yaml:7:86: error: \(name) is for live contacts, and email is of kind later [E114]") == true,
            "\(said)")
        #expect(try told(("channel: email}", "channel: email, \(name): none}")) == [] || name == "when_closed")
    }

    @Test(
        "one slip in a channel, an overflow, a reserve, an offer",
        arguments: [
            ("{at_once: 2}", "{at_once: 2, interrupted_by_live: yes}", "E114 3:22"),
            ("{at_once: 2}", "{at_once: 3, slowdown: {2: 20%}}", "E104 3:22"),
            ("{at_once: 2}", "{at_once: 2, slowdown: {1: 20%, 2: 30%}}", "E204 3:33"),
            ("{at_once: 2}", "{at_once: 2, slowdown: {2: 20}}", "E203 3:36"),
            ("{at_once: 2}", "{at_once: 2, loading: least}", "E210 3:31"),
            ("{at_once: 2}", "{at_once: 2, lines: 0}", "E204 3:29"),
            ("chat: {at_once: 2}", "callback: {kind: live}", "E114 3:20"),
            ("channel: email", "channel: e_mail", "E302 7:79"),
            ("timezone: UTC", "timezone: UTC\nrouting: {overflow: {type: one}}", "E106 2:21"),
            ("timezone: UTC", "timezone: UTC\nrouting: {overflow: [{type: one, after: 2m, to: nobody}]}", "E302 2:49"),
            ("timezone: UTC", "timezone: UTC\nrouting: {overflow: [{type: on, after: 2m, to: more}]}", "E301 2:29"),
            ("timezone: UTC", "timezone: UTC\nrouting: {overflow: [{type: one, to: more}]}", "E104 2:22"),
            ("timezone: UTC", "timezone: UTC\nrouting: {overflow: [{type: two, after: 2m, to: more}]}", "E114 2:22"),
            ("timezone: UTC", "timezone: UTC\nrouting: {reserve: {mails: 2}}", "E301 2:21"),
            ("timezone: UTC", "timezone: UTC\nrouting: {reserve: {mail: some}}", "E202 2:27"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_contact: {ageing: 2}}", "E201 2:34"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_contact: {aging: 2m}}", "E210 2:26"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_contact: {random: 1}}", "E106 2:34"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_contact: {ageing: 2m, random: 1}}", "E106 2:25"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_contact: {weighted_score: {wait: -1}}}", "E204 2:49"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_contact: {weighted_score: {weight: 1}}}", "E102 2:43"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_agent: least_busy}", "E210 2:23"),
            ("timezone: UTC", "timezone: UTC\nrouting: {pick_agent: {rank: 1}}", "E106 2:30"),
            ("timezone: UTC", "timezone: UTC\nrouting: {sticky: perhaps}", "E210 2:19"),
            ("timezone: UTC", "timezone: UTC\nrules: {max_occupancy: 0%}", "E204 2:24"),
            ("mail: {", "mail: {transfers: {three: 4%}, ", "E301 7:22"),
            ("mail: {", "mail: {transfers: {one: 60%, two: 60%}, ", "E212 7:10"),
            ("mail: {", "mail: {follow_up: {share: 60%}, ", "E104 7:21"),
            ("mail: {", "mail: {repeat: {share: 60%}, ", "E104 7:18"),
            ("two: {", "two: {when_closed: {turned_away: 1d}, ", "E210 6:23"),
            ("two: {", "two: {when_closed: {voicemail: 1}, ", "E201 6:34"),
            ("two: {", "two: {when_closed: voice_mail, ", "E210 6:22"),
            ("two: {", "two: {callback: {accepted: 35%}, ", "E104 6:19"),
            ("two: {", "two: {callback: {offer_after: 1m, accepted: 35%, no_answer: 100%}, ", "E204 6:63"),
        ])
    func slips(_ old: String, _ new: String, _ spot: String) throws {
        #expect(try spots(old, new) == [spot])
    }
}

@Suite("Rounds of contacts")
struct ContactLoopsTests {
    /// Types that hand on and come again with these shares.
    private func types(_ transfers: [[Double]], again: [Double] = []) -> [ContactType] {
        transfers.enumerated().map { index, row in
            var type = ContactType(
                id: "type\(index)", open: [], arrivals: [], talk: .exponential(.init(mean: 60)))
            type.followOns = row.enumerated().filter { $0.element > 0 }.map {
                FollowOn(.transfer, share: $0.element, contactType: $0.offset)
            }
            if index < again.count, again[index] > 0 {
                type.followOns.append(FollowOn(.again, share: again[index], contactType: index))
            }
            return type
        }
    }

    @Test("the largest eigenvalue of two types is the root of its quadratic")
    func quadratic() throws {
        for (a, b, c, d) in [(0.2, 0.3, 0.4, 0.1), (0, 1, 1, 0), (0.5, 0.5, 0.5, 0.5), (0, 0.09, 0.04, 0)] {
            let round = try #require(ContactLoops(types([[a, b], [c, d]])).rounds.first)
            let middle = (a + d) / 2
            let exact = middle + ((a - d) * (a - d) / 4 + b * c).squareRoot()
            #expect(abs(round.growth - exact) < 1e-9)
            #expect(round.isEndless == (exact >= 1 - 1e-9))
        }
    }

    @Test("those who are handed on come again where they went")
    func again() {
        let loops = ContactLoops(types([[0, 0.25], [0, 0]], again: [0.4, 0.1]))
        #expect(loops.means == [[0.75 * 0.4, 0.25], [0, 0.1]])
    }

    @Test("the heaviest round is named from its first type, each group of types once")
    func heaviest() {
        var shares = Array(repeating: Array(repeating: 0.0, count: 6), count: 6)
        shares[3][1] = 0.5
        shares[1][3] = 0.4
        shares[1][2] = 0.3
        shares[2][3] = 0.9
        shares[4][5] = 0.2
        shares[5][4] = 0.1
        shares[0][1] = 1
        let rounds = ContactLoops(types(shares)).rounds
        // By 2 the way back takes 0.3 x 0.9 = 0.27, straight 0.4.
        #expect(rounds.map(\.types) == [[1, 3, 1], [4, 5, 4]])
        #expect(abs(rounds[0].share - 0.2) < 1e-12 && abs(rounds[1].share - 0.02) < 1e-12)
        #expect(rounds.allSatisfy { !$0.isEndless })
    }

    @Test("all contacts that come of some are what they bring about, and themselves")
    func total() {
        let loops = ContactLoops(types([[0, 0.3, 0.1], [0.2, 0, 0.5], [0, 0.1, 0]], again: [0.1, 0.2, 0.05]))
        let own = [100.0, 20, 3]
        let all = loops.total(own)
        for to in 0..<3 {
            let brought = (0..<3).reduce(0) { $0 + all[$1] * loops.means[$1][to] }
            #expect(abs(all[to] - own[to] - brought) < 1e-6)
        }
    }
}

@Suite("Opening time")
struct OpeningTimeTests {
    @Test(
        "days are open days and hours are hours, and both read back",
        arguments: [
            ("1d", 1, 0, "1d"), ("24h", 0, 86400, "24h"), ("36h", 0, 129_600, "36h"), ("1d12h", 1, 43200, "1d12h"),
            ("0.5d", 0.5, 0, "0.5d"), ("0.1 days", 0.1, 0, "0.1d"), ("P1DT2H", 1, 7200, "1d2h"),
            ("90m", 0, 5400, "1h30m"), ("1d 30s", 1, 30, "1d30s"), ("0s", 0, 0, "0s"), ("2.5s", 0, 2.5, "2.5s"),
            ("1:30:00", 0, 5400, "1h30m"),
        ])
    func reading(_ text: String, _ days: Double, _ seconds: Double, _ shown: String) throws {
        let time = try #require(Units.openingTime(text).value)
        #expect(time == OpeningTime(days: days, seconds: seconds))
        #expect(time.text == shown)
        #expect(Units.openingTime(shown).value == time)
        #expect(time.seconds(ofDay: 86400) == Units.duration(text).value)
    }

    @Test("an open day is the mean of the days on which it is open")
    func openDay() {
        var hours = WeeklyHours()
        #expect(hours.openDay == 86400)
        hours.days[0] = [.init(from: 28800, to: 43200), .init(from: 46800, to: 61200)]
        hours.days[5] = [.init(from: 79200, to: 93600)]
        #expect(hours.openDay == 6 * 3600)
    }
}
