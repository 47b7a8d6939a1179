import Queueing
import TestSupport

@testable import Simulator

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
            Channel("sms", paces: [1, 1.3, 1.3], loading: .mostLoaded), Channel("email", kind: .later),
            Channel("portal", kind: .later, isInterruptible: true),
        ]
        for t in declared {
            scenario.contactTypes[t].channel = dice.pick(channels)
            if scenario.contactTypes[t].channel.kind == .later {
                scenario.contactTypes[t].patience = nil
                scenario.contactTypes[t].redial = nil
                if chance(2) == 0 { scenario.contactTypes[t].target?.clock = .openHours }
                scenario.contactTypes[t].idleReserve = dice.pick([0, 0, 0, 1])
            }
        }
        for t in declared {
            var offshoots: [Offshoot] = []
            if chance(2) == 0 {
                offshoots.append(
                    Offshoot(.transfer, share: dice.uniform(0.05, 0.4), contactType: chance(declared.count)))
            }
            if chance(2) == 0 {
                let delay = Distribution.exponential(Exponential(mean: 900))
                offshoots.append(
                    Offshoot(.again, share: dice.uniform(0.05, 0.4), contactType: t, delay: dice.pick([delay, nil])))
            }
            if chance(3) == 0 {
                let desk = added("desk", .desk, of: t, cause: .followUp)
                offshoots.append(Offshoot(.followUp, share: dice.uniform(0.1, 0.9), contactType: desk))
            }
            scenario.contactTypes[t].offshoots = offshoots
            guard scenario.contactTypes[t].channel.kind == .live else { continue }
            if chance(3) == 0 {
                let back = added("back", .callback, of: t, cause: .callback)
                scenario.contactTypes[t].callback = Callback(
                    offerAfter: dice.pick([0, 30, 60]), accepted: dice.uniform(0.2, 1), contactType: back,
                    attempts: 1 + chance(3), noAnswer: dice.pick([0, 0.4]), retryAfter: 300)
                if chance(2) == 0 {
                    scenario.contactTypes[back].escalations = [Escalation(after: 300, priority: 0)]
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
    }

    /// Another type, served by whoever serves the one that brings it about.
    private mutating func added(_ id: String, _ channel: Channel, of t: Int, cause: Offshoot.Cause) -> Int {
        var type = scenario.contactTypes[t]
        type.id = "\(type.id)_\(id)"
        type.channel = channel
        type.arrivals = []
        type.patience = nil
        type.redial = nil
        type.offshoots = []
        type.languages = cause == .followUp ? [] : type.languages
        type.origin = ContactType.Origin(cause, of: t)
        scenario.contactTypes.append(type)
        let index = scenario.contactTypes.count - 1
        for g in scenario.agentGroups.indices {
            guard var skill = scenario.agentGroups[g].skills.first(where: { $0.contactType == t }) else { continue }
            skill.contactType = index
            scenario.agentGroups[g].skills.append(skill)
        }
        return index
    }
}
