import Probability
import Queueing

/// One play of a scenario: take the next event, advance time, do what its kind says.
///
/// Here is what happens, in the order in which a contact meets it. The time and everything planned belong to the clock
/// (`Clockwork`), sums to the ledger (`Ledger`), agents and waiting contacts to the floor (`Floor`), and all memory to
/// one owner (`Memory`). All of it is used again from play to play, so nothing is allocated per event after the first.
/// The same scenario, seed and number give the same bits, whatever was played before.
///
/// A walk through it: *The life of a call* (`Simulator.docc/TheLifeOfACall.md`).
struct Replication: ~Copyable {
    let plan: Blueprint
    let seed: UInt64
    let memory: Memory
    var clock: Clockwork
    var ledger: Ledger
    var floor: Floor
    var arrivals: Arrivals
    var draws: ContactDraws
    var handlings: Handlings
    let hands: Hands
    let choices: RoutingChoices
    var address = RandomAddress(seed: 0, replication: 0)

    // What may be absent.

    /// Kept when somebody wants to follow each contact.
    var diary: Diary?
    /// Asked at the beginning of each period whether to play on; nil always does.
    var keepsOn: ((_ period: Int) -> Bool)?
    /// Whether `keepsOn` has said no.
    var isStopped = false
    /// Whether everything is counted anew after each event.
    var recounts = Self.isRecountedAlways
    /// Follows arrivals where an experiment asks for controls.
    let load: LoadPath?
    /// Of a day that is taken up: the hours before, where something comes of them later.
    let before: PlayBefore?
    /// Whether contacts bring about others, or wait in queues other than those of their classes.
    let hasFlows: Bool

    // Who owes what.

    /// Whether the ends of handlings may be noticed late; and how many agents have something else to do than to take a
    /// contact when theirs ends, so that it matters when it does: a break that is due, the way home.
    let noticesEndsLate: Bool
    var owed = 0
    /// By group under a staffing curve: since when each agent who is one too many is.
    var reductions: [[Double]]
    /// `[group][day]`, the uniform that rounds the number present.
    let presenceDraws: Dense<Double>
    /// By agent: the contact in hand, kept only where it may be handed back.
    let inHand: Dense<Floor.Contact>

    // What the plan says, laid out for the loop.

    let types: Dense<TypeState>
    let typeOfQueue: Dense<Int32>
    /// By queue, of the class whose contacts wait there.
    let acceptableWaits: Dense<Double>
    let ranks: Dense<GroupLists>
    let priorities: Dense<GroupLists>
    /// `[group][queue]`.
    let handlingFactors: Dense<Double>
    /// The same: seconds until the first word, and until an interpreter is on the line.
    let setUps: Dense<Double>
    let connects: Dense<Double>
    let classCount: Int
    let groupCount: Int
    let queueCount: Int

    /// Plays replication `number` (from 0) from the empty center until nothing is left to happen, or `keepsOn` says no.
    mutating func play(_ number: Int) {
        begin(number)
        if recounts {
            stepRecounting()
        } else {
            while step() {}
        }
        guard !isStopped else { return }
        end()
        guard let load else { return }
        let (plan, address) = (plan, address)
        load.finish(
            arrivals.dayFactors, presenceDraws,
            staysAway: { plan.staysAway(address, group: $0, day: $1, path: $2) }, into: ledger.seen.controls)
    }

    // MARK: Events

    /// Goes on to the earliest of what is planned, the end of a handling, an arrival, or something else, and does it;
    /// false when nothing is left.
    ///
    /// While nobody waits the end of a handling changes nothing that anybody asks before the next contact arrives: the
    /// agent just becomes available. So it is noticed then, by whoever looks for an agent, or when it begins to matter.
    @inline(__always)
    mutating func step() -> Bool {
        let arrival = arrivals.time
        if arrival >= clock.nextTime || floor.waiting | owed != 0 || !noticesEndsLate {
            if handlings.time < clock.now { noticeEnds(until: clock.now.nextDown) }
            let finish = handlings.time
            if clock.nextTime <= min(finish, arrival), let event = clock.next(before: finish, arrival) {
                clock.move(to: event.time)
                happen(event)
                return !isStopped
            }
            if finish <= arrival {
                guard finish < .infinity else { return false }
                clock.move(to: finish)
                self.finish()
                return true
            }
        }
        clock.move(to: arrival)
        arrive(type: arrivals.type)
        return true
    }

    /// Something that happens rarely compared with arrivals and ends of handlings.
    @inline(never)
    mutating func happen(_ event: Event) {
        let subject = Int(event.subject)
        switch event.kind {
        case .period: startPeriod(subject)
        case .close: close(type: subject)
        case .open: beginCalling(type: subject)
        case .leave: leave(subject)
        case .pause: pause(subject)
        case .beginDuty: beginDuty(subject)
        case .abandon: abandon(subject, generation: event.generation)
        case .escalate: escalate(subject, generation: event.generation)
        case .offerCallback: offerCallback(subject, generation: event.generation)
        case .stopAsking: stopAsking(subject, generation: event.generation)
        case .chase: chase(subject, generation: event.generation)
        case .freeLine: freeLine(subject, generation: event.generation)
        case .comeBack: comeBack(subject)
        case .finish, .arrive: assertionFailure("handlings and arrivals have trees of their own")
        }
    }

