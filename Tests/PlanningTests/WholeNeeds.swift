import Queueing
import Simulator
import Testing

@testable import Center
@testable import Experiments
@testable import Planning
@testable import Probability
@testable import Tabular

/// What contacts bring about, lists and slots in requirements and guard rails.
@Suite("Needs of a whole center")
struct WholeNeeds {
    private static let hours = 8
    private static let day = TimeSpan(0, 8 * 3600)

    private static func type(
        _ id: String, contacts: Double, channel: Channel = .phone, talk: Double = 180, open: [TimeSpan] = [day],
        target: ServiceTarget? = ServiceTarget(share: 0.8, within: 30)
    ) -> ContactType {
        ContactType(
            id: id, channel: channel, open: open,
            arrivals: contacts > 0
                ? (0..<hours).map {
                    ArrivalTimeSpan(TimeSpan(Double($0) * 3600, Double($0 + 1) * 3600), contacts: contacts)
                }
                : [],
            talk: .exponential(Exponential(mean: talk)),
            patience: channel.kind == .live ? .exponential(Exponential(mean: 180)) : nil, target: target)
    }

    private static func scenario(_ types: [ContactType], skills: [Skill]? = nil, runs: Int = 20) -> Scenario {
        Scenario(
            id: "whole", name: "Whole", horizon: .plain(step: 3600, count: hours), contactTypes: types,
            agentGroups: [
                AgentGroup(
                    id: "agents", skills: skills ?? types.indices.map { Skill($0) },
                    staffing: .curve([StaffingTimeSpan(day, agents: 10)]))
            ], experiment: ExperimentSettings(replications: runs))
    }

    private func arrivals(_ type: ContactType) -> [Double] { type.arrivals.map(\.contacts) }

