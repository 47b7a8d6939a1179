import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import ScenarioReading
@testable import Simulator
@testable import Tabular

@Suite("A whole contact center as it is read")
struct WholeCenterTests {
    /// Everything that a contact can bring about, in one small file.
    static let everything = """
        timezone: UTC
        hours: {office: {Mon-Fri: 08:00-17:00, Sat: 09:00-12:00}}
        channels:
          chat: {at_once: 3, slowdown: {2: 20%, 3: 60%}, loading: most_loaded, lines: 40}
          sms: {kind: live, at_once: 2}
          desk: {interrupted_by_live: yes}
        defaults: {hours: office, arrivals: 60 per day, transfers: {nurse: 5%}}
        contact_types:
          calls:
            label: Calls
            languages: {en: 90%, es: 10%}
            talk: 4m
            hold: 20s
            wrap_up: 1m
            priority: 3
            patience: 4m
            blocked_at: 30
            callback: {offer_after: 1m, accepted: 40%, call_within: 45m, no_answer: 25%, retry_after: 20m}
            repeat: {share: 10%, after: {mean: 2h, spread: 0.5}}
            follow_up: {share: 60%, work: 8m, due: 2d}
            when_closed: callback_next_open
          nurse: {talk: 8m, when_closed: {voicemail: 1d2h}, redial: {share: 30%}}
          chats: {channel: chat, talk: 9m, transfers: none}
          texts: {channel: sms, talk: 6m, transfers: {calls: 2%}}
          letters: {channel: email, talk: 5m, target: {share: 95%, in: 36h, clock: open_hours}, transfers: {calls: 0%}}
        agent_groups:
          team: {skills: {calls: 1, chats: 2, texts: 2}, languages: [en, es], agents: 30, max_occupancy: 90%}
          nurses: {skills: {nurse: 1, letters: {rank: 3, only_when_idle: yes}}, languages: [en], agents: 9}
        routing:
          overflow:
            - {type: letters, after: 4h, to: team}
            - {type: calls, after: 2m, to: nurses}
          reserve: {letters: 2}
        rules: {max_occupancy: 85%}
        """

    private func read(_ old: String = "", _ new: String = "") throws -> ReadScenario {
        let files = Files(["a.yaml": Self.everything])
        return try (old.isEmpty ? files : files.replacing(old, new, in: "a.yaml")).read("a.yaml")
    }

    private func scenario() throws -> Scenario {
        let reading = try read()
        // Arrivals by day lie in opening hours, and nobody but who calls again finds it closed.
        #expect(reading.told.filter { $0.code != ProblemCode.noEffect }.map { $0.rendered() } == [])
        return try #require(reading.scenario)
    }

