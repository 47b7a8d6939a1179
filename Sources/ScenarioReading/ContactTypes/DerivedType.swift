import Center
import Tabular

/// A contact type that a setting of another one brings about: work to be done, calls to be made, messages.
enum DerivedType: String, CaseIterable {
    case followUp = "follow_up"
    case callback
    case voicemail
    case nextOpen = "next_open"
    case consult
    case misrouted
    case documentation
    case written

    /// What the label of its type ends with.
    var words: String {
        switch self {
        case .followUp: "follow-up"
        case .callback: "callbacks"
        case .voicemail: "voicemail"
        case .nextOpen: "callbacks at opening"
        case .consult: "consults"
        case .misrouted: "misrouted"
        case .documentation: "after-contact work put off"
        case .written: "in writing"
        }
    }

    /// Its name, nil where it is that of the type that brings it about.
    var channel: String? {
        switch self {
        case .followUp, .documentation: Channel.desk.id
        case .callback, .nextOpen: Channel.callback.id
        case .voicemail: Channel.voicemail.id
        case .consult: Channel.consult.id
        case .misrouted, .written: nil
        }
    }

    /// Why such contacts are; nil where they arrive by themselves.
    var cause: FollowOn.Cause? {
        switch self {
        case .followUp: .followUp
        case .callback, .nextOpen: .callback
        case .voicemail: .message
        case .consult: .consult
        case .documentation: .documentation
        case .written: .transfer
        case .misrouted: nil
        }
    }

    /// Whether its contacts speak the languages of those that bring them about.
    var keepsLanguages: Bool {
        switch self {
        case .callback, .voicemail, .nextOpen, .misrouted, .written: true
        case .followUp, .consult, .documentation: false
        }
    }

    /// The share of such contacts that must keep the promise; of calls, of those who are reached at last.
    private static let share = 0.95
    /// The part of a promised time after which a call goes first among those of its priority, each call at a moment of its
    /// own; and the part after which it goes before everything, where the file says so.
    private static let urgent = (from: 1.0 / 3, to: 2.0 / 3)

    /// What becomes of a promised call as its time runs out.
    private static func escalation(_ within: Double, _ draft: ContactTypeDraft) -> Escalation {
        draft.callback?.isBeforeEverything == true
            ? Escalation(after: urgent.to * within, priority: 0)
            : Escalation(firstFrom: urgent.from * within, to: urgent.to * within)
    }

    /// One of the types that a setting brings about; messages of a case are numbered from 1.
    struct Role: Hashable {
        var kind: DerivedType
        var number = 1

        func id(of parent: String) -> String { parent + "_" + kind.rawValue + (number > 1 ? "_\(number)" : "") }
        var words: String { kind.words + (number > 1 ? ", touch \(number)" : "") }

        /// The contact type whose people serve it; nil where it is the one that brings it about.
        func servers(_ draft: ContactTypeDraft) -> String? {
            switch kind {
            case .consult: draft.consult?.type
            case .misrouted: draft.misrouted?.type
            default: nil
            }
        }
    }