    mutating func startPeriod(_ p: Int) {
        ledger.enter(p)
        setPaces()
        if choices.asksOccupancy, plan.dayStarts.contains(clock.now) { choices.beginDay(at: clock.now) }
        for t in 0..<types.count {
            noteQueueMax(type: t, at: clock.now.nextDown)
            if p > 0 { ledger.seen.queueEnd[ledger.typeRows &- types.count &+ t] = Double(floor.waitingByType[t]) }
        }
        if let keepsOn, !keepsOn(p) { isStopped = true }
    }

    // MARK: A contact comes

    @inline(never)
    mutating func arrive(type t: Int) {
        let i = arrivals.position(type: t)
        let type = types.place(t)
        let c =
            type.pointee.classCount == 1
            ? type.pointee.firstClass : contactClass(type: t, draws.language(type: t, at: i))
        let ledgerRow = ledger.classRows &+ c
        if type.pointee.isPlain {
            switch offerPlainly(class: c, ledgerRow: ledgerRow, type: t) {
            case .agent(let a):
                let end = answer(
                    arrivingWork(type: t, at: i), waited: 0, queue: c, class: c, ledgerRow: ledgerRow, type: t, by: a)
                noteAnswered(type: t, at: i, class: c, by: a, until: end)
            case .queue: queue(type: t, at: i, class: c, ledgerRow: ledgerRow)
            case .closed, .blocked: noteTurnedAway(type: t, class: c)
            }
        } else {
            arriveSpecially(type: t, at: i, class: c, ledgerRow: ledgerRow)
        }
        if i &+ 1 < Arrivals.batchSize { arrivals.advance(type: t) } else { drawArrivals(type: t) }
    }

    enum Offer {
        case agent(Int)
        /// All lines are taken.
        case blocked
        case queue, closed
    }

    /// A caller reaches us, for the first time or again: who takes the call?
    @inline(__always)
    mutating func offer(class c: Int, ledgerRow: Int, type t: Int, index: UInt64, slot: Int = -1) -> Offer {
        ledger.row(ledgerRow).add(.offered, 1)
        guard types[t].isDeferred || isOpen(type: t) || slot >= 0 && isInProgress(slot, class: c) else {
            turnAway(slot, ledgerRow: ledgerRow)
            return .closed
        }
        if !takeLine(type: t) {
            ledger.row(ledgerRow).add(.turnedAway, 1)
            return .blocked
        }
        if types[t].keepsHours, !isOpen(type: t) { return .queue }
        if choices.isSticky, slot >= 0 {
            let a = acquainted(slot, queue: c, type: t)
            if a >= 0 { return .agent(a) }
        }
        let a = findAgent(class: c, type: t, index: index)
        return a >= 0 ? .agent(a) : .queue
    }

    /// The same for the first contact of a plain caller.
    @inline(__always)
    mutating func offerPlainly(class c: Int, ledgerRow: Int, type t: Int) -> Offer {
        ledger.row(ledgerRow).add(.offered, 1)
        guard isOpen(type: t) else {
            turnAway(-1, ledgerRow: ledgerRow)
            return .closed
        }
        let a = findIdleAgent(class: c, type: t, index: arrivals.number(type: t))
        return a >= 0 ? .agent(a) : .queue
    }

    /// Counts a contact that finds us closed.
    @inline(never)
    private mutating func turnAway(_ slot: Int, ledgerRow: Int) {
        ledger.row(ledgerRow).add(.turnedAway, 1)
        // A contact that was handed on did reach us.
        if plan.rules.closed == .leftOut, slot < 0 || floor.contacts[slot].cause != .transfer {
            ledger.row(ledgerRow).add(.leftOut, 1)
        }
    }

    /// A contact joins its queue, if there is room.
    @inline(__always)
    mutating func joinQueue(_ slot: Int, ledgerRow: Int, patience: Double, type t: Int) {
        let contact = floor.contacts.place(slot)
        contact.pointee.ledgerRow = Int32(truncatingIfNeeded: ledgerRow)
        contact.pointee.offeredAt = clock.now
        contact.pointee.deadline = clock.now + patience
        contact.pointee.patience = patience
        guard floor.waiting < plan.waitingLimit || hasPlace(type: t), floor.waitingByType[t] < types[t].blockedAt else {
            releaseLine(type: t)
            ledger.row(ledgerRow).add(.turnedAway, 1)
            noteBlocked(contact, floor.waitingByType[t] < types[t].blockedAt ? .ofAll : .ofType)
            callAgainOrLeave(slot, type: t, wasBlocked: true)
            return
        }
        if types[t].joinsQueueSpecially {
            if balks(slot, type: t) { return }
            if types[t].keepsHours { chooseQueue(contact, type: t) }
        }
        noteQueued(contact)
        floor.enqueue(slot, contact, type: t)
        noteQueueMax(type: t, at: clock.now)
        if types[t].hasPatience { watchPatience(slot, type: t) }
        if types[t].waitsSpecially { waitSpecially(slot, type: t) }
    }

