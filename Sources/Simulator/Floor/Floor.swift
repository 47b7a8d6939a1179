import Center

/// Who is where at this instant: agents by state, waiting contacts by queue. It decides nothing.
struct Floor: ~Copyable {
    enum AgentState: UInt8 {
        case off, idle, busy, away
    }

    /// What is to be done when a handling ends, besides looking for the next.
    enum AtEnd: UInt8 {
        /// Nothing.
        case plain
        /// What the contact brings about, decided only then, because it can be taken away before.
        case kept
        /// The same for one of several in hand, and the others go on.
        case several
        /// How to go on is decided when the talk ends.
        case talking
        /// Waits for a colleague, the caller being on hold.
        case asking
        /// A colleague has come.
        case together
        /// After-contact work of such a contact, which nobody else can go on with.
        case wrappingUp
    }

    struct Agent {
        var state = AgentState.off
        /// Goes home when through with the contact in hand.
        var isLeaving = false
        /// What the agent has in hand, where it matters that it ends.
        var atEnd = AtEnd.plain
        /// Of contacts handled several at once: how many are in hand.
        var handCount: UInt8 = 0
        /// Seconds of breaks that began while on a contact: taken late and then whole.
        var pauseDue = 0.0
        /// Since when on duty, seconds.
        var presentSince = 0.0
        /// Since when on the contact in hand, seconds.
        var busySince = 0.0
        /// What handling times are multiplied by.
        var pace = 1.0
        var group: Int32
        var next: Int32 = -1
        var previous: Int32 = -1
        /// Grows each time somebody becomes idle: smaller has been idle longer.
        var idleOrder: UInt64 = 0
    }

    struct Group {
        var idleFirst: Int32 = -1
        var idleLast: Int32 = -1
        var idleCount = 0
        /// Under a staffing curve: how many should be on duty, and how many are (those about to leave included).
        var dutyWanted = 0
        var dutyCount = 0
        /// Off-duty slots of a curve, linked by `next`.
        var offFirst: Int32 = -1

        /// How many more than wanted.
        var surplus: Int { max(0, dutyCount - dutyWanted) }
    }

    /// What a contact will take, seconds before the factors of the arrival's time of day and of the agent's group.
    struct Work {
        var talk = 0.0
        var hold = 0.0
        var wrapUp = 0.0
        /// Of the arrival's time of day.
        var factor = 1.0
    }

    /// A contact that waits, or a caller who will call again.
    struct Contact {
        /// Of one that another brings about, until it is offered: when that one's handling ends.
        var offeredAt = 0.0
        /// When patience ends; infinite without.
        var deadline = Double.infinity
        /// Seconds: kept beside the deadline, for `deadline − offeredAt` may be another last bit, and fixed patience
        /// may be the acceptable wait itself.
        var patience = Double.infinity
        var work = Work()
        /// The caller's number within the type: the index of all its draws.
        var number: UInt64 = 0
        /// 0 for the first call, then 1 for each redial.
        var attempt: Int32 = 0
        var queue: Int32 = 0
        /// Where it is counted: period × number of classes + class, at its arrival.
        var ledgerRow: Int32 = 0
        var next: Int32 = -1
        var previous: Int32 = -1
        /// Grows when the slot is used again: events of an older generation no longer apply.
        var generation: UInt32 = 0
        /// Grows with each contact that starts to wait: smaller has waited longer.
        var waitOrder: UInt64 = 0
        /// How often the contact was taken from its agent: from the first time on it counts as answered.
        var timesHandedBack: Int32 = 0
        /// The number of the type that addresses the draws, which is another's where another contact brought this one
        /// about; and how it did.
        var subject: Int32 = 0
        var path: UInt64 = 0
        /// For those: the type and class of the caller's first contact, the cause of this one, and where its promise
        /// counts, −1 for nowhere.
        var origin: Int32 = 0
        var cause: FollowOn.Cause?
        /// Begun before the running day: it counts in no figure of it.
        var beganBefore = false
        /// Of one that was taken from its agent: whether its line is still in use.
        var keepsLine = false
        var parentRow: Int32 = 0
        /// Where the same person is looked for: who serves this contact, who served the one that brought it about, and
        /// who is to serve this one, if idle; −1 for nobody.
        var servedBy: Int32 = -1
        var servedBefore: Int32 = -1
        var wanted: Int32 = -1
        /// From when the wait counts: when it was offered, or when a callback was asked for.
        var waitsSince = 0.0
        /// Of one of several in hand: seconds left at the pace of one alone, and since when it is in hand.
        var left = 0.0
        var begun = 0.0
        /// The agent who waits for a colleague to take this contact, −1 without; and the seconds they then have together.
        var companion: Int32 = -1
        var together = 0.0
        /// Of one that is taken specially: the agent's pace when it was begun.
        var pace = 1.0
        /// Whether its patience ends before the agent who was found for it says the first word.
        var isTakenInVain = false
    }

