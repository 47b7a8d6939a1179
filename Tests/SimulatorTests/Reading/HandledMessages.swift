import Queueing
import Testing

@testable import Center
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

@Suite("What is read and said of colleagues, interpreters, licences and calls that we make")
struct HandledMessages {
    static let base = """
        timezone: UTC
        contact_types:
          one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, wrap_up: 1m}
          nurse: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, licence: rn}
          mail: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, channel: email}
          recalls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 2m, channel: outbound}
        agent_groups:
          all: {skills: {one: 1, mail: 2, recalls: 2}, languages: [en], agents: 30}
          nurses: {skills: {nurse: 1}, licences: [rn], languages: [en], agents: 9}
        """
    private static let one = "one: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, wrap_up: 1m"
    private static let mail = "mail: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m"
    private static let recalls = "recalls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 2m"

    private func reading(_ changes: [(old: String, new: String)]) throws -> ReadScenario {
        var files = Files(["a.yaml": Self.base])
        for change in changes { files = try files.replacing(change.old, change.new, in: "a.yaml") }
        return try files.read("a.yaml")
    }

    private func scenario(_ changes: (old: String, new: String)...) throws -> Scenario {
        let read = try reading(changes)
        return try #require(read.scenario, "\(read.told.map { $0.rendered() })")
    }

    private func one(_ more: String) throws -> Scenario { try scenario((Self.one, Self.one + ", " + more)) }

    private func said(_ changes: (old: String, new: String)...) throws -> [String] {
        try reading(changes).told.map { $0.rendered() }
    }

    /// The code and what stands at the place it names, of the first message.
    private func spot(_ old: String, _ new: String) throws -> [String] {
        let files = try Files(["a.yaml": Self.base]).replacing(old, new, in: "a.yaml")
        let read = try files.read("a.yaml")
        let lines = files.text("a.yaml").split(separator: "\n", omittingEmptySubsequences: false)
        return read.told.map { problem in
            guard let place = problem.place else { return problem.code }
            let line = lines[place.line - 1]
            let rest = line.dropFirst(place.column - 1).prefix(place.endColumn - place.column)
            return "\(problem.code) \(rest)"
        }
    }

    @Test(
        "defaults that a type has no use for are not written back for it",
        arguments: [
            "wrap_up_later: {when_waiting: 2, due: 1h}", "interpreter: {languages: [es], after: 10s, connect: 20s}",
        ])
    func unusedDefaults(_ setting: String) throws {
        let text = """
            period: {from: 2026-01-05, to: 2026-01-05}
            hours: {h: {Mon: 08:00-16:00}}
            defaults: {hours: h, patience: 3m, \(setting)}
            contact_types:
              a: {arrivals: 20 per hour, talk: 4m, wrap_up: 1m, languages: {en: 80%, es: 20%}}
              b: {arrivals: 20 per hour, talk: 4m}
            agent_groups:
              g: {agents: 5, languages: [en, es], skills: {a: 1, b: 1}}
            """
        let first = try Files(["a.yaml": text]).read("a.yaml")
        #expect(first.scenario != nil, "\(first.told.map { $0.rendered() })")
        let again = try Files(["a.yaml": first.expanded]).read("a.yaml")
        #expect(again.scenario != nil, "\(again.told.map { $0.rendered() })")
        #expect(again.scenario?.contactTypes.count == first.scenario?.contactTypes.count)
    }

    @Test("the file itself is right")
    func right() throws { #expect(try said() == []) }

    // MARK: What is read

    @Test("a transfer in person and a consult")
    func colleagues() throws {
        let read = try one(
            "transfers: {nurse: {share: 5%, hand_over: 45s}}, consult: {with: nurse, share: 8%, takes: 2m, waits_at_most: 1m}"
        )
        let followOns = read.contactTypes[0].followOns
        #expect(followOns.map(\.cause) == [.transfer, .consult])
        #expect(
            followOns.map(\.handOver) == [
                HandOver(together: 45, waitsAtMost: 180), HandOver(together: 120, waitsAtMost: 60),
            ])
        #expect(followOns.map(\.contactType) == [1, 4])
        let consult = read.contactTypes[4]
        #expect(consult.id == "one_consult" && consult.label == "one: consults")
        #expect(consult.talk.mean == 120 && consult.patience == nil && consult.channel == .consult)
        // Nurses are asked; nobody else may answer.
        #expect(read.agentGroups[1].skills.map(\.contactType) == [1, 4])
        #expect(read.agentGroups[0].skills.map(\.contactType) == [0, 2, 3])
    }