    // MARK: A contact is answered

    /// Talk, hold and after-contact work begin, until the time that is returned; the agent must already be out of the
    /// idle list.
    @inline(__always)
    mutating func answer(
        _ work: Floor.Work, waited wait: Double, queue q: Int, class c: Int, ledgerRow: Int, type t: Int, by a: Int
    ) -> Double {
        let agent = floor.agents.place(a)
        let g = Int(agent.pointee.group)
        agent.pointee.state = .busy
        agent.pointee.busySince = clock.now
        let factor = work.factor * handlingFactors[g &* queueCount &+ q] * agent.pointee.pace
        let talk = work.talk * factor
        var length = talk
        let type = types.place(t)
        let row = ledger.row(ledgerRow)
        ledger.countAnswer(
            waited: wait, class: c, ledgerRow: ledgerRow, isInTime: wait <= acceptableWaits[c], group: g)
        row.add(.talk, talk)
        if type.pointee.hasOtherWork {
            let hold = work.hold * factor
            let wrapUp = work.wrapUp * factor
            row.add(.hold, hold)
            row.add(.wrapUp, wrapUp)
            length = talk + hold + wrapUp
        }
        handlings.begin(a, until: clock.now + length)
        return clock.now + length
    }

    // MARK: An agent is free again

    /// The first of the handlings ends.
    @inline(never)
    mutating func finish() {
        let a = handlings.agent
        let agent = floor.agents.place(a)
        if agent.pointee.atEnd != .plain {
            finishHeld(a)
            return
        }
        becomeFree(a)
    }

    /// An agent has nothing in hand any more, and looks for the next contact.
    @inline(__always)
    mutating func becomeFree(_ a: Int) {
        countBusy(a)
        // If a new handling follows, it takes the old one's place, which saves a second change of the tree.
        if !seek(a) { handlings.end(a) }
    }

    /// Counts the seconds of an agent who was busy until now.
    @inline(__always)
    mutating func countBusy(_ a: Int) {
        let agent = floor.agents.place(a)
        assert(agent.pointee.state == .busy, "only who is busy stops being so")
        ledger.addTime(from: agent.pointee.busySince, to: clock.now, group: Int(agent.pointee.group), .busy)
        if choices.asksOccupancy { addWork(a) }
    }

    /// An agent with free hands goes home, takes a break that is due, takes a waiting contact (true), or becomes idle.
    @inline(__always)
    mutating func seek(_ a: Int) -> Bool {
        let agent = floor.agents.place(a)
        let g = Int(agent.pointee.group)
        let group = floor.groups.place(g)
        if agent.pointee.isLeaving || group.pointee.dutyCount > group.pointee.dutyWanted {
            if floor.waiting > 0, plan.servesWaiting, serveOut(a, group: g) { return true }
            if agent.pointee.isLeaving { owed &-= 1 }
            goHome(a)
            return false
        }
        if agent.pointee.pauseDue > 0 {
            if agent.pointee.state == .busy { owed &-= 1 }
            goAway(a, seconds: agent.pointee.pauseDue)
            return false
        }
        var slot = nextContact(for: a, group: g)
        // Whoever hung up before now and was not noticed yet leaves the queue; then the question is asked again.
        while slot >= 0 {
            let contact = floor.contacts.place(slot)
            if contact.pointee.deadline >= clock.now { return takeWaiting(slot, contact, by: a) }
            countAbandoned(slot, type: Int(typeOfQueue[Int(contact.pointee.queue)]))
            floor.release(slot, contact)
            slot = nextContact(for: a, group: g)
        }
        floor.makeIdle(a)
        return false
    }

    /// An agent with free hands takes a contact that waits; always true.
    @inline(__always)
    mutating func takeWaiting(_ slot: Int, _ contact: UnsafeMutablePointer<Floor.Contact>, by a: Int) -> Bool {
        let c = Int(contact.pointee.queue)
        let t = Int(typeOfQueue[c])
        floor.dequeue(slot, contact, type: t)
        addQueueTime(contact, until: clock.now)
        if types[t].isTakenSpecially {
            take(slot, type: t, by: a)
            if types[t].isSeveral { fill(a, type: t) }
            endKeepingAway(c)
            return true
        }
        let end = answer(
            contact.pointee.work, waited: clock.now - contact.pointee.offeredAt, queue: c, class: c,
            ledgerRow: Int(contact.pointee.ledgerRow), type: t, by: a)
        noteEnd(.answered, contact, by: a, until: end)
        floor.release(slot, contact)
        return true
    }

    /// The contact that an agent takes next; −1 when nobody waits.
    @inline(__always)
    mutating func nextContact(for a: Int, group g: Int) -> Int {
        choices.takesLongestWait ? floor.longestWaiting(priorities[g]) : policyContact(for: a, group: g)
    }
}
