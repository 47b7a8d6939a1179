import Probability
import Queueing

/// How new contacts come: in batches by type, with what they bring with them.
extension Replication {
    /// The type's next batch of arrivals and of what they bring with them.
    @inline(never)
    mutating func drawArrivals(type t: Int) {
        let count = arrivals.draw(type: t, address)
        draws.draw(type: t, from: arrivals.number(type: t), count: count, address)
        if let load { follow(load, type: t, count: count) }
    }

    /// Gives the arrivals just drawn to whoever works out the controls.
    mutating func follow(_ load: LoadPath, type t: Int, count: Int) {
        let part = load.part(type: t)
        let rest = load.rest(type: t)
        for i in 0..<count {
            let drawn =
                switch part {
                case .talk: draws.talk(type: t, at: i)
                case .hold: draws.hold(type: t, at: i)
                case .wrapUp: draws.wrapUp(type: t, at: i)
                }
            let c =
                types[t].classCount == 1
                ? types[t].firstClass : contactClass(type: t, draws.language(type: t, at: i))
            load.add(
                class: c, at: arrivals.time(type: t, at: i),
                lasting: (drawn + rest) * arrivals.handlingFactor(type: t, at: i))
        }
    }

    /// The same for a type that needs more than an agent for some time.
    @inline(never)
    mutating func arriveSpecially(type t: Int, at i: Int, class c: Int, ledgerRow: Int) {
        switch offer(class: c, ledgerRow: ledgerRow, type: t, index: arrivals.number(type: t)) {
        case .agent(let a):
            let slot = arrived(type: t, at: i, class: c, ledgerRow: ledgerRow)
            // The caller still waits until the first word.
            if types[t].isAdjusted {
                expect(slot, patience: types[t].hasPatience ? draws.patience(type: t, at: i, address) : .infinity)
            }
            take(slot, type: t, by: a)
        case .queue: queue(type: t, at: i, class: c, ledgerRow: ledgerRow)
        case .closed:
            note(outcomeWhenClosed(type: t), class: c, arrivals.number(type: t), 0)
            leaveMessage(arrived(type: t, at: i, class: c, ledgerRow: ledgerRow), type: t)
        case .blocked:
            let slot = arrived(type: t, at: i, class: c, ledgerRow: ledgerRow)
            noteBlocked(floor.contacts.place(slot), .lines)
            callAgainOrLeave(slot, type: t, wasBlocked: true)
        }
    }

    /// All agents who could take the type's next arrival are taken.
    @inline(never)
    mutating func queue(type t: Int, at i: Int, class c: Int, ledgerRow: Int) {
        let slot = arrived(type: t, at: i, class: c, ledgerRow: ledgerRow)
        let patience = types[t].hasPatience ? draws.patience(type: t, at: i, address) : .infinity
        joinQueue(slot, ledgerRow: ledgerRow, patience: patience, type: t)
    }

    /// The type's next arrival in a slot of its own.
    @inline(__always)
    mutating func arrived(type t: Int, at i: Int, class c: Int, ledgerRow: Int) -> Int {
        let (slot, contact) = floor.openSlot()
        contact.pointee.work = arrivingWork(type: t, at: i)
        contact.pointee.number = arrivals.number(type: t)
        contact.pointee.attempt = 0
        contact.pointee.timesHandedBack = 0
        contact.pointee.queue = Int32(truncatingIfNeeded: c)
        if hasFlows { startFlow(slot, type: t, ledgerRow: ledgerRow) }
        return slot
    }

    /// What the type's next arrival, at place `i` of its batch, will take.
    @inline(__always)
    mutating func arrivingWork(type t: Int, at i: Int) -> Floor.Work {
        Floor.Work(
            talk: draws.talk(type: t, at: i), hold: draws.hold(type: t, at: i), wrapUp: draws.wrapUp(type: t, at: i),
            factor: arrivals.handlingFactor(type: t, at: i))
    }
}
