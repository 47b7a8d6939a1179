/// A contact type that a setting of another one brings about: work to be done, calls to be made, messages.
enum DerivedType: String, CaseIterable {
    case followUp = "follow_up"
    case callback
    case voicemail
    case nextOpen = "next_open"

    /// What the label of its type ends with.
    var words: String {
        switch self {
        case .followUp: "follow-up"
        case .callback: "callbacks"
        case .voicemail: "voicemail"
        case .nextOpen: "callbacks at opening"
        }
    }

    var channel: String {
        switch self {
        case .followUp: Channel.desk.id
        case .callback, .nextOpen: Channel.callback.id
        case .voicemail: Channel.voicemail.id
        }
    }

    var cause: Offshoot.Cause {
        switch self {
        case .followUp: .followUp
        case .callback, .nextOpen: .callback
        case .voicemail: .message
        }
    }

    func id(of parent: String) -> String { parent + "_" + rawValue }

    /// The share of such contacts that must keep the promise.
    private static let share = 0.95
    /// The part of a promised time after which a call is made before everything else.
    private static let urgent = 2.0 / 3

    /// The type, when `parent` is all that it will be; its contacts wait in a list and never hang up.
    func make(
        _ draft: ContactTypeDraft, parent: ContactType, at index: Int, on channel: Channel, rule: ServiceLevelRule
    ) -> ContactType {
        func target(_ within: Double?, _ clock: ServiceTarget.Clock) -> ServiceTarget? {
            within.map { ServiceTarget(share: Self.share, within: $0, rule: rule, clock: clock) }
        }
        var type = ContactType(
            id: id(of: parent.id), label: "\(parent.label): \(words)", channel: channel, priority: parent.priority,
            open: parent.open, arrivals: [], talk: parent.talk, origin: ContactType.Origin(cause, of: index),
            shortAbandon: parent.shortAbandon)
        if case .followUp = self {
            type.talk = draft.followUp?.work ?? parent.talk
            type.target = target(draft.followUp?.due, .openHours)
            return type
        }
        type.languages = parent.languages
        type.hold = parent.hold
        type.wrapUp = parent.wrapUp
        type.offshoots = parent.offshoots
        switch self {
        case .callback:
            type.target = target(draft.callback?.within, .allHours)
            if let within = draft.callback?.within {
                type.escalations = [Escalation(after: Self.urgent * within, priority: 0)]
            }
        case .voicemail: type.target = target(draft.whenClosed.within, .openHours)
        case .nextOpen:
            type.target = target(draft.whenClosed.within, .allHours)
            type.escalations = [Escalation(after: Self.urgent * draft.whenClosed.within, priority: 0)]
        case .followUp: break
        }
        return type
    }
}

extension ContactTypeDraft {
    /// In the order in which they stand after all declared types.
    var derived: [DerivedType] {
        var roles: [DerivedType] = []
        if followUp != nil { roles.append(.followUp) }
        if callback != nil { roles.append(.callback) }
        switch whenClosed.word {
        case .turnedAway: break
        case .voicemail: roles.append(.voicemail)
        case .callbackNextOpen: roles.append(.nextOpen)
        }
        return roles
    }

    func promises(_ role: DerivedType) -> Bool {
        switch role {
        case .followUp: followUp?.due != nil
        case .callback: callback?.within != nil
        case .voicemail, .nextOpen: true
        }
    }
}

extension ScenarioReader {
    /// Derived types of all drafts, with the draft they come from by index.
    var derivedTypes: [(parent: Int, role: DerivedType)] {
        contactTypes.enumerated().flatMap { index, draft in draft.derived.map { (index, $0) } }
    }

    /// Names of contact types as results have them.
    var reportedNames: [String] {
        allTypeNames + derivedTypes.map { $0.role.id(of: contactTypes[$0.parent].id) }
    }

    /// A declared type must not bear the name of one that comes into being.
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

    /// Declared types know what they bring about, and derived ones follow them.
    func derive(_ types: [ContactType], rule: ServiceLevelRule) -> [ContactType] {
        var types = types
        let position = Dictionary(types.enumerated().map { ($1.id, $0) }, uniquingKeysWith: min)
        var next = types.count
        var roles: [(parent: Int, role: DerivedType)] = []
        for (index, draft) in contactTypes.enumerated() {
            types[index].offshoots += draft.transfers.compactMap { transfer in
                position[transfer.to].map { Offshoot(.transfer, share: transfer.share, contactType: $0) }
            }
            if let again = draft.again {
                types[index].offshoots.append(
                    Offshoot(.again, share: again.share, contactType: index, delay: again.delay))
            }
            for role in draft.derived {
                bring(role, about: next, by: draft, in: &types[index])
                roles.append((index, role))
                next += 1
            }
        }
        for (parent, role) in roles {
            types.append(
                role.make(
                    contactTypes[parent], parent: types[parent], at: parent, on: channel(role.channel, at: nil),
                    rule: rule))
        }
        return types
    }

    private func bring(_ role: DerivedType, about child: Int, by draft: ContactTypeDraft, in type: inout ContactType) {
        switch role {
        case .followUp:
            type.offshoots.append(Offshoot(.followUp, share: draft.followUp?.share ?? 0, contactType: child))
        case .callback:
            guard let callback = draft.callback else { return }
            type.callback = Callback(
                offerAfter: callback.offerAfter, accepted: callback.accepted, contactType: child,
                attempts: callback.attempts, noAnswer: callback.noAnswer, retryAfter: callback.retryAfter)
        case .voicemail: type.whenClosed = .message(contactType: child)
        case .nextOpen: type.whenClosed = .callbackNextOpen(contactType: child)
        }
    }
}
