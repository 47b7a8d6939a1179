import Center
import ScenarioText
import Tabular

/// Settings about something that the rest of the scenario rules out: they would be accepted and change nothing.
extension ScenarioReader {
    /// Of one contact type, once all of it has been read.
    func warnOfNoEffect(_ block: Block, _ draft: ContactTypeDraft) {
        warnOfShape(block, draft)
        warnOfRedial(block, draft)
        warnOfPromises(block, draft)
        if let inner = block.entry("callback"), draft.callback?.noAnswer == 0 {
            for name in ["retry_after", "ringing"] {
                warn(inner, name, "somebody answers every try", "add no_answer, or leave it out")
            }
        }
        if let inner = block.entry("callback"), let callback = draft.callback, callback.within == nil,
            draft.whenClosed.word != .callbackNextOpen
        {
            warn(inner, "before_everything", "no call is promised", "add call_within, or leave it out")
        }
        if let inner = block.entry("follow_up"), draft.followUp?.touches == 1 {
            warn(inner, "wait", "the work is taken up once", "add touches, such as 3, or leave it out")
        }
        guard let inner = block.entry("reach"), draft.channel.kind == .deferred else { return }
        if block.isOwn("reach"), draft.tries == nil, Units.share(inner.value["share"]?.text ?? "").value == 1 {
            for name in ["attempts", "retry_after", "takes"] {
                warn(inner, name, "every try reaches somebody", "lower share, or leave it out")
            }
        } else if draft.tries?.attempts == 1 {
            warn(inner, "retry_after", "it is tried once", "add attempts, such as 3, or leave it out")
        }
    }

    /// Warns at a part of a block that is given.
    private func warn(_ outer: Node.Entry, _ name: String, _ why: String, _ hint: String) {
        guard let part = outer.value.entries?.first(where: { $0.name == name }) else { return }
        log.warn(ProblemCode.noEffect, "\(name) changes nothing: \(why)", at: part.key.place, hint: hint)
    }

    private func warnOfShape(_ block: Block, _ draft: ContactTypeDraft) {
        guard block.isOwn("day_shape"), let entry = block.entry("day_shape"),
            entry.value.text != DayShape.flat.rawValue
        else { return }
        let why: String
        switch draft.volume {
        case .daily, .none: return
        case .table(let table, _): why = "\(table.name) says how many come in each interval"
        case .rate: why = "a rate is the same all day"
        }
        log.warn(
            ProblemCode.noEffect, "day_shape changes nothing: \(why)", at: entry.key.place,
            hint: "leave it out, or give a day's total such as {Mon: 320, Tue-Fri: 260}")
    }

    private func warnOfRedial(_ block: Block, _ draft: ContactTypeDraft) {
        guard draft.redial != nil, block.isOwn("redial"), let entry = block.entry("redial") else { return }
        let isLimited = draft.blockedAt != nil || draft.channel.lines != nil
        if draft.patience == nil, draft.balking == nil, !isLimited {
            log.warn(
                ProblemCode.noEffect, "redial changes nothing: nobody hangs up (patience: none)", at: entry.key.place,
                hint: "give a patience, or leave redial out")
        } else if !isLimited {
            for name in ["when_blocked", "after_blocked"] {
                warn(
                    entry, name, "nobody finds the lines taken",
                    "add \"lines\" to the channel or \"blocked_at\" to the contact type, or leave it out")
            }
        }
    }

    /// Promises that nothing can break.
    private func warnOfPromises(_ block: Block, _ draft: ContactTypeDraft) {
        if draft.target?.share == 0, let entry = block.entry("target") {
            log.warn(
                ProblemCode.alwaysMet, "a target of 0% is met whatever happens",
                at: (entry.value["share"] ?? entry.value).place, hint: "write \"target: none\" if nothing is promised")
        }
        guard let most = draft.maxAbandonment, let entry = block.entry("max_abandonment") else { return }
        if most == 1 {
            log.warn(
                ProblemCode.alwaysMet, "a max_abandonment of 100% is kept whatever happens", at: entry.value.place,
                hint: "write \"max_abandonment: none\" if nothing is promised")
        } else if draft.patience == nil, draft.balking == nil, block.isOwn("max_abandonment") {
            log.warn(
                ProblemCode.alwaysMet, "max_abandonment is kept whatever happens: nobody hangs up (patience: none)",
                at: entry.key.place, hint: "give a patience, or leave it out")
        }
    }