    /// The type, when `parent` is all that it will be.
    static func make(
        _ role: Role, _ draft: ContactTypeDraft, parent: ContactType, at index: Int, on channel: Channel,
        rule: ServiceLevelRule, length: Double
    ) -> ContactType {
        func target(_ within: Double?, _ clock: ServiceTarget.Clock) -> ServiceTarget? {
            within.map { ServiceTarget(share: share, within: $0, rule: rule, clock: clock) }
        }
        var type = ContactType(
            id: role.id(of: parent.id), label: "\(parent.label): \(role.words)", channel: channel,
            priority: parent.priority, open: parent.open, arrivals: [], talk: parent.talk,
            origin: role.kind.cause.map { ContactType.Origin($0, of: index) }, shortAbandon: parent.shortAbandon)
        type.licence = parent.licence
        switch role.kind {
        case .followUp:
            type.talk = draft.followUp?.work ?? parent.talk
            type.target = target(draft.followUp?.due, .openHours)
            if let due = draft.followUp?.due, let chase = draft.followUp?.chase, chase > 0 {
                type.chase = Chase(share: chase, after: due, contactType: index)
            }
            return type
        case .documentation:
            type.talk = parent.wrapUp ?? parent.talk
            type.target = target(draft.wrapUpLater?.due, .openHours)
            return type
        case .consult:
            type.talk = draft.consult?.takes ?? parent.talk
            // A contact may last beyond closing time, and so may a question to a colleague.
            type.open = [TimeSpan(0, length)]
            type.licence = nil
            return type
        case .misrouted:
            type.talk = draft.misrouted?.takes ?? parent.talk
            type.licence = nil
            type.patience = parent.patience
            type.redial = parent.redial
            type.languages = parent.languages
            type.dayToDay = parent.dayToDay
            type.variesWith = index
            type.setUp = parent.setUp
            type.target = parent.target
            type.languageTargets = parent.languageTargets
            type.followOns = [FollowOn(.transfer, share: 1, contactType: index)]
            let share = draft.misrouted?.share ?? 0
            type.arrivals = parent.arrivals.map { portion in
                var portion = portion
                portion.contacts *= share
                return portion
            }
            return type
        case .written:
            type.priority = draft.written?.priority ?? parent.priority
            type.origin = ContactType.Origin(.transfer, of: draft.written?.from ?? index)
            type.target = draft.written?.target.map {
                ServiceTarget(share: $0.share, within: $0.within, rule: $0.rule ?? rule, clock: $0.clock)
            }
        case .callback, .voicemail, .nextOpen: break
        }
        type.languages = parent.languages
        type.hold = parent.hold
        type.wrapUp = parent.wrapUp
        type.followOns = parent.followOns
        type.interpreter = parent.interpreter
        type.deferredWrapUp = parent.deferredWrapUp
        if role.kind != .voicemail, role.kind != .written, let callback = parent.callback {
            type.tries = Tries(
                attempts: callback.attempts, noAnswer: callback.noAnswer, retryAfter: callback.retryAfter,
                ringing: callback.ringing)
        }
        switch role.kind {
        case .callback:
            type.target = target(draft.callback?.within, .allHours)
            if let within = draft.callback?.within {
                type.escalations = [escalation(within, draft)]
                if let chase = draft.callback?.chase, chase > 0 {
                    type.chase = Chase(share: chase, after: within, contactType: index)
                }
            }
        case .voicemail: type.target = target(draft.whenClosed.within, .openHours)
        case .written: break
        default:
            type.target = target(draft.whenClosed.within, .allHours)
            type.escalations = [escalation(draft.whenClosed.within, draft)]
        }
        // Somebody whom no try reaches is not reached in time, however many people make calls.
        if let reached = type.tries?.reached, let target = type.target {
            type.target?.share = (target.share * reached * 1e4).rounded() / 1e4
        }
        return type
    }
}

extension ContactTypeDraft {
    /// In the order in which they follow the declared types.
    var derived: [DerivedType.Role] {
        var roles: [DerivedType.Role] = []
        if let followUp { roles += (1...followUp.touches).map { DerivedType.Role(kind: .followUp, number: $0) } }
        func add(_ kind: DerivedType) { roles.append(DerivedType.Role(kind: kind)) }
        if callback != nil { add(.callback) }
        switch whenClosed.word {
        case .turnedAway: break
        case .voicemail: add(.voicemail)
        case .callbackNextOpen: add(.nextOpen)
        }
        if consult != nil { add(.consult) }
        if misrouted != nil { add(.misrouted) }
        if wrapUpLater != nil { add(.documentation) }
        if written != nil { add(.written) }
        return roles
    }

