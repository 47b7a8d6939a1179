extension Replication.TypeState {
    /// `watchingPatience` makes every end of patience an event at its time.
    init(_ type: Blueprint.TypePlan, _ plan: Blueprint, watchingPatience: Bool) {
        subject = type.subject
        firstClass = type.firstClass
        classCount = type.classCount
        hasPatience = type.patience != nil
        let hasLines = type.channel.lines != nil
        waitsSpecially =
            type.callback != nil || !type.escalations.isEmpty || type.interpreter != nil || type.balking != nil
            || type.chase != nil
        mustWatchPatience =
            watchingPatience || type.patience == nil || type.redial != nil || plan.waitingLimit < Int.max
            || plan.handsBack || plan.routing.pickContact.policy.order == .lots || hasLines || type.blockedAt < Int.max
            || waitsSpecially || plan.flows.isMixed || type.isHandedOver || type.deferredWrapUp != nil
            || type.handlingPace != nil
        hasOtherWork = type.hold != nil || type.wrapUp != nil || type.interpreter != nil
        isDeferred = type.isDeferred
        keepsHours = type.callable != nil
        isSeveral = type.channel.atOnce > 1
        endsMatter = type.isInterruptible || type.isPutAside || plan.handsBack && !type.offshoots.isEmpty
        isTakenSpecially =
            plan.handsBack || isDeferred || isSeveral || !type.offshoots.isEmpty || type.cause != nil
            || type.clock != nil || keepsHours || hasLines || waitsSpecially || type.isAdjusted || type.tries != nil
            || type.decidesAfterTalk || type.isHandedOver || plan.flows.isMixed
        looksFurther = isSeveral || type.idleReserve > 0 || plan.flows.hasInterruptible && !isDeferred
        isPlain =
            !(isTakenSpecially || looksFurther || waitsSpecially || isDeferred || hasLines)
            && type.whenClosed == .turnedAway
        blockedAt = type.blockedAt
        isAdjusted = type.isAdjusted
        decidesAfterTalk = type.decidesAfterTalk
        joinsSpecially = type.balking != nil || type.callable != nil
        channel = plan.channels.firstIndex { $0.id == type.channel.id } ?? 0
        shortAbandon = type.shortAbandon
    }
}