    @Test("Channels know how many at once, how fast, how many lines, and who is interrupted")
    func channels() throws {
        let types = try scenario().contactTypes
        #expect(types[0].channel == .phone)
        #expect(
            types[2].channel == Channel("chat", paces: [1, 1.2, 1.6], loading: .mostLoaded, lines: 40))
        // What the file leaves open is the preset's: 20% longer with two, 40% with three.
        #expect(types[3].channel == Channel("sms", paces: [1, 1.2]))
        #expect(types[4].channel == .email)
        #expect(types[5].channel == Channel("desk", kind: .deferred, isInterruptible: true))
    }

    @Test("What a type brings about are types of their own, after all declared ones")
    func derived() throws {
        let types = try scenario().contactTypes
        #expect(
            types.map(\.id) == [
                "calls", "nurse", "chats", "texts", "letters", "calls_follow_up", "calls_callback", "calls_next_open",
                "nurse_voicemail",
            ])
        #expect(
            types[5...].map(\.label) == [
                "Calls: follow-up", "Calls: callbacks", "Calls: callbacks at opening", "nurse: voicemail",
            ])
        #expect(types[5...].map(\.channel.id) == ["desk", "callback", "callback", "voicemail"])
        #expect(
            types[5...].map(\.origin) == [
                .init(.followUp, of: 0), .init(.callback, of: 0), .init(.callback, of: 0), .init(.message, of: 1),
            ])
        for type in types[5...] {
            #expect(type.arrivals.isEmpty && type.patience == nil && type.redial == nil && type.callback == nil)
            #expect(type.channel.kind == .deferred)
            #expect(!type.open.isEmpty)
        }
        #expect(types[5...].map(\.priority) == [3, 3, 3, 5])
    }

    @Test("Follow-up work has its own time, no language, and is due in open days")
    func followUp() throws {
        let type = try scenario().contactTypes[5]
        #expect(type.talk == .lognormal(Lognormal(mean: 480, spread: 1)))
        #expect(type.handlingTimeMean == 480)
        #expect(type.languages.isEmpty && type.followOns.isEmpty)
        // An open day is (5 x 9 + 3) / 6 = 8 hours.
        #expect(type.target == ServiceTarget(share: 0.95, within: 16 * 3600, clock: .openHours))
    }

    @Test("A call back takes what the call would have taken, and goes first of its priority as its promise runs out")
    func callback() throws {
        let types = try scenario().contactTypes
        let offer = try #require(types[0].callback)
        #expect(offer.offerAfter == 60 && offer.accepted == 0.4 && offer.contactType == 6)
        #expect(offer.attempts == 2 && offer.noAnswer == 0.25 && offer.retryAfter == 1200)
        let type = types[6]
        #expect(type.handlingTimeMean == 320)
        #expect(type.languages == types[0].languages)
        #expect(type.target == ServiceTarget(share: 0.8906, within: 2700))
        #expect(type.escalations == [Escalation(firstFrom: 900, to: 1800)])
        #expect(type.followOns.map(\.contactType) == types[0].followOns.map(\.contactType))
    }

    @Test("What becomes of those who come while it is closed")
    func whenClosed() throws {
        let types = try scenario().contactTypes
        #expect(
            types.prefix(3).map(\.whenClosed) == [
                .callbackNextOpen(contactType: 7), .message(contactType: 8), .turnedAway,
            ])
        // Without a word on it, calls at opening are promised as calls back are: to 95 % of 1 − 0.25².
        #expect(types[7].target == ServiceTarget(share: 0.8906, within: 2700))
        #expect(types[7].escalations == [Escalation(firstFrom: 900, to: 1800)])
        // One open day of 8 hours and 2 hours.
        #expect(types[8].target == ServiceTarget(share: 0.95, within: 10 * 3600, clock: .openHours))
        #expect(types[8].handlingTimeMean == types[1].handlingTimeMean)
    }

    @Test("Transfers, repeats and follow-ups are offshoots; a default transfer does not lead to itself")
    func followOns() throws {
        let types = try scenario().contactTypes
        #expect(types[0].followOns.map(\.cause) == [.transfer, .again, .followUp])
        #expect(types[0].followOns.map(\.share) == [0.05, 0.1, 0.6])
        #expect(types[0].followOns.map(\.contactType) == [1, 0, 5])
        #expect(types[0].followOns[1].delay?.mean == 7200)
        #expect(types[1].followOns.isEmpty)
        #expect(types[2].followOns.isEmpty)
        #expect(types[3].followOns.map(\.contactType) == [0])
        #expect(types[4].followOns.isEmpty)
    }

    @Test("Work in a list has no patience and no redials, whatever the defaults say")
    func lists() throws {
        let types = try scenario().contactTypes
        #expect(types[4].patience == nil)
        // 36 hours are 36 hours of opening time, not a day and a half of them.
        #expect(types[4].target == ServiceTarget(share: 0.95, within: 36 * 3600, clock: .openHours))
        let reading = try read("defaults: {", "defaults: {patience: 2m, redial: {share: 20%}, callback: none, ")
        let letters = try #require(reading.scenario?.contactTypes[4])
        #expect(letters.patience == nil && letters.redial == nil)
    }

    @Test("Who serves a type serves what it brings about, at the same rank and pace")
    func skills() throws {
        let groups = try scenario().agentGroups
        #expect(
            groups[0].skills == [
                Skill(0), Skill(2, rank: 2), Skill(3, rank: 2), Skill(5), Skill(6), Skill(7),
            ])
        #expect(groups[1].skills == [Skill(1), Skill(4, rank: 3, onlyWhenIdle: true), Skill(8)])
    }

    @Test("Overflow, reserve, the limit on waiting and the caps on occupancy")
    func routing() throws {
        let scenario = try scenario()
        let types = scenario.contactTypes
        #expect(types[0].escalations == [Escalation(after: 120, groups: [1])])
        #expect(types[4].escalations == [Escalation(after: 4 * 3600, groups: [0])])
        #expect(types.map(\.idleReserve) == [0, 0, 0, 0, 2, 0, 0, 0, 0])
        #expect(types.map(\.blockedAt) == [30, nil, nil, nil, nil, nil, nil, nil, nil])
        #expect(scenario.rules.maxOccupancy == 0.85)
        #expect(scenario.agentGroups.map(\.maxOccupancy) == [0.9, nil])
    }

    @Test("Precision may watch what comes into being")
    func precision() throws {
        let reading = try read(
            "rules:", "experiment: {precision: 1 point on service_level of calls_callback}\nrules:")
        #expect(reading.errors == [])
        #expect(
            reading.scenario?.experiment.goals == [
                PrecisionGoal(.serviceLevel, of: .some([6]), within: .absolute(0.01))
            ])
    }

    @Test("Every default that is used stands in the long form")
    func longForm() throws {
        let expanded = try read().expanded
        for line in [
            "  chat: {kind: live, at_once: 3, slowdown: {2: 20%, 3: 60%}, loading: most_loaded, lines: 40}    # kind assumed",
            "  sms: {kind: live, at_once: 2, slowdown: 20%, loading: automatic}    # slowdown and loading assumed",
            "  email: {kind: later, at_once: 1, interrupted_by_live: yes}    # assumed",
            "    callback: {offer_after: 1m, accepted: 40%, call_within: 45m, attempts: 2, no_answer: 25%, retry_after: 20m, ringing: 30s, between: 08:00-21:00, before_everything: no}    # attempts, ringing, between and before_everything assumed",
            "    when_closed: {callback_next_open: 45m}    # 45m assumed",
            "    when_closed: {voicemail: 1d2h}",
            "    when_closed: turned_away       # assumed",
            "    target: {share: 95%, in: 36h, clock: open_hours}",
            "    follow_up: {share: 60%, work: {mean: 8m, spread: 1, shape: lognormal}, due: 2d}    # spread and shape of work assumed",
        ] { #expect(expanded.contains("\n" + line), "\(line)\nin\n\(expanded)") }
    }

    @Test("Riverbend as it is written")
    func riverbend() throws {
        let reading = try Files.riverbend().read("riverbend.yaml")
        #expect(reading.told.map { $0.rendered() }.filter { !$0.contains("W510") && !$0.contains("W402") } == [])
        let scenario = try #require(reading.scenario)
        let types = scenario.contactTypes
        #expect(
            types.map(\.id) == [
                "scheduling", "billing", "eligibility_auth", "refill", "nurse_triage", "chat_help", "texts", "emails",
                "portal_messages", "scheduling_callback", "eligibility_auth_follow_up", "nurse_triage_voicemail",
                "nurse_triage_written",
            ])
        #expect(types[5].channel == .chat && types[6].channel == .sms && types[7].channel == .email)
        #expect(types[0].followOns.map(\.cause) == [.transfer, .transfer, .again])
        #expect(types[0].followOns.map(\.contactType) == [4, 1, 0])
        // 1d of the written hours, 08:00-18:00; 2d of the offices', 07:30-18:00; 1d of the nurses', 07:00-21:00.
        #expect(types[8].target == ServiceTarget(share: 0.95, within: 36_000, clock: .openHours))
        #expect(types[10].target == ServiceTarget(share: 0.95, within: 75_600, clock: .openHours))
        #expect(types[11].target == ServiceTarget(share: 0.95, within: 50_400, clock: .openHours))
        #expect(types[11].talk == types[4].talk && types[11].priority == 1)
        #expect(
            scenario.agentGroups[4].skills == [
                Skill(4), Skill(8, rank: 2, onlyWhenIdle: true), Skill(11), Skill(12),
            ])
        #expect(scenario.agentGroups[0].skills.map(\.contactType) == [0, 3, 5, 6, 8, 7, 9])
        #expect(scenario.rules.maxOccupancy == 0.85)
    }

    @Test(
        "A policy is a word, or a word with what is told of it, and is written out in full",
        arguments: [
            ("pick_contact: ageing", "pick_contact: {ageing: 2m}"),
            ("pick_contact: {ageing: 90s}", "pick_contact: {ageing: 1m30s}"),
            ("pick_contact: {ageing: {step: 5m}}", "pick_contact: {ageing: 5m}"),
            ("pick_contact: longest_wait", "pick_contact: longest_wait"),
            (
                "pick_contact: {weighted_score: {late: 8, wait: 0.5}}",
                "pick_contact: {weighted_score: {wait: 0.5, priority: 2, rank: 1, late: 8}}"
            ), ("pick_agent: fewest_skills", "pick_agent: fewest_skills"), ("sticky: yes", "sticky: yes"),
        ])
    func policies(_ written: String, _ full: String) throws {
        let reading = try read("routing:\n", "routing:\n  \(written)\n")
        #expect(reading.told.filter { $0.code != ProblemCode.noEffect }.map { $0.rendered() } == [])
        let expanded = reading.expanded
        #expect(expanded.contains(full), "\(expanded)")
        #expect(try Files(["a.yaml": expanded]).read("a.yaml").expanded.contains(full))
    }

    @Test("What is told of a policy acts, and every listed policy can be written")
    func policyValues() throws {
        let ageing = try #require(read("routing:\n", "routing:\n  pick_contact: {ageing: 90s}\n").scenario).routing
        #expect((ageing.pickContact.policy as? Ageing)?.step == 90)
        let score =
            try #require(
                read("routing:\n", "routing:\n  pick_contact: {weighted_score: {late: 8, wait: 0.5}}\n").scenario
            ).routing.pickContact.policy as? WeightedScore
        #expect(score?.wait == 0.5 && score?.priority == 2 && score?.rank == 1 && score?.late == 8)
        #expect(try #require(read("routing:\n", "routing:\n  sticky: yes\n").scenario).routing.isSticky)
        for policy in RoutingPolicies.pickContact {
            let read = try #require(
                read("routing:\n", "routing:\n  pick_contact: \(policy.keyword)\n").scenario)
            #expect(type(of: read.routing.pickContact.policy) == policy)
        }
        for policy in RoutingPolicies.pickAgent {
            let read = try #require(read("routing:\n", "routing:\n  pick_agent: \(policy.keyword)\n").scenario)
            #expect(type(of: read.routing.pickAgent.policy) == policy)
        }
    }
}