    func promises(_ role: DerivedType) -> Bool {
        switch role {
        case .followUp: followUp?.due != nil
        case .callback: callback?.within != nil
        case .voicemail, .nextOpen: true
        case .documentation: wrapUpLater?.due != nil
        case .consult: false
        case .misrouted: target != nil
        case .written: written?.target != nil
        }
    }
}

extension ScenarioReader {
    /// Derived types of all drafts, with the draft they come from by index.
    var derivedTypes: [(parent: Int, role: DerivedType.Role)] {
        contactTypes.enumerated().flatMap { index, draft in draft.derived.map { (index, $0) } }
    }

    /// Names of contact types as results have them.
    var reportedNames: [String] {
        allTypeNames + derivedTypes.map { $0.role.id(of: contactTypes[$0.parent].id) }
    }

    /// Live types to which written contacts are handed on have a type of their own for these.
    func noteWritten() {
        for (from, draft) in contactTypes.enumerated() where draft.channel.isWritten {
            for transfer in draft.transfers {
                guard let to = draftPlaces[transfer.to], contactTypes[to].channel.kind == .live else { continue }
                if transfer.handOver != nil {
                    log.error(
                        ProblemCode.conflict, "\(draft.id) is written, so that nobody is handed over in person",
                        at: draft.nodes["transfers"]?.place, hint: "leave out \"hand_over\"")
                }
                let written = ContactTypeDraft.WrittenDraft(
                    from: from, channel: draft.channel, priority: draft.priority, target: draft.target,
                    hours: draft.hours)
                contactTypes[to].written = contactTypes[to].written?.stricter(written) ?? written
            }
        }
        // Contacts that were handed on in writing are handed on further in writing.
        var isMore = true
        while isMore {
            isMore = false
            for draft in contactTypes where draft.written != nil && draft.channel.kind == .live {
                for transfer in draft.transfers {
                    guard let to = draftPlaces[transfer.to], contactTypes[to].channel.kind == .live,
                        let written = draft.written
                    else { continue }
                    let known = contactTypes[to].written
                    let both = known?.stricter(written) ?? written
                    guard known?.priority != both.priority || known?.target?.within != both.target?.within else {
                        continue
                    }
                    contactTypes[to].written = both
                    isMore = true
                }
            }
        }
    }

    /// A declared type must not have the name of a derived one.
    func checkDerivedNames() {
        for (parent, role) in derivedTypes {
            let owner = contactTypes[parent].id
            guard let taken = contactTypes.first(where: { $0.id == role.id(of: owner) }) else { continue }
            log.error(
                ProblemCode.takenName, "\(taken.id) is what the \(role.words) of \(owner) are called",
                at: taken.key.place, expected: "another name",
                hint:
                    "\(owner) (line \(contactTypes[parent].key.line)) brings them about as a contact type of their own")
        }
    }