    /// More people than are ever reached cannot be promised to be answered, where everybody counts whom we wanted to
    /// reach.
    func checkReach(_ draft: ContactTypeDraft, _ type: ContactType) {
        guard let tries = draft.tries, let target = type.target, let node = draft.nodes["target's share"],
            target.rule != .ofAnswered
        else { return }
        guard target.share > tries.reached + 1e-9 else { return }
        let most = Units.formatShare((tries.reached * 1e4 + 1e-6).rounded(.down) / 1e4)
        log.error(
            ProblemCode.promise,
            "\(Units.formatShare(target.share)) are to be reached in time, and \(tries.attempts) "
                + "\(tries.attempts == 1 ? "try reaches" : "tries reach") \(most)",
            at: node.place, expected: "a target of \(most) or less",
            hint: "add attempts, or promise less: whom no try reaches counts as not reached in time")
    }

    // MARK: While closed

    /// What callers find outside opening hours matters only if some come then.
    func warnOfClosedWaits(_ draft: ContactTypeDraft, _ type: ContactType) {
        guard draft.channel.kind == .live, !type.arrivals.isEmpty else { return }
        let early = draft.queueOpens > 0
        let late = draft.whenClosed.word != .turnedAway
        guard early || late else { return }
        let before = type.open.map { TimeSpan($0.start - draft.queueOpens, $0.start) }
        let closed = contacts(of: type, outside: type.open)
        // Of those who come while it is closed, some come shortly before it opens.
        let soon =
            early ? closed - contacts(of: type, outside: TimeSpan.joined(before + type.open, within: .infinity)) : 0
        let (why, hint): (String, String)
        var comeOtherwise = false
        switch draft.volume {
        case .table(let table, _):
            (why, hint) = (
                "no row of \(table.name) for \(draft.id) lies then", "add rows for those hours, or leave it out"
            )
            comeOtherwise =
                draft.redial != nil || draft.again != nil
                || contactTypes.contains { other in
                    other.transfers.contains { $0.to == draft.id } || other.replies.contains { $0.to == draft.id }
                        || other.chase?.type == draft.id
                }
        default:
            (why, hint) = (
                "the arrivals of \(draft.id) all lie in its opening hours",
                "say which share comes outside, such as \"outside_hours: 5%\", or give a table"
            )
        }
        if early, soon < 0.01, let node = draft.nodes["queue_opens"] {
            log.warn(
                ProblemCode.noEffect, "no new contact meets queue_opens: \(why)", at: node.place, hint: hint)
        }
        if late, closed - soon < 0.01, !comeOtherwise, let node = draft.nodes["when_closed"] {
            log.warn(
                ProblemCode.noEffect, "no new contact meets when_closed: \(why)", at: node.place, hint: hint)
        }
    }

    /// Expected contacts that come outside of sorted, disjoint spans.
    func contacts(of type: ContactType, outside timeSpans: [TimeSpan]) -> Double {
        var outside = 0.0
        var next = 0
        for portion in type.arrivals where portion.timeSpan.length > 0 {
            while next < timeSpans.count, timeSpans[next].end <= portion.timeSpan.start { next += 1 }
            var inside = 0.0
            for timeSpan in timeSpans[next...] {
                guard timeSpan.start < portion.timeSpan.end else { break }
                inside += min(timeSpan.end, portion.timeSpan.end) - max(timeSpan.start, portion.timeSpan.start)
            }
            outside += portion.contacts * (1 - inside / portion.timeSpan.length)
        }
        return outside
    }

    // MARK: Nothing comes

    /// Contact types that get no contacts, and promises about types that others only ask for advice.
    func warnOfNoContacts(_ types: [ContactType]) {
        guard !log.hasErrors else { return }
        var sent: Set<Int> = []
        for type in types {
            for followOn in type.followOns where followOn.cause != .again { sent.insert(followOn.contactType) }
            if let chase = type.chase { sent.insert(chase.contactType) }
        }
        for (index, draft) in contactTypes.enumerated() where !sent.contains(index) {
            guard !types[index].arrivals.contains(where: { $0.contacts > 0 }) else { continue }
            let asking = contactTypes.filter { $0.consult?.type == draft.id || $0.misrouted?.type == draft.id }
            if !asking.isEmpty {
                guard draft.target != nil, let node = draft.nodes["target"] else { continue }
                log.warn(
                    ProblemCode.noContacts,
                    "the target of \(draft.id) is never measured: nobody contacts it, \(Spelling.list(asking.map(\.id), "and")) only "
                        + (asking.count == 1 ? "asks" : "ask") + " its people", at: node.place,
                    hint: "leave the target out; those who are asked have a row of their own")
                continue
            }
            let place = (draft.arrivals?.key ?? draft.key).place
            log.warn(
                ProblemCode.noContacts, "\(draft.id) gets no contacts in the period", at: place,
                hint: types[index].open.isEmpty
                    ? "it is never open then: see its hours, or leave the contact type out"
                    : "see its arrivals, or leave the contact type out")
        }
    }
}