    @Test("an interpreter for the languages that the type needs")
    func interpreter() throws {
        let read = try one(
            "languages: {en: 80%, es: 20%}, interpreter: {languages: [es], after: 30s, connect: 45s, handle_time: 150%}"
        )
        #expect(
            read.contactTypes[0].interpreter
                == Interpreter(languages: ["es"], after: 30, connect: 45, handlingFactor: 1.5))
    }

    @Test("without an interpreter nobody serves a language that nobody speaks")
    func noInterpreter() throws {
        #expect(try spot(Self.one, Self.one + ", languages: {en: 80%, es: 20%}") == ["E605 languages"])
    }

    @Test("misrouted contacts are a type of their own that hands them all on")
    func misrouted() throws {
        let read = try one("misrouted: {to: nurse, share: 10%, takes: 1m}")
        let lost = read.contactTypes[4]
        #expect(lost.id == "one_misrouted")
        #expect(lost.followOns.map(\.contactType) == [0] && lost.followOns.map(\.share) == [1])
        let own = read.contactTypes[0].arrivals.reduce(0) { $0 + $1.contacts }
        let other = lost.arrivals.reduce(0) { $0 + $1.contacts }
        #expect(abs(own / (own + other) - 0.9) < 1e-12)
        #expect(read.agentGroups[1].skills.map(\.contactType) == [1, 4])
    }

    @Test("misrouted contacts come on the busy days of the type that they are of")
    func misroutedDays() throws {
        let read = try one("misrouted: {to: nurse, share: 50%, takes: 1m}, day_to_day: 30%")
        #expect(read.contactTypes[4].variesWith == 0)
        for reduction in [VarianceReduction.none, VarianceReduction([.stratified])] {
            let plan = Blueprint(read, reducing: reduction)
            var engine = Replication(plan, seed: 7)
            engine.begin(0)
            let factors = (0..<plan.dayCount).map { engine.arrivals.dayFactors[$0] }
            #expect(factors == (0..<plan.dayCount).map { engine.arrivals.dayFactors[4 * plan.dayCount + $0] })
            #expect(Set(factors).count > 1)
        }
    }

    @Test("the rest of what one contact type can say")
    func others() throws {
        let read = try one(
            "set_up: 4s, queue_opens: 15m, balk: {share: 20%, over: 2m}, priority_after: {10m: 1, 5m: 3}, "
                + "handle_time_by: {wait: {2m: 110%}, waiting: {5: 95%}}, wrap_up_later: {when_waiting: 3, due: 4h}")
        let type = read.contactTypes[0]
        #expect(type.setUp == 4 && type.queueOpens == 900)
        #expect(type.balking == Balking(share: 0.2, over: 120))
        #expect(type.escalations == [Escalation(after: 300, priority: 3), Escalation(after: 600, priority: 1)])
        #expect(
            type.handlingPace
                == HandlingPace(byWait: [.init(from: 120, factor: 1.1)], byWaiting: [.init(from: 5, factor: 0.95)]))
        #expect(type.deferredWrapUp == DeferredWrapUp(whenWaiting: 3, contactType: 4))
        #expect(read.contactTypes[4].id == "one_documentation")
        #expect(read.contactTypes[4].talk.mean == 60)
        let due = try #require(read.contactTypes[4].target?.acceptableWait)
        #expect(abs(due - 4 * 3600) < 1e-6)
    }

    @Test("calls from a list, and what they bring")
    func outbound() throws {
        let read = try scenario(
            (
                Self.recalls,
                Self.recalls + ", reach: {share: 55%, attempts: 3}, replies: {one: {share: 20%, after: 2h}}"
            ),
            (
                Self.mail,
                Self.mail + ", target: {share: 95%, in: 1d, clock: open_hours}, chase: {share: 30%, after: 1d, as: one}"
            ))
        let tries = try #require(read.contactTypes[3].tries)
        #expect(tries.attempts == 3 && abs(tries.noAnswer - 0.45) < 1e-12 && tries.retryAfter == 4 * 3600)
        #expect(read.contactTypes[3].followOns.map(\.cause) == [.reply])
        #expect(read.contactTypes[2].chase == Chase(share: 0.3, after: 9 * 3600, contactType: 0))
    }

    @Test("a case of several touches is a chain of tasks")
    func touches() throws {
        let read = try one("follow_up: {share: 50%, work: 9m, due: 2d, touches: 3, wait: 1d, chase: 10%}")
        #expect(
            read.contactTypes.dropFirst(4).map(\.id) == ["one_follow_up", "one_follow_up_2", "one_follow_up_3"])
        #expect(read.contactTypes[0].followOns.map(\.contactType) == [4])
        #expect(read.contactTypes[4].followOns.map(\.contactType) == [5])
        #expect(read.contactTypes[4].followOns[0].delay?.mean == 86400)
        #expect(read.contactTypes[5].followOns.map(\.contactType) == [6])
        #expect(read.contactTypes[6].followOns.isEmpty)
        #expect(read.contactTypes[4].chase == Chase(share: 0.1, after: 18 * 3600, contactType: 0))
    }

    @Test("broken callback promises are asked about")
    func brokenPromise() throws {
        let read = try one("callback: {offer_after: 1m, accepted: 40%, call_within: 30m, chase: 50%}")
        #expect(read.contactTypes[4].chase == Chase(share: 0.5, after: 1800, contactType: 0))
    }

    @Test("a promised call goes first of its priority, or before everything where the file says so")
    func promisedCall() throws {
        let promise = "callback: {offer_after: 1m, accepted: 40%, call_within: 30m, no_answer: 20%, ringing: 45s"
        let read = try one(promise + "}").contactTypes[4]
        #expect(read.escalations == [Escalation(firstFrom: 600, to: 1200)])
        #expect(read.tries?.ringing == 45)
        let first = try one(promise + ", before_everything: yes}").contactTypes[4]
        #expect(first.escalations == [Escalation(after: 1200, priority: 0)])
        // While open, and at a decent hour.
        let hours = try one(promise + ", between: 07:00-08:30}").contactTypes[4]
        #expect(read.callable?.first == TimeSpan(8 * 3600, 21 * 3600))
        #expect(hours.callable?.first == TimeSpan(7 * 3600, hours.open[0].end))
    }

    @Test("people on a list are called while open, work in a list is done at any time")
    func hoursOfCalling() throws {
        let types = try scenario().contactTypes
        let recalls = try #require(types.first { $0.id == "recalls" })
        #expect(recalls.callable == recalls.open)
        #expect(types.first { $0.id == "mail" }?.callable == nil)
    }

    @Test("agents are kept idle from what a type brings about, too; places to wait; the same caller again")
    func reserveOfDerived() throws {
        let read = try scenario(
            (Self.one, Self.one + ", follow_up: {share: 50%, work: 9m}, redial: {share: 40%, same_caller: yes}"),
            ("agents: 9}", "agents: 9}\nrouting: {reserve: {one_follow_up: 2}}\nrules: {waiting_places: 40}"))
        #expect(read.contactTypes.first { $0.id == "one_follow_up" }?.idleReserve == 2)
        #expect(read.contactTypes[0].redial?.keepsCaller == true)
        #expect(read.rules.waitingLimit == 40)
    }

    @Test("how much longer each of many takes is written back as it is read")
    func manyAtOnce() throws {
        for count in [5, 14, 20] {
            let change = (Self.mail + ", channel: email", Self.mail + ", channel: talks")
            let files = try Files(["a.yaml": Self.base]).replacing(change.0, change.1, in: "a.yaml").replacing(
                "contact_types:", "channels: {talks: {kind: live, at_once: \(count)}}\ncontact_types:", in: "a.yaml")
            let first = try files.read("a.yaml")
            let paces = try #require(first.scenario).contactTypes[2].channel.paces
            #expect(paces.count == count)
            let again = try files.with("a.yaml", first.expanded).read("a.yaml")
            #expect(again.scenario?.contactTypes[2].channel.paces == paces, "\(again.told.map { $0.rendered() })")
        }
    }

    @Test("what is promised to callers back is promised of those who are reached at last")
    func promisesWithinReach() throws {
        func share(_ callback: String) throws -> Double? {
            try scenario(
                (
                    Self.one,
                    Self.one
                        + ", target: 80% in 30s, callback: {offer_after: 1m, accepted: 40%, call_within: 1h, \(callback)}"
                )
            )
            .contactTypes.first { $0.id == "one_callback" }?.target?.share
        }
        // 1 − 0.4² = 0.84 are reached, 95 % of them are 79.8 %.
        #expect(try share("no_answer: 40%, attempts: 2") == 0.798)
        #expect(try share("no_answer: 0%") == 0.95)
    }

    @Test("a group does what a type brings about by a skill of its own, or not at all")
    func skillsOfDerived() throws {
        let one = (Self.one, Self.one + ", follow_up: {share: 50%, work: 9m}")
        let followUp = try #require(try scenario(one).contactTypes.firstIndex { $0.id == "one_follow_up" })
        func skill(_ text: String, of group: Int = 0) throws -> Skill? {
            let read = try scenario(one, ("all: {skills: {one: 1,", "all: {skills: {one: 1, one_follow_up: \(text),"))
            return read.agentGroups[group].skills.first { $0.contactType == followUp }
        }
        #expect(try scenario(one).agentGroups[0].skills.first { $0.contactType == followUp }?.rank == 1)
        #expect(try skill("3")?.rank == 3)
        let idle = try #require(try skill("{rank: 2, handle_time: 120%, only_when_idle: yes}"))
        #expect(idle.rank == 2 && idle.handlingFactor == 1.2 && idle.onlyWhenIdle)
        let nurses = ("nurses: {skills: {nurse: 1}", "nurses: {skills: {nurse: 1, one_follow_up: 2}")
        let apart = try scenario(one, ("all: {skills: {one: 1,", "all: {skills: {one: 1, one_follow_up: none,"), nurses)
        #expect(
            apart.agentGroups.map { group in group.skills.contains { $0.contactType == followUp } } == [false, true])
        // The file that is written back says the same.
        let read = try reading([
            one, ("all: {skills: {one: 1,", "all: {skills: {one: 1, one_follow_up: {only_when_idle: yes},"),
        ])
        #expect(read.expanded.contains("one_follow_up: {rank: 1, handle_time: 100%, only_when_idle: yes}"))
        // Nobody is left to do it.
        #expect(
            try said(one, ("all: {skills: {one: 1,", "all: {skills: {one: 1, one_follow_up: none,")).contains {
                $0.contains("one_follow_up") && $0.contains("nobody")
            })
        #expect(
            try said(one, ("all: {skills: {one: 1,", "all: {skills: {one: 1, one_folow_up: 1,")).contains {
                $0.contains("did you mean \"one_follow_up\"")
            })
    }

    @Test("more than are ever reached cannot be promised to be reached")
    func beyondReach() throws {
        #expect(
            try said((Self.recalls, Self.recalls + ", reach: {share: 45%, attempts: 3}, target: 85% in 4h")) == [
                """
                a.yaml:6:115: error: 85% are to be reached in time, and 3 tries reach 83.36% [E214]
                    6 |   recalls: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 2m, reach: {share: 45%, attempts: 3}, target: 85% in 4h, channel: outbound}
                      |                                                                                                                   ^^^^^^^^^
                  expected: a target of 83.36% or less
                  hint: add attempts, or promise less: whom no try reaches counts as not reached in time
                """
            ])
        #expect(try spot(Self.recalls, Self.recalls + ", reach: {share: 45%, attempts: 3}, target: 83% in 4h") == [])
        // Exactly as many; and of those who are reached, any share.
        #expect(try spot(Self.recalls, Self.recalls + ", reach: {share: 10%, attempts: 3}, target: 27.1% in 4h") == [])
        let ofAnswered = "target: {share: 85%, in: 4h, rule: of_answered}"
        #expect(try spot(Self.recalls, Self.recalls + ", reach: {share: 45%, attempts: 3}, \(ofAnswered)") == [])
    }

    @Test("one who found no line calls again with another chance and after another time")
    func redialByCause() throws {
        let redial = try #require(
            one("redial: {share: 40%, after: 12m, when_blocked: 80%, after_blocked: 2m}").contactTypes[0].redial)
        #expect(redial.share == 0.4 && redial.shareWhenBlocked == 0.8)
        #expect(redial.delay.mean == 720 && redial.delayWhenBlocked?.mean == 120)
    }

    @Test("one who hung up again calls again with another chance")
    func redialByAttempt() throws {
        let redial = try #require(one("redial: {share: 45%, later: [30%, 15%], at_most: 5}").contactTypes[0].redial)
        #expect(redial.laterShares == [0.3, 0.15] && redial.atMost == 5)
        #expect(
            try said((Self.one, Self.one + ", redial: {share: 0%, later: [30%]}")).contains {
                $0.contains("later changes nothing: nobody calls again a first time [W121]")
            })
        for (wrong, message) in [
            ("30%", "later needs a list of shares"), ("[]", "later has no shares"), ("[130%]", "130%"),
            ("[[30%]]", "later needs a list of shares"),
        ] {
            #expect(
                try said((Self.one, Self.one + ", redial: {share: 45%, later: \(wrong)}")).contains {
                    $0.contains(message)
                }, "\(wrong)")
        }
    }

    @Test("a group helps when many wait, and people on call take their time")
    func lendingAndOnCall() throws {
        let read = try scenario(
            ("all: {skills: {one: 1,", "all: {skills: {one: {rank: 1, set_up: 10m},"),
            ("agents: 9}", "agents: 9}\nrouting: {overflow: [{type: mail, when_waiting: 8, to: nurses}]}"))
        #expect(read.agentGroups[0].skills[0].setUp == 600)
        #expect(read.contactTypes[2].escalations == [Escalation(whenWaiting: 8, groups: [1])])
    }

    // MARK: What is said

    @Test(
        "each slip is told where it stands",
        arguments: [
            ("consult: {with: nurses, share: 5%, takes: 2m}", "E301 nurses"),
            ("consult: {with: one, share: 5%, takes: 2m}", "E114 one"),
            ("consult: {share: 5%, takes: 2m}", "E104 {"),
            ("transfers: {nurse: {share: 4, hand_over: 45s}}", "E203 4"),
            ("transfers: {nurse: {share: 4%, waits_at_most: 45s}}", "E114 waits_at_most"),
            ("transfers: {mail: {share: 4%, hand_over: 45s}}", "E114 transfers"),
            ("misrouted: {to: two, share: 5%, takes: 1m}", "E301 two"),
            ("interpreter: {languages: [es]}", "E302 es"),
            ("balk: {share: 20%, over: 90}", "E201 90"),
            ("priority_after: {5m: 12}", "E204 12"),
            ("priority_after: {5: 3}", "E201 5"),
            ("handle_time_by: {wait: {2m: slow}}", "E203 slow"),
            ("wrap_up_later: {due: 4h}", "E104 {"),
            ("chase: {share: 20%, after: 1d, as: one}", "E114 chase"),
            ("reach: {share: 55%}", "E114 reach"),
            ("replies: {two: {share: 20%, after: 2h}}", "E301 two"),
            ("set_up: 4", "E201 4"),
            ("follow_up: {share: 50%, work: 9m, chase: 10%}", "E104 chase"),
            ("callback: {offer_after: 1m, accepted: 40%, chase: 10%}", "E104 chase"),
            ("callback: {offer_after: 1m, accepted: 40%, before_everything: yes}", "W121 before_everything"),
            ("callback: {offer_after: 1m, accepted: 40%, ringing: 45s}", "W121 ringing"),
            ("callback: {offer_after: 1m, accepted: 40%, between: 9-17}", "E206 9-17"),
            ("callback: {offer_after: 1m, accepted: 40%, between: 21:00-08:00}", "E204 21:00-08:00"),
        ])
    func slips(_ setting: String, _ spot: String) throws {
        #expect(try self.spot(Self.one, Self.one + ", " + setting) == [spot], "\(setting)")
    }

    @Test("a licence is crossed neither by a skill nor by overflow")
    func licence() throws {
        #expect(
            try said(("all: {skills: {one: 1,", "all: {skills: {one: 1, nurse: 2,")) == [
                """
                a.yaml:8:26: error: all may not serve nurse, which needs the licence rn [E606]
                    8 |   all: {skills: {one: 1, nurse: 2, mail: 2, recalls: 2}, languages: [en], agents: 30}
                      |                          ^^^^^
                  expected: rn among the licences of all
                  hint: leave nurse to those who have it; transfers and consults reach them
                """
            ])
        #expect(
            try spot("agents: 9}", "agents: 9}\nrouting: {overflow: [{type: nurse, after: 2m, to: all}]}") == [
                "E606 all"
            ])
    }

    @Test("licences are spelled either way, once")
    func spelled() throws {
        let usual = try reading([])
        let other = try reading([("licence: rn", "license: rn"), ("licences: [rn]", "licenses: [rn]")])
        #expect(other.expanded == usual.expanded && other.told.isEmpty && usual.scenario != nil)
        #expect(
            try said(("licence: rn", "licence: rn, license: lpn")).first == """
                a.yaml:4:84: error: "licence" stands on line 4, and as "license" on line 4 [E103]
                    4 |   nurse: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day, talk: 4m, licence: rn, license: lpn}
                      |                                                                                    ^^^^^^^
                  hint: keep one of them
                """)
    }

    @Test("a short file and the defaults spell licences either way, too")
    func spelledElsewhere() throws {
        func short(_ word: String) throws -> ReadScenario {
            try Files([
                "a.yaml":
                    "timezone: UTC\nopen: Mon-Fri 08:00-17:00\ncalls: 60 per day\ntalk: 4m\nagents: 3\n\(word): none"
            ]).read("a.yaml")
        }
        #expect(try short("license").scenario != nil)
        #expect(try short("license").expanded == short("licence").expanded)
        func defaults(_ word: String) throws -> String {
            try reading([("contact_types:", "defaults: {\(word): rn}\ncontact_types:"), (", licence: rn", "")])
                .told.map { "\($0.code) \($0.message)" }.joined(separator: "\n")
        }
        // All types need it then, and most groups lack it.
        #expect(try defaults("license") == defaults("licence"))
        #expect(try defaults("license").contains("E606"))
    }

    @Test("a type that nobody is licensed for names what is missing")
    func nobodyLicensed() throws {
        #expect(try spot("licences: [rn], ", "") == ["E606 nurse"])
    }

    @Test("overflow leads to people who speak the language, or have an interpreter")
    func overflowSpoken() throws {
        func told(_ type: String, _ group: String) throws -> [String] {
            try Files([
                "a.yaml": """
                timezone: UTC
                contact_types:
                  calls: {arrivals: 100 per day, talk: 1m, languages: {es: 100%}\(type)}
                agent_groups:
                  all: {agents: 5, languages: [es], skills: {calls: 1}}
                  help: {agents: 5\(group), skills: {}}
                routing: {overflow: [{type: calls, after: 5s, to: help}]}
                """
            ]).read("a.yaml").told.filter { $0.severity == .error }.map { $0.rendered() }
        }
        #expect(
            try told("", ", languages: [fr]") == [
                """
                a.yaml:7:22: error: help speaks no language of calls [E605]
                    7 | routing: {overflow: [{type: calls, after: 5s, to: help}]}
                      |                      ^
                  expected: a group that speaks es
                  hint: add the language to agent_groups.help, or an interpreter to contact_types.calls
                """
            ])
        #expect(try told("", ", languages: [fr, es]") == [])
        #expect(try told(", interpreter: {languages: [es], after: 30s}", ", languages: [fr]") == [])
    }

    @Test("overflow after a wait or when many wait")
    func overflowTwice() throws {
        #expect(
            try spot(
                "agents: 9}",
                "agents: 9}\nrouting: {overflow: [{type: mail, after: 2m, when_waiting: 3, to: nurses}]}") == [
                    "E114 when_waiting"
                ])
    }

    @Test("with several in hand nobody waits for a colleague")
    func several() throws {
        #expect(
            try spot(Self.one, Self.one + ", channel: chat, consult: {with: nurse, share: 5%, takes: 2m}") == [
                "E114 consult"
            ])
    }

    @Test("work that breeds itself as soon as it is late is refused")
    func endlessChase() throws {
        #expect(
            try spot(Self.mail, Self.mail + ", chase: {share: 100%, after: 1d, as: mail}").first?.hasPrefix("E604")
                == true)
    }

    @Test("callbacks that are all late, and all asked for again, are refused")
    func endlessCallbacks() throws {
        let callback = ", callback: {offer_after: 0s, accepted: 100%, call_within: 1m, chase: 100%}"
        #expect(try spot(Self.one, Self.one + callback).first == "E604 callback")
        #expect(try spot(Self.one, Self.one + callback.replacing("accepted: 100%", with: "accepted: 60%")) == [])
    }

    @Test("all of it stands in the long form, and the long form reads the same")
    func longForm() throws {
        let changes = [
            (
                old: Self.one,
                new: Self.one
                    + ", languages: {en: 80%, es: 20%}, interpreter: {languages: [es], connect: 45s}, set_up: 4s, "
                    + "transfers: {nurse: {share: 5%, hand_over: 45s}}, balk: {share: 20%}, priority_after: {5m: 3}, "
                    + "consult: {with: nurse, share: 8%, takes: 2m}, misrouted: {to: nurse, share: 5%, takes: 1m}, "
                    + "handle_time_by: {waiting: {5: 95%}}, wrap_up_later: {when_waiting: 3, due: 4h}, "
                    + "follow_up: {share: 50%, work: 9m, due: 2d, touches: 2, chase: 10%}, "
                    + "callback: {offer_after: 1m, accepted: 40%, call_within: 30m, chase: 50%, no_answer: 10%, "
                    + "ringing: 40s, between: 09:00-20:00, before_everything: yes}"
            ),
            (
                old: Self.recalls,
                new: Self.recalls + ", reach: {share: 55%, attempts: 3}, replies: {one: {share: 20%, after: 2h}}"
            ),
            (old: Self.mail, new: Self.mail + ", chase: {share: 30%, after: 1d, as: one}"),
            (
                old: "agents: 9}",
                new: "agents: 9}\nrouting: {overflow: [{type: mail, when_waiting: 8, to: all2}]}"
            ),
            (
                old: "  nurses:",
                new: "  all2: {skills: {recalls: {rank: 2, set_up: 10m}}, languages: [en], agents: 1}\n  nurses:"
            ),
        ]
        let first = try reading(changes)
        #expect(first.told.filter { $0.severity == .error }.isEmpty, "\(first.told.map { $0.rendered() })")
        let again = try Files(["a.yaml": first.expanded]).read("a.yaml")
        #expect(
            again.told.filter { $0.severity == .error }.isEmpty,
            "\(again.told.map { $0.rendered() })\n\(first.expanded)")
        let a = try #require(first.scenario)
        let b = try #require(again.scenario)
        #expect(a.contactTypes.map(\.id) == b.contactTypes.map(\.id))
        for (x, y) in zip(a.contactTypes, b.contactTypes) {
            #expect(String(describing: x) == String(describing: y))
        }
        #expect(a.agentGroups.map(\.licences) == b.agentGroups.map(\.licences))
        #expect(a.agentGroups.map(\.skills) == b.agentGroups.map(\.skills))
    }
}