    /// Declared types refer to the types that they bring about; derived ones come after them.
    func derive(_ types: [ContactType], rule: ServiceLevelRule, length: Double) -> [ContactType] {
        var types = types
        let position = Dictionary(types.enumerated().map { ($1.id, $0) }, uniquingKeysWith: min)
        var next = types.count
        var roles: [(parent: Int, role: DerivedType.Role)] = []
        for (index, draft) in contactTypes.enumerated() {
            types[index].followOns += draft.transfers.compactMap { transfer in
                position[transfer.to].map {
                    FollowOn(.transfer, share: transfer.share, contactType: $0, handOver: transfer.handOver)
                }
            }
            if let again = draft.again {
                types[index].followOns.append(
                    FollowOn(.again, share: again.share, contactType: index, delay: again.delay))
            }
            types[index].followOns += draft.replies.compactMap { reply in
                position[reply.to].map { FollowOn(.reply, share: reply.share, contactType: $0, delay: reply.delay) }
            }
            types[index].chase = draft.chase.flatMap { chase in
                position[chase.type].map { Chase(share: chase.share, after: chase.after, contactType: $0) }
            }
            for role in draft.derived {
                bring(role, about: next, by: draft, in: &types[index])
                roles.append((index, role))
                next += 1
            }
        }
        for (place, (parent, role)) in roles.enumerated() {
            let draft = contactTypes[parent]
            let channel =
                role.kind == .written
                ? draft.written?.channel ?? draft.channel
                : role.kind.channel.map { self.channel($0, at: nil) } ?? draft.channel
            var type = DerivedType.make(
                role, draft, parent: types[parent], at: parent, on: channel, rule: rule, length: length)
            if role.kind == .consult, let asked = draft.consult.flatMap({ position[$0.type] }) {
                type.priority = min(type.priority, types[asked].priority)
            }
            if role.kind == .followUp, let followUp = draft.followUp, role.number < followUp.touches {
                type.followOns.append(
                    FollowOn(.followUp, share: 1, contactType: contactTypes.count + place + 1, delay: followUp.wait))
            }
            if role.kind == .written, let hours = draft.written?.hours { type.open = openTimeSpans(hours) }
            type.idleReserve = reserves[type.id] ?? 0
            if role.kind == .callback || role.kind == .nextOpen {
                // When people may be called: while we are open, and at a decent hour where somebody is still there.
                let hours = draft.callback?.between ?? ContactTypeDraft.CallbackDraft.standardHours
                var weekly = WeeklyHours()
                weekly.days = weekly.days.map { _ in [hours] }
                type.callable = TimeSpan.joined(type.open + openTimeSpans(weekly), within: length)
            }
            types.append(type)
        }
        // What is handed on in writing stays in writing.
        for (place, (parent, role)) in roles.enumerated() where role.kind == .written {
            for index in types.indices where types[index].channel.isWritten {
                for i in types[index].followOns.indices
                where types[index].followOns[i].cause == .transfer && types[index].followOns[i].contactType == parent {
                    types[index].followOns[i].contactType = contactTypes.count + place
                    types[index].followOns[i].handOver = nil
                }
            }
            // People who wrote come again in writing.
            for i in types[contactTypes.count + place].followOns.indices
            where types[contactTypes.count + place].followOns[i].cause == .again {
                types[contactTypes.count + place].followOns[i].contactType = contactTypes.count + place
            }
        }
        // Contacts that have landed elsewhere do not come here too.
        for (index, draft) in contactTypes.enumerated() {
            guard let share = draft.misrouted?.share else { continue }
            for portion in types[index].arrivals.indices { types[index].arrivals[portion].contacts *= 1 - share }
        }
        return types
    }

    private func bring(
        _ role: DerivedType.Role, about child: Int, by draft: ContactTypeDraft, in type: inout ContactType
    ) {
        switch role.kind {
        case .followUp where role.number > 1, .misrouted, .written: break
        case .consult:
            guard let consult = draft.consult else { return }
            type.followOns.append(
                FollowOn(
                    .consult, share: consult.share, contactType: child,
                    handOver: HandOver(together: consult.takes.mean, waitsAtMost: consult.waitsAtMost)))
        case .documentation:
            type.deferredWrapUp = DeferredWrapUp(whenWaiting: draft.wrapUpLater?.whenWaiting ?? 1, contactType: child)
        case .followUp:
            type.followOns.append(FollowOn(.followUp, share: draft.followUp?.share ?? 0, contactType: child))
        case .callback:
            guard let callback = draft.callback else { return }
            type.callback = Callback(
                offerAfter: callback.offerAfter, accepted: callback.accepted, contactType: child,
                attempts: callback.attempts, noAnswer: callback.noAnswer, retryAfter: callback.retryAfter,
                ringing: callback.ringing)
        case .voicemail: type.whenClosed = .message(contactType: child)
        case .nextOpen: type.whenClosed = .callbackNextOpen(contactType: child)
        }
    }
}
