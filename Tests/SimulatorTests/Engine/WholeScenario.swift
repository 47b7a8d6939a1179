import Queueing
import TestSupport

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Random centers in which contacts bring about others, lie in lists, are handled several at once, are called back,
/// share lines and become urgent; the seed replays one.
struct WholeScenario {
    private var dice: Dice
    private var scenario: Scenario

    static func make(_ seed: UInt64) -> Scenario {
        var maker = WholeScenario(dice: Dice(seed: seed &* 0xD1B5_4A32), scenario: RandomScenario.make(seed))
        maker.complete()
        return maker.scenario
    }

    private mutating func chance(_ count: Int) -> Int { Int(dice.next() % UInt64(count)) }

    private mutating func complete() {
        let declared = scenario.contactTypes.indices
        var lines = Channel("trunks")
        lines.lines = 2 + chance(4)
        let channels: [Channel] = [
            .phone, .phone, .phone, lines, Channel("chat", atOnce: 2, slowdown: 0.25),
            Channel("sms", paces: [1, 1.3, 1.3], loading: .mostLoaded), Channel("email", kind: .deferred),
            Channel("portal", kind: .deferred, isInterruptible: true),
        ]
        for t in declared {
            scenario.contactTypes[t].channel = dice.pick(channels)
            if scenario.contactTypes[t].channel.kind == .deferred {
                scenario.contactTypes[t].patience = nil
                scenario.contactTypes[t].redial = nil
                if chance(2) == 0 { scenario.contactTypes[t].target?.clock = .openHours }
                scenario.contactTypes[t].idleReserve = dice.pick([0, 0, 0, 1])
            }
        }
        for t in declared {
            var followOns: [FollowOn] = []
            if chance(2) == 0 {
                followOns.append(
                    FollowOn(.transfer, share: dice.uniform(0.05, 0.4), contactType: chance(declared.count)))
            }
            if chance(2) == 0 {
                let delay = Distribution.exponential(Exponential(mean: 900))
                followOns.append(
                    FollowOn(.again, share: dice.uniform(0.05, 0.4), contactType: t, delay: dice.pick([delay, nil])))
            }
            if chance(3) == 0 {
                let desk = added("desk", .desk, of: t, cause: .followUp)
                followOns.append(FollowOn(.followUp, share: dice.uniform(0.1, 0.9), contactType: desk))
            }
            scenario.contactTypes[t].followOns = followOns
            guard scenario.contactTypes[t].channel.kind == .live else { continue }
            if chance(3) == 0 {
                let back = added("back", .callback, of: t, cause: .callback)
                scenario.contactTypes[t].callback = Callback(
                    offerAfter: dice.pick([0, 30, 60]), accepted: dice.uniform(0.2, 1), contactType: back,
                    attempts: 1 + chance(3), noAnswer: dice.pick([0, 0.4]), retryAfter: 300)
                if chance(3) == 0 {
                    let length = scenario.horizon.length
                    scenario.contactTypes[back].callable = [
                        TimeSpan(0, 0.3 * length), TimeSpan(0.5 * length, 0.8 * length),
                    ]
                }
                if chance(2) == 0 {
                    scenario.contactTypes[back].escalations = [
                        dice.pick([
                            Escalation(after: 300, priority: 0), Escalation(firstFrom: 120, to: 300),
                            Escalation(firstFrom: 240, to: 300),
                        ])
                    ]
                }
            }
            if chance(3) == 0 {
                let message = added("message", .voicemail, of: t, cause: .message)
                scenario.contactTypes[t].whenClosed = .message(contactType: message)
            } else if chance(4) == 0 {
                let back = added("next", .callback, of: t, cause: .callback)
                scenario.contactTypes[t].whenClosed = .callbackNextOpen(contactType: back)
            }
            if chance(4) == 0 {
                let other = chance(scenario.agentGroups.count)
                scenario.contactTypes[t].escalations = [
                    Escalation(after: 20, groups: [other]), Escalation(after: 60, priority: 1),
                ]
            }
            scenario.contactTypes[t].blockedAt = dice.pick([nil, nil, nil, 2])
        }
        for t in declared { handleOtherwise(t, declared) }
        license(declared)
        chooseRouting()
        if chance(3) == 0 { scenario.rules.endOfShift = .handBack }
        scenario.rules.callbacks = Rules.Instead.allCases[chance(3)]
        scenario.rules.closed = Rules.Instead.allCases[chance(3)]
        people()
    }

    /// Every listed policy has its turn.
    private mutating func chooseRouting() {
        let contact = dice.pick(RoutingPolicies.pickContact.map { PickContact($0.init()) })
        let agent = dice.pick(RoutingPolicies.pickAgent.map { PickAgent($0.init()) })
        scenario.routing = Routing(pickContact: contact, pickAgent: agent, isSticky: chance(2) == 0)
    }

