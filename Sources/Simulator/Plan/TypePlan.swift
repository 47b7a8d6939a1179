import Center
import Probability
import Queueing
import Tabular

extension Blueprint {
    /// A contact type, with what is known of it before the first contact.
    ///
    /// One reference: a contact type holds much, and the loop asks for a part of it in passing.
    package final class TypePlan: Sendable {
        /// As the scenario has it, but for what follows from the rest of it: overflow goes to those who are licensed
        /// alone, a channel's way of loading is decided, and promised calls are tried as their callback says.
        package let given: ContactType
        /// The number that addresses this type's random draws.
        let subject: Int
        /// The day of each piece of its arrivals, for the day factor.
        let portionDays: [Int]
        /// The type whose days are as busy as this one's: its own but where it is a share of another's contacts.
        let variesWith: Int
        /// Classes by language, and the cumulated shares that choose among them.
        package let firstClass: Int
        package let classCount: Int
        let languageBounds: [Double]
        /// When its contacts may wait.
        package let waitingHours: [TimeSpan]
        /// Set where waiting goes on in opening hours only.
        package let clock: OpenClock?
        /// Whether agents wait with a caller until somebody takes such a contact.
        let isHandedOver: Bool
        let hasSetUp: Bool
        /// Whether its contacts come of those who find another type closed.
        let isOfClosed: Bool

        fileprivate init(
            _ t: Int, of scenario: Scenario, subject: Int, firstClass: Int, isHandedOver: Bool, hasSetUp: Bool,
            isOfClosed: Bool
        ) {
            let type = scenario.contactTypes[t]
            given = Blueprint.given(type, t, in: scenario)
            self.subject = subject
            portionDays = type.arrivals.map { Blueprint.day(of: $0.timeSpan.start, in: scenario.horizon) }
            variesWith = type.variesWith ?? t
            self.firstClass = firstClass
            classCount = max(1, type.languages.count)
            var bound = 0.0
            languageBounds = type.languages.map { share in
                bound += share.share
                return bound
            }
            waitingHours = type.waitingHours
            clock =
                type.target?.clock == .openHours
                ? OpenClock((scenario.runningDay?.openBefore[t] ?? []) + type.open) : nil
            self.isHandedOver = isHandedOver
            self.hasSetUp = hasSetUp
            self.isOfClosed = isOfClosed
        }

        /// Of contacts that nobody starts: why they are.
        var cause: FollowOn.Cause? { given.origin?.cause }
        var blockedAt: Int { given.blockedAt ?? Int.max }
        /// Whether an agent decides only when the talk ends how to go on.
        var decidesAfterTalk: Bool { given.decidesAfterTalk && given.channel.atOnce == 1 }
        /// Whether how long a contact takes depends on more than its own draws, the time of day and the group.
        var isAdjusted: Bool { given.handlingPace != nil || given.interpreter != nil || hasSetUp }
        package var isDeferred: Bool { given.channel.kind == .deferred }
        /// Whether a contact may be taken from its agent before it is through.
        var isInterruptible: Bool { isDeferred && given.channel.isInterruptible }
        /// Whether it goes back to its list when its agent goes to lunch or home.
        var isPutAside: Bool { isDeferred && !given.channel.isCall }
    }

    /// `hours` are those before a day is taken up.
    static func types(_ scenario: Scenario, hours: HoursBefore?) -> [TypePlan] {
        let setUp = Set(
            scenario.contactTypes.indices.filter { scenario.contactTypes[$0].setUp > 0 }
                + scenario.agentGroups.flatMap(\.skills).filter { $0.setUp > 0 }.map(\.contactType))
        let handedOver = Set(
            scenario.contactTypes.flatMap(\.followOns).filter { $0.handOver != nil }.map(\.contactType))
        let ofClosed = Set(
            scenario.contactTypes.compactMap { type -> Int? in
                switch type.whenClosed {
                case .turnedAway: nil
                case .message(let other), .callbackNextOpen(let other): other
                }
            })
        var types: [TypePlan] = []
        var subject = 0
        var firstClass = 0
        for (t, type) in scenario.contactTypes.enumerated() {
            types.append(
                TypePlan(
                    t, of: scenario, subject: subject, firstClass: firstClass, isHandedOver: handedOver.contains(t),
                    hasSetUp: setUp.contains(t), isOfClosed: ofClosed.contains(t)))
            firstClass += max(1, type.languages.count)
            // A type without arrivals takes no number: adding or removing one leaves all other draws alone.
            if hours?.arrives[t] ?? type.arrivals.contains(where: { $0.contacts > 0 }) { subject += 1 }
        }
        return types
    }

    fileprivate static func given(_ type: ContactType, _ t: Int, in scenario: Scenario) -> ContactType {
        var given = type
        for i in given.escalations.indices {
            given.escalations[i].groups.removeAll { !scenario.agentGroups[$0].isLicensed(for: type) }
        }
        given.tries = type.tries ?? promised(type, scenario)
        if type.channel.kind != .deferred { given.callable = nil }
        if type.channel.loading == .automatic {
            given.channel.loading = sharesWithCalls(t, scenario) ? .mostLoaded : .leastLoaded
        }
        return given
    }

    /// Of calls that were promised: how often is tried.
    private static func promised(_ type: ContactType, _ scenario: Scenario) -> Tries? {
        guard let origin = type.origin, origin.cause == .callback,
            let callback = scenario.contactTypes[origin.contactType].callback
        else { return nil }
        return Tries(
            attempts: callback.attempts, noAnswer: callback.noAnswer, retryAfter: callback.retryAfter,
            ringing: callback.ringing)
    }

    /// Whether somebody who serves the type must keep others free for calls.
    private static func sharesWithCalls(_ t: Int, _ scenario: Scenario) -> Bool {
        scenario.agentGroups.contains { group in
            group.skills.contains { $0.contactType == t }
                && group.skills.contains {
                    let channel = scenario.contactTypes[$0.contactType].channel
                    return channel.kind == .live && channel.atOnce == 1
                }
        }
    }
}
