import Center

/// The hours before a day is taken up, played up to that moment.
///
/// They have the draws of the replication that goes on with them, at the same addresses, so that one day's factor holds
/// for all of it and callers stay who they are; its contacts have numbers of their own.
final class PlayBefore {
    private var play: Replication

    init(_ plan: Blueprint, seed: UInt64) {
        play = Replication(plan, seed: seed)
        let last = plan.periodStarts.count - 1
        play.keepsOn = { period in period < last }
    }

    /// Identifies a person by the same number in both plans; nil for nobody.
    func who(_ person: Int32) -> [Int]? {
        guard person >= 0, let agent = play.choices.agents[Int(person)].first else { return nil }
        return RoutingChoices.who(play.plan.agents[agent])
    }

    /// What is still to come when replication `number` has been played: contacts that are planned and not offered yet,
    /// in the order of their times.
    func toCome(_ number: Int) -> [(time: Double, contact: Floor.Contact)] {
        play.play(number)
        return play.clock.planned(.comeBack).map {
            (time: $0.time, contact: play.floor.contacts[Int($0.subject)])
        }
    }
}

extension Replication {
    /// Numbers of contacts of the hours before: after all that arrive, and before those that the file says are here.
    static var firstNumberBefore: UInt64 { 1 << 38 }

    /// Plans what comes of contacts that were over before the day was taken up.
    mutating func expectMore(of before: PlayBefore, _ day: RunningDay) {
        guard let at = day.before?.at else { return }
        for (time, contact) in before.toCome(Int(address.replication)) {
            guard time < at + plan.length, isOver(contact, at: at), !isTold(contact, day) else { continue }
            let (slot, place) = floor.openSlot()
            let generation = place.pointee.generation
            place.pointee = contact
            place.pointee.generation = generation
            place.pointee.offeredAt = 0
            place.pointee.waitsSince -= at
            place.pointee.ledgerRow = contact.queue
            // Promised in the hours before, so their figures count there.
            place.pointee.parentRow = -1
            for person in [\Floor.Contact.servedBy, \.servedBefore, \.wanted] {
                place.pointee[keyPath: person] =
                    before.who(contact[keyPath: person]).flatMap { choices.known[$0] } ?? -1
            }
            // The next try to reach somebody was offered before, and counts from now on, as those who wait do.
            if isNextTry(contact) { ledger.row(Int(place.pointee.ledgerRow)).add(.offered, 1) }
            clock.schedule(.comeBack, at: time - at, subject: slot)
        }
    }

    /// Whether the contact that brings another about was over: for those still in hand the file says who they are.
    private func isOver(_ contact: Floor.Contact, at moment: Double) -> Bool {
        contact.attempt > 0 || contact.cause != .transfer && contact.offeredAt <= moment
    }

    /// Whether the file tells of the contact already: calls to be made wait between two tries and overnight, and
    /// whoever asks about deferred work asks about work that the file has.
    private mutating func isTold(_ contact: Floor.Contact, _ day: RunningDay) -> Bool {
        let t = Int(typeOfQueue[Int(contact.queue)])
        guard contact.attempt == 0 else { return isNextTry(contact) && !day.waiting[t].isEmpty }
        switch contact.cause {
        case .callback: return !day.waiting[t].isEmpty
        case .chaser:
            return plan.types.indices.contains {
                plan.types[$0].given.chase?.contactType == t && !day.waiting[$0].isEmpty
            }
        default: return false
        }
    }

    private mutating func isNextTry(_ contact: Floor.Contact) -> Bool {
        let t = Int(typeOfQueue[Int(contact.queue)])
        return contact.attempt > 0 && types[t].isDeferred && plan.types[t].given.tries != nil
    }
}