    /// Colleagues, interpreters, work put off, people who leave at once or ask again.
    private mutating func handleOtherwise(_ t: Int, _ declared: Range<Int>) {
        let isAlone = scenario.contactTypes[t].channel.atOnce == 1
        let isLive = scenario.contactTypes[t].channel.kind == .live
        if isAlone, chance(3) == 0 {
            for i in scenario.contactTypes[t].followOns.indices
            where scenario.contactTypes[t].followOns[i].cause == .transfer {
                scenario.contactTypes[t].followOns[i].handOver = HandOver(
                    together: dice.pick([0, 20, 60]), waitsAtMost: dice.pick([10, 120, 600]))
            }
        }
        if isAlone, chance(3) == 0 {
            var asked = scenario.contactTypes[chance(declared.count)]
            let with = declared.first { scenario.contactTypes[$0].id == asked.id } ?? 0
            asked.channel = .consult
            asked.open = [TimeSpan(0, scenario.horizon.length)]
            let consult = added("consult", .consult, of: t, cause: .consult, like: asked, served: with)
            scenario.contactTypes[t].followOns.append(
                FollowOn(
                    .consult, share: dice.uniform(0.1, 0.5), contactType: consult,
                    handOver: HandOver(waitsAtMost: dice.pick([10, 120, 600]))))
        }
        if isAlone, scenario.contactTypes[t].wrapUp != nil, chance(2) == 0 {
            let notes = added("notes", .desk, of: t, cause: .documentation)
            scenario.contactTypes[t].deferredWrapUp = DeferredWrapUp(whenWaiting: 1 + chance(2), contactType: notes)
        }
        if !scenario.contactTypes[t].languages.isEmpty, chance(2) == 0 {
            scenario.contactTypes[t].interpreter = Interpreter(
                languages: ["es"], after: dice.pick([0, 30]), connect: dice.pick([0, 20]), handlingFactor: 1.5)
        }
        scenario.contactTypes[t].setUp = dice.pick([0, 0, 0, 5])
        if chance(5) == 0 {
            scenario.contactTypes[t].handlingPace = HandlingPace(
                byWait: [.init(from: 30, factor: 1.2)], byWaiting: [.init(from: 2, factor: 0.9)])
        }
        if isLive, chance(5) == 0 {
            scenario.contactTypes[t].balking = Balking(share: 0.5, over: dice.pick([0, 20]))
        }
        if isLive, chance(5) == 0 {
            scenario.contactTypes[t].escalations.append(
                Escalation(whenWaiting: 2, groups: [chance(scenario.agentGroups.count)]))
        }
        if !isLive, chance(2) == 0 {
            scenario.contactTypes[t].chase = Chase(share: 0.5, after: 900, contactType: chance(declared.count))
            scenario.contactTypes[t].tries = Tries(attempts: 3, noAnswer: 0.4, retryAfter: 300)
        }
        if !scenario.contactTypes[t].followOns.contains(where: { $0.cause == .again }), chance(4) == 0 {
            scenario.contactTypes[t].followOns.append(
                FollowOn(
                    .reply, share: 0.3, contactType: chance(declared.count),
                    delay: .exponential(Exponential(mean: 600))))
        }
    }

    /// What some are licensed for nobody else may serve.
    private mutating func license(_ declared: Range<Int>) {
        guard chance(2) == 0 else { return }
        scenario.contactTypes[chance(declared.count)].licence = "rn"
        scenario.agentGroups[chance(scenario.agentGroups.count)].licences = ["rn"]
    }

    /// Who stays away, is late or loses time.
    private mutating func people() {
        if chance(3) == 0 {
            scenario.absences.unplanned = dice.uniform(0.02, 0.3)
            scenario.absences.inShift = dice.pick([0, 0.05, 0.2])
        }
        for g in scenario.agentGroups.indices where chance(3) == 0 {
            scenario.agentGroups[g].tiers = [
                Tier(
                    id: "new", share: 0.4, handling: 1.5, repeats: 1.3, transfers: 1.3, ramp: dice.pick([nil, 86400]),
                    mentoring: dice.pick([0, 0.1])), Tier(id: "old", share: 0.6, handling: 0.9),
            ]
            scenario.agentGroups[g].paces = [DayPace(TimeSpan(3600, 5400), pace: 0.8)]
        }
        for g in scenario.agentGroups.indices {
            guard case .shifts = scenario.agentGroups[g].staffing, chance(3) == 0 else { continue }
            let stray = Timekeeping.Stray(share: dice.uniform(0.1, 0.9), by: .exponential(Exponential(mean: 600)))
            scenario.agentGroups[g].timekeeping = Timekeeping(
                late: dice.pick([stray, nil]), leavesEarly: dice.pick([stray, nil]), adherence: dice.pick([1, 0.95]))
        }
    }

    /// Another type, served by whoever serves the one that brings it about.
    private mutating func added(
        _ id: String, _ channel: Channel, of t: Int, cause: FollowOn.Cause, like other: ContactType? = nil,
        served server: Int? = nil
    ) -> Int {
        var type = other ?? scenario.contactTypes[t]
        type.id = "\(type.id)_\(id)"
        // Two types may ask the people of one.
        if scenario.contactTypes.contains(where: { $0.id == type.id }) { type.id += "_\(scenario.contactTypes.count)" }
        type.channel = channel
        type.arrivals = []
        type.patience = nil
        type.redial = nil
        type.followOns = []
        type.languages = [.followUp, .consult, .documentation].contains(cause) ? [] : type.languages
        type.callback = nil
        type.escalations = []
        type.whenClosed = .turnedAway
        type.blockedAt = nil
        type.tries = nil
        type.chase = nil
        type.deferredWrapUp = nil
        if type.channel.kind == .live { type.target?.clock = .allHours }
        type.origin = ContactType.Origin(cause, of: t)
        scenario.contactTypes.append(type)
        let index = scenario.contactTypes.count - 1
        for g in scenario.agentGroups.indices {
            guard var skill = scenario.agentGroups[g].skills.first(where: { $0.contactType == server ?? t }) else {
                continue
            }
            skill.contactType = index
            scenario.agentGroups[g].skills.append(skill)
        }
        return index
    }
}