    struct WaitingQueue {
        var first: Int32 = -1
        var last: Int32 = -1
        var count = 0
    }

    let agents: Dense<Agent>
    let groups: Dense<Group>
    let queues: Dense<WaitingQueue>
    /// Waiting contacts by type.
    let waitingByType: Dense<Int>
    private(set) var waiting = 0
    /// Bit g: somebody of group g is idle; bit c: a contact of class c waits. All ones where there are more groups or
    /// classes than bits, so that the lists themselves are asked.
    private(set) var idleGroups: UInt64 = 0
    private(set) var waitingQueues: UInt64 = 0
    private(set) var contacts: SteadyRow<Contact>
    private var freeContact: Int32 = -1
    private var contactsUsed = 0
    private var idleOrder: UInt64 = 0
    /// The order of the latest who joined a queue; and of the latest who returned to a queue's head, which counts down
    /// from the same number.
    private var waitOrder = Self.middleOrder
    private var headOrder = Self.middleOrder
    private static var middleOrder: UInt64 { 1 << 62 }
    private let curveAgents: [(group: Int, agents: Range<Int>)]
    private let agentGroups: [Int32]

    init(_ plan: Blueprint, in memory: Memory) {
        agentGroups = plan.agents.map { Int32($0.group) }
        agents = Dense(plan.agents.map { Agent(group: Int32($0.group)) }, in: memory)
        groups = Dense(repeating: Group(), count: plan.groups.count, in: memory)
        queues = Dense(repeating: WaitingQueue(), count: plan.queues.count, in: memory)
        waitingByType = Dense(repeating: 0, count: plan.types.count, in: memory)
        contacts = SteadyRow(in: memory)
        curveAgents = plan.groups.enumerated().filter { $0.element.usesCurve }.map { ($0.offset, $0.element.agents) }
        reset()
    }

    /// Everybody off, nobody waiting.
    mutating func reset() {
        for (a, group) in agentGroups.enumerated() { agents[a] = Agent(group: group) }
        groups.fill(Group())
        for (group, members) in curveAgents {
            for a in members.reversed() {
                agents[a].next = groups[group].offFirst
                groups[group].offFirst = Int32(a)
            }
        }
        queues.fill(WaitingQueue())
        waitingByType.fill(0)
        waiting = 0
        idleGroups = groups.count <= 64 ? 0 : .max
        waitingQueues = queues.count <= 64 ? 0 : .max
        freeContact = -1
        contactsUsed = 0
        idleOrder = 0
        waitOrder = Self.middleOrder
        headOrder = Self.middleOrder
    }

    // MARK: Agents

    /// Makes an agent idle, as the one who has been idle for the shortest time.
    @inline(__always)
    mutating func makeIdle(_ a: Int) {
        let g = Int(agents[a].group)
        idleOrder &+= 1
        agents[a].state = .idle
        agents[a].idleOrder = idleOrder
        agents[a].next = -1
        agents[a].previous = groups[g].idleLast
        if groups[g].idleLast >= 0 {
            agents[Int(groups[g].idleLast)].next = Int32(truncatingIfNeeded: a)
        } else {
            groups[g].idleFirst = Int32(truncatingIfNeeded: a)
            idleGroups |= 1 &<< UInt64(truncatingIfNeeded: g)
        }
        groups[g].idleLast = Int32(truncatingIfNeeded: a)
        groups[g].idleCount &+= 1
    }

    /// Takes an idle agent out of the idle list; the caller gives the new state.
    @inline(__always)
    mutating func endIdle(_ a: Int) {
        assert(agents[a].state == .idle)
        let g = Int(agents[a].group)
        let next = agents[a].next
        let previous = agents[a].previous
        if previous >= 0 { agents[Int(previous)].next = next } else { groups[g].idleFirst = next }
        if next >= 0 { agents[Int(next)].previous = previous } else { groups[g].idleLast = previous }
        groups[g].idleCount &-= 1
        if groups[g].idleFirst < 0, groups.count <= 64 { idleGroups &= ~(1 &<< UInt64(truncatingIfNeeded: g)) }
    }

    /// An off-duty slot of a curve group, taken out of the list of such.
    mutating func takeOffSlot(_ g: Int) -> Int {
        let a = Int(groups[g].offFirst)
        groups[g].offFirst = agents[a].next
        return a
    }

    mutating func returnOffSlot(_ a: Int) {
        let g = Int(agents[a].group)
        agents[a].next = groups[g].offFirst
        groups[g].offFirst = Int32(truncatingIfNeeded: a)
    }

    // MARK: Contacts

    /// A slot for a contact, and its place. Its generation differs from that of the contact that had the slot before;
    /// everything else in it is left over from that one.
    @inline(__always)
    mutating func openSlot() -> (slot: Int, contact: UnsafeMutablePointer<Contact>) {
        if freeContact >= 0 {
            let slot = Int(freeContact)
            let contact = contacts.place(slot)
            freeContact = contact.pointee.next
            return (slot, contact)
        }
        if contactsUsed == contacts.count { contacts.extend(filling: Contact()) }
        contactsUsed &+= 1
        return (contactsUsed &- 1, contacts.place(contactsUsed &- 1))
    }

