/// What agents have in hand beyond one contact at a time, and lines in use.
struct Hands {
    /// The most that an agent has at the same time, over all channels.
    let most: Int
    /// `[agent][most]`: slots of contacts that are handled several at once, in the order in which they began.
    let slots: Dense<Int32>
    /// By agent: up to when the work on them has been counted.
    let settledAt: Dense<Double>
    /// Who can take one more, or leave work for it.
    let free: FreeHands
    /// By agent: since when they wait for a colleague, whether it is to ask, and how long their contact was on hold by it.
    let askedAt: Dense<Double>
    let isConsulting: Dense<Bool>
    let heldExtra: Dense<Double>
    /// By agent, where contacts can be taken from them: from when on only after-contact work is left, which nobody else
    /// can go on with; and until when somebody is on the line with them.
    let wrapsUpFrom: Dense<Double>
    let boundUntil: Dense<Double>
    /// The same: the slot that waits for the line of the contact in hand to get free, and its generation; −1 for none.
    let lineSlot: Dense<Int32>
    let lineGeneration: Dense<UInt32>
    /// By queue: whether its contacts keep somebody from taking one more of several who wait for less.
    let keepsAway: Dense<Bool>
    /// By channel: lines in use, and how many there are.
    let lines: Dense<Int>
    let lineLimits: Dense<Int>

    init(_ plan: Blueprint, in memory: Memory) {
        most = plan.types.map(\.given.channel.atOnce).max() ?? 1
        slots = Dense(repeating: -1, count: most > 1 ? plan.agents.count * most : 0, in: memory)
        settledAt = Dense(repeating: 0, count: most > 1 ? plan.agents.count : 0, in: memory)
        free = FreeHands(plan, in: memory)
        let asking = plan.flows.decidesAfterTalk ? plan.agents.count : 0
        askedAt = Dense(repeating: 0, count: asking, in: memory)
        isConsulting = Dense(repeating: false, count: asking, in: memory)
        heldExtra = Dense(repeating: 0, count: asking, in: memory)
        let kept = plan.flows.keepsInHand ? plan.agents.count : 0
        wrapsUpFrom = Dense(repeating: 0, count: kept, in: memory)
        boundUntil = Dense(repeating: 0, count: kept, in: memory)
        lineSlot = Dense(repeating: -1, count: kept, in: memory)
        lineGeneration = Dense(repeating: 0, count: kept, in: memory)
        keepsAway = Dense(repeating: false, count: plan.queues.count, in: memory)
        lines = Dense(repeating: 0, count: plan.channels.count, in: memory)
        lineLimits = Dense(plan.channels.map { $0.lines ?? Int.max }, in: memory)
    }

    func clear() {
        free.clear()
        wrapsUpFrom.fill(0)
        boundUntil.fill(0)
        lineSlot.fill(-1)
        keepsAway.fill(false)
        lines.fill(0)
    }

    /// An agent's contacts.
    @inline(__always)
    func of(_ a: Int) -> UnsafeMutablePointer<Int32> { slots.base + a * most }
}

/// Which rarer features a scenario uses, so that others do not pay for them.
package struct Flows: Sendable {
    /// Contacts bring about others, are deferred or wait in other queues, or are handled several at once.
    let isAny: Bool
    /// The end of a handling means more than that the agent is free, and must be noticed when it comes.
    let endsMatter: Bool
    /// Contacts can be taken from their agents.
    let keepsInHand: Bool
    let hasInterruptible: Bool
    /// Deferred work is put aside when its agent goes to lunch or home.
    let putsAside: Bool
    /// Agents must be left idle when somebody takes certain contacts.
    let keepsIdle: Bool
    /// Agents decide when the talk ends how to go on.
    let decidesAfterTalk: Bool
    /// Some contacts are handled several at once, and others are not.
    package let isMixed: Bool

    init(_ types: [Blueprint.TypePlan], handsBack: Bool) {
        hasInterruptible = types.contains(where: \.isInterruptible)
        putsAside = types.contains(where: \.isPutAside)
        keepsIdle = types.contains { $0.given.idleReserve > 0 }
        decidesAfterTalk = types.contains(where: \.decidesAfterTalk)
        isMixed = types.contains { $0.given.channel.atOnce > 1 } && Set(types.map(\.given.channel.id)).count > 1
        keepsInHand = handsBack || hasInterruptible || putsAside || decidesAfterTalk
        endsMatter =
            hasInterruptible || putsAside || keepsIdle || decidesAfterTalk
            || types.contains { $0.given.channel.atOnce > 1 }
            || handsBack && types.contains { !$0.given.followOns.isEmpty }
        isAny =
            handsBack || endsMatter
            || types.contains { type in
                type.isDeferred || !type.given.followOns.isEmpty || type.given.callback != nil
                    || type.given.whenClosed != .turnedAway
                    || !type.given.escalations.isEmpty || type.cause != nil || type.clock != nil
                    || type.given.channel.lines != nil
                    || type.isAdjusted || type.given.balking != nil || type.given.tries != nil
                    || type.given.chase != nil
                    || type.given.interpreter != nil
            }
    }
}
