extension Replication {
    /// What the loop asks of a contact type.
    struct TypeState {
        let subject: Int
        let firstClass: Int
        let classCount: Int
        let hasPatience: Bool
        /// Whether the end of patience must be an event at its time, because something follows from it or because the
        /// exact number of those who wait decides; and whether it is one now.
        let mustWatchPatience: Bool
        var watchesPatience = true
        /// Whether there is other work than talk.
        let hasOtherWork: Bool
        /// Whether answering is more than to talk and to look for the next; whether somebody who is not idle may take a
        /// contact, or somebody who is may not; whether there is more to waiting than patience.
        let isTakenSpecially: Bool
        let looksFurther: Bool
        let waitsSpecially: Bool
        /// Nothing of this.
        let isPlain: Bool
        /// Deferred work, which is taken at any hour; calls that we make at certain hours alone.
        let isDeferred: Bool
        let keepsHours: Bool
        let blockedAt: Int
        let isSeveral: Bool
        /// Whether what a contact brings about is decided only when it ends, because it can be taken from its agent.
        let endsMatter: Bool
        /// Whether how long a contact takes is worked out when it is taken; whether its agent decides when the talk ends
        /// how to go on; whether some leave who would have to wait, or wait outside the hours of calling.
        let isAdjusted: Bool
        let decidesAfterTalk: Bool
        let joinsQueueSpecially: Bool
        let channel: Int
        let shortAbandon: Double
        /// The first opening span that has not ended: its number, start and end; infinite when there is none.
        var timeSpan = 0
        var openFrom = Double.infinity
        var openUntil = Double.infinity
    }
}

extension Replication.TypeState {
    /// `watchingPatience` makes every end of patience an event at its time.
    init(_ type: Blueprint.TypePlan, _ plan: Blueprint, watchingPatience: Bool) {
        subject = type.subject
        firstClass = type.firstClass
        classCount = type.classCount
        hasPatience = type.given.patience != nil
        let hasLines = type.given.channel.lines != nil
        waitsSpecially =
            type.given.callback != nil || !type.given.escalations.isEmpty || type.given.interpreter != nil
            || type.given.balking != nil
            || type.given.chase != nil
        mustWatchPatience =
            watchingPatience || type.given.patience == nil || type.given.redial != nil || plan.waitingLimit < Int.max
            || plan.handsBack || plan.routing.pickContact.policy.order == .lots || hasLines || type.blockedAt < Int.max
            || waitsSpecially || plan.flows.isMixed || type.isHandedOver || type.given.deferredWrapUp != nil
            || type.given.handlingPace != nil
        hasOtherWork = type.given.hold != nil || type.given.wrapUp != nil || type.given.interpreter != nil
        isDeferred = type.isDeferred
        keepsHours = type.given.callable != nil
        isSeveral = type.given.channel.atOnce > 1
        endsMatter = type.isInterruptible || type.isPutAside || plan.handsBack && !type.given.followOns.isEmpty
        isTakenSpecially =
            plan.handsBack || isDeferred || isSeveral || !type.given.followOns.isEmpty || type.cause != nil
            || type.clock != nil || keepsHours || hasLines || waitsSpecially || type.isAdjusted
            || type.given.tries != nil
            || type.decidesAfterTalk || type.isHandedOver || plan.flows.isMixed
        looksFurther = isSeveral || type.given.idleReserve > 0 || plan.flows.hasInterruptible && !isDeferred
        isPlain =
            !(isTakenSpecially || looksFurther || waitsSpecially || isDeferred || hasLines)
            && type.given.whenClosed == .turnedAway
        blockedAt = type.blockedAt
        isAdjusted = type.isAdjusted
        decidesAfterTalk = type.decidesAfterTalk
        joinsQueueSpecially = type.given.balking != nil || type.given.callable != nil
        channel = plan.channels.firstIndex { $0.id == type.given.channel.id } ?? 0
        shortAbandon = type.given.shortAbandon
    }
}