    /// Makes events planned for a slot void; the contact stays.
    mutating func renew(_ slot: Int) { contacts[slot].generation &+= 1 }

    /// Empties a slot, which makes events planned for it void.
    @inline(__always)
    mutating func release(_ slot: Int) { release(slot, contacts.place(slot)) }

    /// The same where the contact's place is known, which is not looked for again.
    @inline(__always)
    mutating func release(_ slot: Int, _ contact: UnsafeMutablePointer<Contact>) {
        contact.pointee.generation &+= 1
        contact.pointee.next = freeContact
        freeContact = Int32(truncatingIfNeeded: slot)
    }

    /// Puts a contact at the end of its class's queue.
    @inline(__always)
    mutating func enqueue(_ slot: Int, type: Int) { enqueue(slot, contacts.place(slot), type: type) }

    @inline(__always)
    mutating func enqueue(_ slot: Int, _ contact: UnsafeMutablePointer<Contact>, type: Int) {
        let queue = queues.place(Int(contact.pointee.queue))
        waitOrder &+= 1
        contact.pointee.waitOrder = waitOrder
        contact.pointee.next = -1
        contact.pointee.previous = queue.pointee.last
        if queue.pointee.last >= 0 {
            contacts[Int(queue.pointee.last)].next = Int32(truncatingIfNeeded: slot)
        } else {
            queue.pointee.first = Int32(truncatingIfNeeded: slot)
            waitingQueues |= 1 &<< UInt64(truncatingIfNeeded: contact.pointee.queue)
        }
        queue.pointee.last = Int32(truncatingIfNeeded: slot)
        queue.pointee.count &+= 1
        waitingByType[type] &+= 1
        waiting &+= 1
    }

    /// Puts a contact at the head of its class's queue, before everybody who waits anywhere.
    mutating func enqueueFirst(_ slot: Int, type: Int) {
        headOrder &-= 1
        contacts[slot].waitOrder = headOrder
        insert(slot, type: type)
    }

    /// Moves a waiting contact to another queue, where it stands by the time it has waited.
    mutating func move(_ slot: Int, to queue: Int, type: Int) {
        dequeue(slot, type: type)
        contacts[slot].queue = Int32(truncatingIfNeeded: queue)
        insert(slot, type: type)
    }

    /// Puts a contact into its queue by its place in the order of waiting: the head, or looked for from the end.
    private mutating func insert(_ slot: Int, type: Int) {
        let q = Int(contacts[slot].queue)
        let first = Int(queues[q].first)
        let isFirst = first < 0 || contacts[first].waitOrder > contacts[slot].waitOrder
        var before = isFirst ? -1 : queues[q].last
        while before >= 0, contacts[Int(before)].waitOrder > contacts[slot].waitOrder {
            before = contacts[Int(before)].previous
        }
        let after = before >= 0 ? contacts[Int(before)].next : queues[q].first
        contacts[slot].previous = before
        contacts[slot].next = after
        if before >= 0 { contacts[Int(before)].next = Int32(slot) } else { queues[q].first = Int32(slot) }
        if after >= 0 { contacts[Int(after)].previous = Int32(slot) } else { queues[q].last = Int32(slot) }
        waitingQueues |= 1 &<< UInt64(truncatingIfNeeded: q)
        queues[q].count += 1
        waitingByType[type] += 1
        waiting += 1
    }

    /// Takes a contact out of its queue, wherever it stands; its slot is still its own.
    @inline(__always)
    mutating func dequeue(_ slot: Int, type: Int) { dequeue(slot, contacts.place(slot), type: type) }

    @inline(__always)
    mutating func dequeue(_ slot: Int, _ contact: UnsafeMutablePointer<Contact>, type: Int) {
        let c = Int(contact.pointee.queue)
        let queue = queues.place(c)
        let next = contact.pointee.next
        let previous = contact.pointee.previous
        if previous >= 0 { contacts[Int(previous)].next = next } else { queue.pointee.first = next }
        if next >= 0 { contacts[Int(next)].previous = previous } else { queue.pointee.last = previous }
        queue.pointee.count &-= 1
        if queue.pointee.first < 0, queues.count <= 64 { waitingQueues &= ~(1 &<< UInt64(truncatingIfNeeded: c)) }
        waitingByType[type] &-= 1
        waiting &-= 1
    }
}

extension Floor.Contact {
    /// A contact that an agent takes at once.
    init(_ work: Floor.Work, _ number: UInt64, class c: Int, ledgerRow: Int) {
        self.work = work
        self.number = number
        queue = Int32(truncatingIfNeeded: c)
        self.ledgerRow = Int32(truncatingIfNeeded: ledgerRow)
    }
}