    @Test("who is handed on counts where they go; a loop of hand-offs is summed to its end")
    func transfers() {
        var first = Self.type("first", contacts: 100)
        var second = Self.type("second", contacts: 10)
        first.followOns = [FollowOn(.transfer, share: 0.5, contactType: 1)]
        second.followOns = [FollowOn(.transfer, share: 0.2, contactType: 0)]
        let flows = ExpectedFlows(Self.scenario([first, second])).types
        // x = 100 + 0.2 y, y = 10 + 0.5 x.
        let x = 102 / 0.9
        for contacts in arrivals(flows[0]) { #expect(abs(contacts - x) < 1e-9) }
        for contacts in arrivals(flows[1]) { #expect(abs(contacts - (10 + x / 2)) < 1e-9) }
    }

    @Test("who is handed on to a type that is closed leaves a message there, and brings about nothing else")
    func handedToClosed() {
        var first = Self.type("first", contacts: 100)
        // Closed from the fourth hour and a half on.
        var second = Self.type("second", contacts: 0, open: [TimeSpan(0, 4.5 * 3600)])
        first.followOns = [FollowOn(.transfer, share: 0.5, contactType: 1)]
        second.followOns = [FollowOn(.transfer, share: 0.2, contactType: 2)]
        second.whenClosed = .message(contactType: 3)
        let types = [
            first, second, Self.type("third", contacts: 0), Self.type("messages", contacts: 0, channel: .voicemail),
        ]
        let flows = ExpectedFlows(Self.scenario(types)).types
        func byHour(_ type: ContactType) -> [Double] {
            var sums = [Double](repeating: 0, count: Self.hours)
            for portion in type.arrivals { sums[Int(portion.timeSpan.start / 3600)] += portion.contacts }
            return sums
        }
        // 50 an hour are handed on; those that find it closed count as offered there where it is closed all hour.
        #expect(byHour(flows[1]) == [50, 50, 50, 50, 25, 50, 50, 50])
        #expect(byHour(flows[2]) == [10, 10, 10, 10, 5, 0, 0, 0])
        #expect(byHour(flows[3]) == [0, 0, 0, 0, 25, 50, 50, 50])
    }

    @Test("one who is handed on does not come again or leave work; those who come again do so after the mean delay")
    func repeats() {
        var calls = Self.type("calls", contacts: 100)
        calls.followOns = [
            FollowOn(.transfer, share: 0.5, contactType: 1),
            FollowOn(.again, share: 0.2, contactType: 0, delay: .exponential(Exponential(mean: 7200))),
        ]
        let flows = ExpectedFlows(Self.scenario([calls, Self.type("nurses", contacts: 0)])).types
        // A tenth of those two hours before.
        let expected: [Double] = [100, 100, 110, 110, 111, 111, 111.1, 111.1]
        for (contacts, value) in zip(arrivals(flows[0]), expected) { #expect(abs(contacts - value) < 1e-9) }
        for (contacts, value) in zip(arrivals(flows[1]), expected) { #expect(abs(contacts - value / 2) < 1e-9) }
    }

    @Test("a type that only others bring about has needs")
    func needs() throws {
        var first = Self.type("first", contacts: 100)
        first.followOns = [FollowOn(.transfer, share: 0.4, contactType: 1)]
        let brought = Requirements(Self.scenario([first, Self.type("second", contacts: 0)]))
        let arriving = Requirements(
            Self.scenario([Self.type("first", contacts: 100), Self.type("second", contacts: 40)]))
        #expect(brought.rows.map(\.need) == arriving.rows.map(\.need))
        #expect(brought.rows.contains { $0.contactType == 1 && ($0.need ?? 0) > 2 })
        #expect(brought.broughtAbout == [1])
    }

    @Test("work in a list is spread over the open time until it is due")
    func deferred() throws {
        let promise = ServiceTarget(share: 0.95, within: 2 * 3600, clock: .openHours)
        let mail = Self.type(
            "mail", contacts: 0, channel: Channel("email", kind: .deferred), talk: 360,
            open: [TimeSpan(0, 2 * 3600), TimeSpan(4 * 3600, 8 * 3600)], target: promise)
        var late = mail
        // Ten hours of work in the second hour: half an hour of it is left, then an hour and a half from the fifth on.
        late.arrivals = [ArrivalTimeSpan(TimeSpan(3600, 7200), contacts: 100)]
        let requirements = Requirements(Self.scenario([late]))
        #expect(requirements.deferred == [0] && requirements.models[0] == nil)
        #expect(requirements.rows.map(\.period) == [0, 1, 4, 5, 6, 7])
        let loads = requirements.rows.map(\.load)
        for (load, value) in zip(loads, [0, 2.5, 5, 2.5, 0, 0]) { #expect(abs(load - value) < 1e-9) }
        #expect(requirements.rows.map(\.need) == [0, 3, 5, 3, 0, 0])
        #expect(requirements.rows[1].method == Requirement.untilDueMethod)
        #expect(requirements.rows[1].measures == nil && requirements.rows[1].serviceLevel == nil)
        // All the work is done.
        #expect(abs(loads.reduce(0, +) - 10) < 1e-9)
    }

    @Test("what is due after the end is spread over the beginning, as what was left before would be")
    func dueAfterTheEnd() {
        let mail = Self.type(
            "mail", contacts: 0, channel: Channel("email", kind: .deferred), talk: 360,
            target: ServiceTarget(share: 0.95, within: 2 * 3600, clock: .openHours))
        var late = mail
        // Ten hours of work in the last hour: half an hour of it is left, and an hour and a half of the next day.
        late.arrivals = [ArrivalTimeSpan(TimeSpan(7 * 3600, 8 * 3600), contacts: 100)]
        let loads = Requirements(Self.scenario([late])).rows.map(\.load)
        for (load, value) in zip(loads, [5, 2.5, 0, 0, 0, 0, 0, 2.5]) { #expect(abs(load - value) < 1e-9) }
    }

    @Test("work that falls due while closed is done at the next opening")
    func dueWhileClosed() {
        let mail = Self.type(
            "mail", contacts: 0, channel: Channel("email", kind: .deferred), talk: 360,
            open: [TimeSpan(4 * 3600, 8 * 3600)],
            target: ServiceTarget(share: 0.95, within: 1800))
        var early = mail
        early.arrivals = [ArrivalTimeSpan(TimeSpan(0, 3600), contacts: 10)]
        let rows = Requirements(Self.scenario([early])).rows
        #expect(rows.filter { ($0.need ?? 0) > 0 }.map(\.period) == [4])
        #expect(rows.first?.contacts == 10 && rows.first?.need == 0)
    }

    @Test("chats need slots at the pace of full hands: two at once, half as slow again, are worth four thirds")
    func slots() throws {
        let chat = Channel("chat", atOnce: 2, slowdown: 0.5)
        let chats = Requirements(Self.scenario([Self.type("chat", contacts: 100, channel: chat)]))
        // The same work by telephone with half as long contacts again needs slots.
        let calls = Requirements(Self.scenario([Self.type("calls", contacts: 100, talk: 270)]))
        let slots = try #require(calls.rows[0].need)
        #expect(chats.rows[0].need == (slots + 1) / 2)
        #expect(abs(try #require(chats.rows[0].needExact) - (try #require(calls.rows[0].needExact)) / 2) < 2e-9)
        #expect(chats.rows[0].method == "erlang-a slots")
        #expect(chats.rows[0].handlingTime == 180)
    }

    @Test("calls that were promised have no rows: they count where the caller waited")
    func callbacks() {
        var calls = Self.type("calls", contacts: 100)
        calls.callback = Callback(offerAfter: 30, accepted: 0.5, contactType: 1)
        var promised = Self.type("calls_callback", contacts: 0, channel: .callback)
        promised.origin = .init(.callback, of: 0)
        let requirements = Requirements(Self.scenario([calls, promised]))
        #expect(requirements.promised == [1])
        #expect(requirements.rows.allSatisfy { $0.contactType == 0 })
        #expect(
            requirements.rows.map(\.need)
                == Requirements(Self.scenario([Self.type("calls", contacts: 100)])).rows.map(\.need))
    }

    @Test("needed staffing rounds the work of all lists together to whole people once")
    func neededStaffing() {
        let promise = ServiceTarget(share: 0.95, within: 8 * 3600)
        let mail = Self.type(
            "mail", contacts: 1, channel: Channel("email", kind: .deferred), talk: 360, target: promise)
        var scenario = Self.scenario([mail, mail, mail])
        for t in 0..<3 { scenario.contactTypes[t].id = "mail_\(t)" }
        scenario.agentGroups[0].staffing = .asNeeded
        let staffed = NeededStaffing(scenario)
        // A tenth of a person each.
        #expect(staffed.groups.first?.most == 1)
        #expect(Requirements(scenario).rows.allSatisfy { ($0.need ?? 0) <= 1 })
    }

    @Test("days with a chance are played for callers alone")
    func days() {
        let mail = Self.type("mail", contacts: 10, channel: Channel("email", kind: .deferred))
        let chat = Self.type("chat", contacts: 10, channel: Channel("chat", atOnce: 2, slowdown: 0.5))
        let calls = Self.type("calls", contacts: 10)
        let days = Requirements(Self.scenario([mail, chat, calls])).days(chance: 0.8)
        #expect(days.map(\.contactType) == [2])
    }

    @Test("formulas say nothing of types that share people with lists, slots or what others bring about")
    func rails() throws {
        let plain = [Self.type("calls", contacts: 60), Self.type("orders", contacts: 60)]
        let apart = { (types: [ContactType]) in
            var scenario = Self.scenario(types, skills: [Skill(0)])
            for t in 1..<types.count {
                scenario.agentGroups.append(
                    AgentGroup(
                        id: "group_\(t)", skills: [Skill(t)],
                        staffing: .curve([StaffingTimeSpan(Self.day, agents: 10)])))
            }
            return scenario
        }
        func leftOut(_ scenario: Scenario) throws -> [Int] {
            let rails = GuardRails(try Experiment(scenario, threads: 2).run())
            #expect(Set(rails.rails.map(\.contactType)).isDisjoint(with: rails.leftOut))
            return rails.leftOut
        }
        #expect(try leftOut(Self.scenario(plain)) == [])
        let mail = Self.type("mail", contacts: 5, channel: Channel("email", kind: .deferred))
        #expect(try leftOut(Self.scenario([plain[0], mail])) == [0, 1])
        #expect(try leftOut(apart([plain[0], mail])) == [1])
        var handing = plain
        handing[0].followOns = [FollowOn(.transfer, share: 0.5, contactType: 1)]
        #expect(try leftOut(apart(handing)) == [1])
        #expect(try leftOut(Self.scenario(handing)) == [0, 1])
    }
}
