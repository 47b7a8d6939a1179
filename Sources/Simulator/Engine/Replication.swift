import Probability
import Queueing

/// One play of a scenario: take the next event, advance time, do what its kind says.
///
/// All state is reused from play to play, so nothing is allocated per event once it is warm. The same scenario, seed
/// and number give the same bits, whatever was played before.
struct Replication: ~Copyable {
    let plan: Blueprint
    let seen: Observations
    /// `[class][bucket]` waits of answered contacts, over all plays of this object.
    let waits: Dense<UInt64>
    /// `[histogram][bucket]` waits of answered contacts by period of arrival and type, over all plays of this object.
    let waitsByPeriod: Dense<UInt32>
    /// Kept when somebody wants to follow each contact.
    var diary: Diary?
    /// Asked at the beginning of each period whether to play on; nil always does.
    var keepsOn: ((_ period: Int) -> Bool)?
    let seed: UInt64
    /// Follows arrivals where an experiment asks for controls.
    let load: LoadPath?

    var floor: Floor
    var arrivals: Arrivals
    var draws: ContactDraws
    var handlings: Handlings
    /// Everything else that is planned; and when the first of it or the next appointment is due.
    var events = EventQueue()
    var nextOther = 0.0
    var address = RandomAddress(seed: 0, replication: 0)
    var now = 0.0
    var period = 0
    /// Of the period: its start and its first cells among those of classes, groups and types.
    var periodStart = 0.0
    var classCells = 0
    var groupCells = 0
    var typeCells = 0
    var sequence: UInt64 = 0
    var appointments: [Blueprint.Appointment]
    var nextAppointment = 0
    /// Whether `keepsOn` has said no.
    var isStopped = false
    /// Whether the ends of handlings may be noticed late; and how many agents have something else to do than to take a
    /// contact when theirs ends, so that it matters when it does: a break that is due, the way home.
    let noticesEndsLate: Bool
    var owed = 0
    /// By group under a staffing curve, of each who is one too many: since when.
    var reductions: [[Double]]

    let types: Dense<TypeState>
    let typeOfClass: Dense<Int32>
    /// By queue, of the class whose contacts wait there.
    let acceptableWaits: Dense<Double>
    let ranks: Dense<GroupLists>
    let priorities: Dense<GroupLists>
    /// `[group][class]`.
    let handlingFactors: Dense<Double>
    /// The same: seconds until the first word, and until an interpreter is on the line.
    let setUps: Dense<Double>
    let connects: Dense<Double>
    /// `[group][day]`, the uniform that rounds the number present; and who is away today, by agent.
    let presenceDraws: Dense<Double>
    let isAbsent: Dense<Bool>
    let periodStarts: Dense<Double>
    /// By agent: the contact in hand, kept only where it may be handed back.
    let inHand: Dense<Floor.Contact>
    /// `[period × classes + class]`: the histogram of the period and type; 0 where nobody can be answered.
    let histogramOfCell: Dense<Int32>
    let classCount: Int
    let groupCount: Int
    let queueCount: Int
    /// Whether contacts bring about others, or wait in other queues than those of their classes.
    let hasFlows: Bool
    let hands: Hands
    let choices: RoutingChoices
    /// Of a day that is taken up: the hours before, where something comes of them later.
    let before: PlayBefore?

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
        /// Whether there is more to do than to talk.
        let hasOtherWork: Bool
        /// Whether answering is more than to talk and to look for the next; whether somebody who is not idle may take a
        /// contact, or somebody who is may not; whether there is more to waiting than patience.
        let isTakenSpecially: Bool
        let looksFurther: Bool
        let waitsSpecially: Bool
        /// Nothing of this.
        let isPlain: Bool
        /// Work in a list, which is taken at any hour; calls that we make at certain hours alone.
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
        let joinsSpecially: Bool
        let channel: Int
        let shortAbandon: Double
        /// The first opening span that has not ended: its number, start and end; infinite when there is none.
        var span = 0
        var openFrom = Double.infinity
        var openUntil = Double.infinity
    }

    /// `watchingPatience` makes every end of patience an event at its time, `watchingEnds` every end of a handling:
    /// slower, the same results, for tests.
    init(_ plan: Blueprint, seed: UInt64, watchingPatience: Bool = false, watchingEnds: Bool = false) {
        self.plan = plan
        self.seed = seed
        reductions = [[Double]](repeating: [], count: plan.groups.count)
        before = plan.before.map { PlayBefore($0, seed: seed) }
        load = plan.controls.map { LoadPath($0, dayCount: plan.dayCount) }
        seen = Observations(plan)
        waits = Dense(repeating: 0, count: plan.classes.count * WaitHistogram.bucketCount)
        waitsByPeriod = Dense(repeating: 0, count: plan.histogramCount * WaitHistogram.bucketCount)
        floor = Floor(plan)
        arrivals = Arrivals(plan)
        draws = ContactDraws(plan)
        handlings = Handlings(plan)
        // Read before it is stored: Swift 6.3 releases what nobody holds when an unfinished noncopyable value is read.
        let choices = RoutingChoices(plan)
        noticesEndsLate =
            !watchingEnds && choices.picksLongestIdle && !choices.isSticky && !plan.flows.endsMatter
            && !plan.handsBack
        self.choices = choices
        types = Dense(plan.types.map { TypeState($0, plan, watchingPatience: watchingPatience) })
        typeOfClass = Dense(plan.queues.map { Int32(plan.classes[$0.contactClass].type) })
        acceptableWaits = Dense(plan.queues.map { plan.classes[$0.contactClass].acceptableWait })
        ranks = Dense(plan.queues.map { GroupLists($0.ranks) })
        hands = Hands(plan)
        hasFlows = plan.flows.isAny
        appointments = plan.appointments
        queueCount = plan.queues.count
        priorities = Dense(plan.groups.map { GroupLists($0.priorities) })
        handlingFactors = Dense(plan.groups.flatMap(\.handlingFactor))
        let adjusts = plan.types.contains(where: \.isAdjusted)
        setUps = Dense(adjusts ? plan.groups.flatMap(\.setUp) : [])
        connects = Dense(adjusts ? plan.groups.flatMap(\.connect) : [])
        presenceDraws = Dense(repeating: 0.5, count: plan.groups.count * plan.dayCount)
        isAbsent = Dense(repeating: false, count: plan.agents.count)
        periodStarts = Dense(plan.periodStarts)
        inHand = Dense(repeating: Floor.Contact(), count: plan.flows.keepsInHand ? plan.agents.count : 0)
        classCount = plan.classes.count
        groupCount = plan.groups.count
        histogramOfCell = Dense(
            plan.periodStarts.indices.flatMap { p in
                plan.classes.map { max(0, plan.histogram[p * plan.types.count + $0.type]) }
            })
    }

    deinit {
        seen.free()
        waits.free()
        waitsByPeriod.free()
        types.free()
        typeOfClass.free()
        acceptableWaits.free()
        for i in 0..<ranks.count { ranks[i].free() }
        ranks.free()
        for i in 0..<priorities.count { priorities[i].free() }
        priorities.free()
        handlingFactors.free()
        setUps.free()
        connects.free()
        presenceDraws.free()
        isAbsent.free()
        periodStarts.free()
        inHand.free()
        hands.release()
        choices.free()
        histogramOfCell.free()
    }

    /// Plays replication `number` (from 0) from the empty center until nothing is left to happen, or `keepsOn` says no.
    mutating func play(_ number: Int) {
        begin(number)
        while step() {
            assert(floor.isConsistent(inHand: handlings.count()))
            assert(owed == countOwed())
            assert(nobodyWaitsInVain())
            assert(handsAreKnown())
        }
        guard !isStopped else { return }
        end()
        guard let load else { return }
        let (plan, address) = (plan, address)
        load.finish(
            arrivals.dayFactors, presenceDraws,
            staysAway: { plan.staysAway(address, group: $0, day: $1, path: $2) }, into: seen.controls)
    }

    // MARK: Time

    mutating func begin(_ number: Int) {
        address =
            plan.isAntithetic
            ? RandomAddress(seed: seed, replication: number & ~1, mirrored: number & 1 == 1)
            : RandomAddress(seed: seed, replication: number)
        seen.reset()
        floor.reset()
        for t in 0..<types.count {
            openSpan(0, type: t)
            types[t].watchesPatience = types[t].mustWatchPatience
        }
        handlings.removeAll()
        hands.clear()
        choices.clear()
        events.removeAll()
        now = 0
        enterPeriod(0)
        sequence = 0
        nextAppointment = 0
        owed = 0
        for g in reductions.indices { reductions[g].removeAll(keepingCapacity: true) }
        isStopped = false
        drawAbsences()
        drawShifts()
        setPaces()
        nextOther = appointments.first?.time ?? .infinity
        arrivals.begin(address, plan.dayDraws)
        load?.begin()
        for t in 0..<types.count { drawArrivals(type: t) }
        if let day = plan.runningDay { takeUp(day) }
    }

    /// Goes on to the earliest of what is planned, the end of a handling, an arrival, or something else, and does it;
    /// false when nothing is left.
    ///
    /// While nobody waits the end of a handling changes nothing that anybody asks before the next contact arrives: the
    /// agent just becomes available. So it is noticed then, by whoever looks for an agent, or when it begins to matter.
    @inline(__always)
    mutating func step() -> Bool {
        let arrival = arrivals.time
        if arrival >= nextOther || floor.waiting | owed != 0 || !noticesEndsLate {
            if handlings.time < now { noticeEnds(until: now.nextDown) }
            let finish = handlings.time
            if nextOther <= min(finish, arrival), let event = nextOther(before: finish, arrival) {
                move(to: event.time)
                happen(event)
                return !isStopped
            }
            if finish <= arrival {
                guard finish < .infinity else { return false }
                move(to: finish)
                self.finish()
                return true
            }
        }
        move(to: arrival)
        arrive(type: arrivals.type)
        return true
    }

    @inline(__always)
    mutating func move(to time: Double) {
        assert(time >= now, "time runs forward")
        now = time
    }

    /// Something that happens rarely compared with arrivals and ends of handlings.
    @inline(never)
    mutating func happen(_ event: Event) {
        let subject = Int(event.subject)
        switch event.kind {
        case .period:
            startPeriod(subject)
            if let keepsOn, !keepsOn(subject) { isStopped = true }
        case .close: close(type: subject)
        case .open: beginCalling(type: subject)
        case .leave: leave(subject)
        case .pause: pause(subject)
        case .join: join(subject)
        case .finish: finish()
        case .abandon: abandon(subject, generation: event.generation)
        case .escalate: escalate(subject, generation: event.generation)
        case .offerCallback: offerCallback(subject, generation: event.generation)
        case .stopAsking: stopAsking(subject, generation: event.generation)
        case .chase: chase(subject, generation: event.generation)
        case .freeLine: freeLine(subject, generation: event.generation)
        case .comeBack: comeBack(subject)
        case .arrive: arrive(type: subject)
        }
    }

    /// The earlier of the first planned event and the next appointment, unless a handling ends or somebody arrives
    /// before; appointments of people who are away are passed over.
    @inline(never)
    mutating func nextOther(before finish: Double, _ arrival: Double) -> Event? {
        while nextAppointment < appointments.count, isVoid(appointments[nextAppointment]) {
            nextAppointment += 1
        }
        var other: Event?
        var isAppointment = false
        if !events.isEmpty { other = events.first }
        if nextAppointment < appointments.count {
            let appointment = appointments[nextAppointment]
            // Staffing changes are told from joins by a subject below zero; both find the rest by the index.
            let subject = appointment.isStaffing ? -(nextAppointment + 1) : appointment.subject
            let event = Event(appointment.kind, at: appointment.time, sequence: 0, subject: subject)
            isAppointment = other.map { Event.precedes(event, $0) } ?? true
            if isAppointment { other = event }
        }
        nextOther = other?.time ?? .infinity
        guard let other, other.time <= min(finish, arrival) else { return nil }
        // What comes after the end of a handling in the order of kinds still comes before an arrival.
        if other.time == finish, other.kind.rawValue > Event.Kind.finish.rawValue { return nil }
        if isAppointment { nextAppointment += 1 } else { _ = events.removeFirst() }
        let upcoming = nextAppointment < appointments.count ? appointments[nextAppointment].time : .infinity
        nextOther = events.isEmpty ? upcoming : min(events.first.time, upcoming)
        return other
    }

    func isVoid(_ appointment: Blueprint.Appointment) -> Bool {
        let concernsAgent = appointment.kind == .leave || appointment.kind == .pause || appointment.kind == .join
        return concernsAgent && !appointment.isStaffing && isAbsent[appointment.subject]
    }

    mutating func schedule(_ kind: Event.Kind, at time: Double, subject: Int, generation: UInt32 = 0) {
        sequence &+= 1
        events.insert(Event(kind, at: time, sequence: sequence, subject: subject, generation: generation))
        if time < nextOther { nextOther = time }
    }

    mutating func startPeriod(_ p: Int) {
        enterPeriod(p)
        setPaces()
        if choices.asksOccupancy, plan.dayStarts.contains(now) { choices.beginDay(at: now) }
        for t in 0..<types.count {
            noteQueueMax(type: t, at: now.nextDown)
            if p > 0 { seen.queueEnd[typeCells &- types.count &+ t] = Double(floor.waitingByType[t]) }
        }
    }

    mutating func enterPeriod(_ p: Int) {
        period = p
        periodStart = periodStarts[p]
        classCells = p * classCount
        groupCells = p * groupCount
        typeCells = p * types.count
    }

    /// Notes how many wait of those whose patience ends after `instant`.
    @inline(__always)
    mutating func noteQueueMax(type t: Int, at instant: Double) {
        let cell = typeCells &+ t
        guard Double(floor.waitingByType[t]) > seen.queueMax[cell] else { return }
        if !types[t].watchesPatience { clearQueues(type: t, at: instant) }
        seen.queueMax[cell] = max(seen.queueMax[cell], Double(floor.waitingByType[t]))
    }

    /// Whoever still waits now was neither answered nor gave up: nobody is coming any more.
    mutating func end() {
        for t in 0..<types.count where !types[t].watchesPatience { clearQueues(type: t, at: .greatestFiniteMagnitude) }
        for c in 0..<floor.queues.count {
            var slot = floor.queues[c].first
            while slot >= 0 {
                let contact = floor.contacts.place(Int(slot))
                addQueueTime(contact, until: plan.length)
                slot = contact.pointee.next
                // Who was handed back has been answered.
                if contact.pointee.timesHandedBack > 0 {
                    if !types[Int(typeOfClass[c])].isDeferred { countLost(contact.pointee) }
                    continue
                }
                seen.row(Int(contact.pointee.cell)).add(.backlog, 1)
                seen.queueEnd[seen.queueEnd.count - types.count + Int(typeOfClass[c])] += 1
                if hasFlows { noteOpen(contact.pointee) }
                if diary != nil { noteEnd(.waiting, contact, at: plan.length) }
            }
        }
        for a in 0..<floor.agents.count where floor.agents[a].state != .off && floor.agents[a].state != .away {
            addPresence(a, until: max(now, plan.length))
        }
        diary?.end()
    }

    // MARK: Contacts

    /// The type's next batch of arrivals and of what they bring with them.
    @inline(never)
    mutating func drawArrivals(type t: Int) {
        let count = arrivals.draw(type: t, address)
        draws.draw(type: t, from: arrivals.number(type: t), count: count, address)
        if let load { follow(load, type: t, count: count) }
    }

    /// Tells what has just been drawn to whoever works out the controls.
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

    @inline(never)
    mutating func arrive(type t: Int) {
        let i = arrivals.position(type: t)
        let type = types.place(t)
        let c =
            type.pointee.classCount == 1
            ? type.pointee.firstClass : contactClass(type: t, draws.language(type: t, at: i))
        let cell = classCells &+ c
        if type.pointee.isPlain {
            switch offerPlainly(class: c, cell: cell, type: t) {
            case .agent(let a):
                let end = answer(
                    arrivingWork(type: t, at: i), waited: 0, queue: c, class: c, cell: cell, type: t, by: a)
                if diary != nil { noteAnswered(type: t, at: i, class: c, by: a, until: end) }
            case .queue: queue(type: t, at: i, class: c, cell: cell)
            case .closed, .blocked: if diary != nil { noteTurnedAway(type: t, class: c) }
            }
        } else {
            arriveSpecially(type: t, at: i, class: c, cell: cell)
        }
        if i &+ 1 < Arrivals.batchSize { arrivals.advance(type: t) } else { drawArrivals(type: t) }
    }

    /// The same for a type that asks for more than an agent for a while.
    @inline(never)
    mutating func arriveSpecially(type t: Int, at i: Int, class c: Int, cell: Int) {
        switch offer(class: c, cell: cell, type: t, index: arrivals.number(type: t)) {
        case .agent(let a):
            let slot = arrived(type: t, at: i, class: c, cell: cell)
            // The caller still waits until the first word.
            if types[t].isAdjusted {
                expect(slot, patience: types[t].hasPatience ? draws.patience(type: t, at: i, address) : .infinity)
            }
            take(slot, type: t, by: a)
        case .queue: queue(type: t, at: i, class: c, cell: cell)
        case .closed:
            if diary != nil { note(outcomeWhenClosed(type: t), class: c, arrivals.number(type: t), 0) }
            leaveMessage(arrived(type: t, at: i, class: c, cell: cell), type: t)
        case .blocked:
            let slot = arrived(type: t, at: i, class: c, cell: cell)
            if diary != nil { noteBlocked(floor.contacts.place(slot), .lines) }
            giveUp(slot, type: t, wasBlocked: true)
        }
    }

    /// What the type's next arrival, at place `i` of its batch, will take.
    @inline(__always)
    mutating func arrivingWork(type t: Int, at i: Int) -> Floor.Work {
        Floor.Work(
            talk: draws.talk(type: t, at: i), hold: draws.hold(type: t, at: i), wrapUp: draws.wrapUp(type: t, at: i),
            factor: arrivals.handlingFactor(type: t, at: i))
    }

    /// The type's next arrival finds everybody taken.
    @inline(never)
    mutating func queue(type t: Int, at i: Int, class c: Int, cell: Int) {
        let slot = arrived(type: t, at: i, class: c, cell: cell)
        let patience = types[t].hasPatience ? draws.patience(type: t, at: i, address) : .infinity
        join(slot, cell: cell, patience: patience, type: t)
    }

    /// The type's next arrival in a slot of its own.
    @inline(__always)
    mutating func arrived(type t: Int, at i: Int, class c: Int, cell: Int) -> Int {
        let (slot, contact) = floor.openSlot()
        contact.pointee.work = arrivingWork(type: t, at: i)
        contact.pointee.number = arrivals.number(type: t)
        contact.pointee.attempt = 0
        contact.pointee.timesHandedBack = 0
        contact.pointee.contactClass = Int32(truncatingIfNeeded: c)
        if hasFlows { startFlow(slot, type: t, cell: cell) }
        return slot
    }

    enum Offer {
        case agent(Int)
        /// All lines are taken.
        case blocked
        case queue, closed
    }

    /// A caller reaches us, for the first time or again: who takes the call?
    @inline(__always)
    mutating func offer(class c: Int, cell: Int, type t: Int, index: UInt64, slot: Int = -1) -> Offer {
        seen.row(cell).add(.offered, 1)
        guard types[t].isDeferred || isOpen(type: t) || slot >= 0 && isInProgress(slot, class: c) else {
            turnAway(slot, cell: cell)
            return .closed
        }
        if hasFlows, !takeLine(type: t) {
            seen.row(cell).add(.turnedAway, 1)
            return .blocked
        }
        if types[t].keepsHours, !isOpen(type: t) { return .queue }
        if choices.isSticky, slot >= 0 {
            let a = acquainted(slot, queue: c, type: t)
            if a >= 0 { return .agent(a) }
        }
        let a = freeAgent(class: c, type: t, index: index)
        return a >= 0 ? .agent(a) : .queue
    }

    /// The same for the first contact of a plain caller.
    @inline(__always)
    mutating func offerPlainly(class c: Int, cell: Int, type t: Int) -> Offer {
        seen.row(cell).add(.offered, 1)
        guard isOpen(type: t) else {
            turnAway(-1, cell: cell)
            return .closed
        }
        let a = idlePerson(class: c, type: t, index: arrivals.number(type: t))
        return a >= 0 ? .agent(a) : .queue
    }

    /// Counts a contact that finds us closed.
    @inline(never)
    private mutating func turnAway(_ slot: Int, cell: Int) {
        seen.row(cell).add(.turnedAway, 1)
        // Whoever was handed on did reach us.
        if plan.rules.closed == .leftOut, slot < 0 || floor.contacts[slot].cause != .transfer {
            seen.row(cell).add(.leftOut, 1)
        }
    }

    /// Who takes a contact of the class, no longer idle; −1 when all are taken.
    @inline(__always)
    mutating func freeAgent(class c: Int, type t: Int, index: UInt64) -> Int {
        types[t].looksFurther
            ? freeHand(queue: c, type: t, index: index) : idlePerson(class: c, type: t, index: index)
    }

    /// The same where only the idle are asked.
    @inline(__always)
    mutating func idlePerson(class c: Int, type t: Int, index: UInt64) -> Int {
        let ranks = ranks.place(c)
        // While somebody waits, ends are noticed as they come, so that the idle are known.
        guard floor.waiting == 0 || floor.idleGroups & ranks.pointee.all != 0 else { return -1 }
        if noticesEndsLate {
            if ranks.pointee.isStrict {
                var a = -1
                var level = 0
                while a < 0, level < ranks.pointee.levelCount {
                    a = longestIdle(group: ranks.pointee.only(level))
                    level &+= 1
                }
                return a
            }
            noticeEnds(until: now)
        }
        let a = idleAgent(class: c, type: t, index: index)
        if a >= 0 { floor.endIdle(a) }
        return a
    }

    /// The agent of a group who has been idle longest, no longer idle; −1 when there is none. Those in the idle list
    /// were noticed before whoever got free since.
    @inline(__always)
    mutating func longestIdle(group g: Int) -> Int {
        var a = Int(floor.groups[g].idleFirst)
        if a >= 0 {
            floor.endIdle(a)
            return a
        }
        let end = handlings.time(group: g)
        guard end <= now else { return -1 }
        a = handlings.agent(group: g)
        spread(from: floor.agents[a].busySince, to: end, group: g, .busy)
        return a
    }

    /// Makes those idle whose contacts ended at `time` or before.
    @inline(never)
    mutating func noticeEnds(until time: Double) {
        while handlings.time <= time {
            let a = handlings.agent
            spread(from: floor.agents[a].busySince, to: handlings.time, group: Int(floor.agents[a].group), .busy)
            handlings.end(a)
            floor.makeIdle(a)
        }
    }

    /// The idle agent whom the policy picks for a contact; −1 when all are taken.
    @inline(__always)
    mutating func idleAgent(class c: Int, type t: Int, index: UInt64) -> Int {
        choices.picksLongestIdle ? floor.longestIdle(ranks[c]) : policyAgent(queue: c, type: t, index: index)
    }

    /// A contact joins its queue, if there is room.
    @inline(__always)
    mutating func join(_ slot: Int, cell: Int, patience: Double, type t: Int) {
        let contact = floor.contacts.place(slot)
        contact.pointee.cell = Int32(truncatingIfNeeded: cell)
        contact.pointee.offeredAt = now
        contact.pointee.deadline = now + patience
        contact.pointee.patience = patience
        guard floor.waiting < plan.waitingLimit || hasPlace(type: t), floor.waitingByType[t] < types[t].blockedAt else {
            if hasFlows { releaseLine(type: t) }
            seen.row(cell).add(.turnedAway, 1)
            if diary != nil {
                noteBlocked(contact, floor.waitingByType[t] < types[t].blockedAt ? .ofAll : .ofType)
            }
            giveUp(slot, type: t, wasBlocked: true)
            return
        }
        if types[t].joinsSpecially {
            if balks(slot, type: t) { return }
            if types[t].keepsHours { chooseQueue(contact, type: t) }
        }
        if diary != nil { noteQueued(contact) }
        floor.enqueue(slot, contact, type: t)
        noteQueueMax(type: t, at: now)
        if types[t].hasPatience { watchPatience(slot, type: t) }
        if types[t].waitsSpecially { waitSpecially(slot, type: t) }
    }

    /// Talk, hold and after-contact work begin, until the time that is returned; the agent must already be out of the
    /// idle list.
    @inline(__always)
    mutating func answer(
        _ work: Floor.Work, waited wait: Double, queue q: Int, class c: Int, cell: Int, type t: Int, by a: Int
    ) -> Double {
        let agent = floor.agents.place(a)
        let g = Int(agent.pointee.group)
        agent.pointee.state = .busy
        agent.pointee.busySince = now
        let factor = work.factor * handlingFactors[g &* queueCount &+ q] * agent.pointee.pace
        let talk = work.talk * factor
        var length = talk
        let type = types.place(t)
        let row = seen.row(cell)
        countAnswer(waited: wait, class: c, cell: cell, type: t, group: g)
        row.add(.talk, talk)
        if type.pointee.hasOtherWork {
            let hold = work.hold * factor
            let wrapUp = work.wrapUp * factor
            row.add(.hold, hold)
            row.add(.wrapUp, wrapUp)
            length = talk + hold + wrapUp
        }
        handlings.begin(a, until: now + length)
        return now + length
    }

    @inline(__always)
    mutating func countAnswer(waited wait: Double, class c: Int, cell: Int, type t: Int, group g: Int) {
        let row = seen.row(cell)
        row.add(.answered, 1)
        if wait > 0 { row.add(.waitAnswered, wait) }
        row.add(.answeredInTime, wait <= acceptableWaits[c] ? 1 : 0)
        seen.add(.answered, 1, group: groupCells &+ g)
        let bucket = WaitHistogram.bucket(wait)
        waits[c &* WaitHistogram.bucketCount &+ bucket] &+= 1
        waitsByPeriod[Int(histogramOfCell[cell]) &* WaitHistogram.bucketCount &+ bucket] &+= 1
    }

    /// The first of the handlings ends.
    @inline(never)
    mutating func finish() {
        let a = handlings.agent
        let agent = floor.agents.place(a)
        if agent.pointee.holding != .plain {
            finishHeld(a)
            return
        }
        spread(from: agent.pointee.busySince, to: now, group: Int(agent.pointee.group), .busy)
        if choices.asksOccupancy { addWork(a) }
        // A new handling takes the old one's place, which saves every other change of the tree.
        if !seek(a) { handlings.end(a) }
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
            if contact.pointee.deadline >= now { return takeWaiting(slot, contact, by: a) }
            hangUp(slot, type: Int(typeOfClass[Int(contact.pointee.contactClass)]))
            floor.release(slot, contact)
            slot = nextContact(for: a, group: g)
        }
        floor.makeIdle(a)
        return false
    }

    /// An agent with free hands takes a contact that waits; always true.
    @inline(__always)
    mutating func takeWaiting(_ slot: Int, _ contact: UnsafeMutablePointer<Floor.Contact>, by a: Int) -> Bool {
        let c = Int(contact.pointee.contactClass)
        let t = Int(typeOfClass[c])
        floor.dequeue(slot, contact, type: t)
        addQueueTime(contact, until: now)
        if types[t].isTakenSpecially {
            take(slot, type: t, by: a)
            if types[t].isSeveral { fill(a, type: t) }
            holdBackNoMore(c)
            return true
        }
        let end = answer(
            contact.pointee.work, waited: now - contact.pointee.offeredAt, queue: c, class: c,
            cell: Int(contact.pointee.cell), type: t, by: a)
        if diary != nil { noteEnd(.answered, contact, by: a, until: end) }
        floor.release(slot, contact)
        return true
    }

    /// The contact that an agent takes next; −1 when nobody waits.
    @inline(__always)
    mutating func nextContact(for a: Int, group g: Int) -> Int {
        choices.takesLongestWait ? floor.longestWaiting(priorities[g]) : policyContact(for: a, group: g)
    }

    // MARK: Small questions

    // They are `mutating` although they change little: a method that borrows self is given a copy of all its fields.

    @inline(__always)
    mutating func drawIndex(_ contact: borrowing Floor.Contact) -> UInt64 {
        contact.number &+ UInt64(truncatingIfNeeded: contact.attempt) << 40
    }

    /// The class under which a contact is counted, whatever queue it has moved to.
    @inline(__always)
    mutating func countedClass(_ contact: borrowing Floor.Contact) -> Int {
        let q = Int(contact.contactClass)
        return q < classCount ? q : plan.queues[q].contactClass
    }

    /// The number of the type that addresses a contact's draws.
    @inline(__always)
    mutating func subject(of contact: borrowing Floor.Contact, type t: Int) -> Int {
        hasFlows ? Int(contact.subject) : types[t].subject
    }

    mutating func contactClass(type t: Int, _ u: Double) -> Int {
        let first = types[t].firstClass
        let count = types[t].classCount
        for i in 0..<(count &- 1) where u < plan.types[t].languageBounds[i] { return first &+ i }
        return first &+ count &- 1
    }

    @inline(__always)
    mutating func isOpen(type t: Int) -> Bool {
        // Time only runs forward, so spans that have ended are passed over once.
        while types[t].openUntil <= now { openSpan(types[t].span + 1, type: t) }
        return types[t].openFrom <= now
    }

    @inline(never)
    mutating func openSpan(_ span: Int, type t: Int) {
        let spans = plan.types[t].callable ?? plan.types[t].open
        types[t].span = span
        types[t].openFrom = span < spans.count ? spans[span].start : .infinity
        types[t].openUntil = span < spans.count ? spans[span].end : .infinity
    }

    /// Adds the seconds that a contact waited to the periods in which they passed; what lies beyond the horizon counts
    /// to no period.
    @inline(__always)
    mutating func addQueueTime(_ contact: UnsafePointer<Floor.Contact>, until end: Double) {
        let start = contact.pointee.offeredAt
        if start >= periodStart, end <= plan.length {
            seen.row(classCells &+ countedClass(contact.pointee)).add(.queue, end - start)
        } else {
            addLongQueueTime(contact, until: min(end, plan.length))
        }
    }

    @inline(never)
    mutating func addLongQueueTime(_ contact: UnsafePointer<Floor.Contact>, until end: Double) {
        let c = countedClass(contact.pointee)
        // What was waited before the beginning passed in no period.
        var from = max(0, contact.pointee.offeredAt)
        // Those handed back wait in another period than that of their arrival.
        var p = period
        while p > 0, periodStarts[p] > from { p -= 1 }
        while p < period, periodStarts[p + 1] < end {
            seen.row(p * classCount + c).add(.queue, periodStarts[p + 1] - from)
            from = periodStarts[p + 1]
            p += 1
        }
        if end > from { seen.row(p * classCount + c).add(.queue, end - from) }
    }

    mutating func addPresence(_ a: Int, until end: Double) {
        if choices.asksOccupancy {
            choices.stayed[a] += max(0, end - max(choices.today[0], floor.agents[a].presentSince))
        }
        spread(from: floor.agents[a].presentSince, to: end, group: Int(floor.agents[a].group), .present)
    }

    /// Adds seconds to the periods in which they passed; what lies beyond the horizon counts to no period.
    @inline(__always)
    mutating func spread(from start: Double, to end: Double, group g: Int, _ column: Observations.Group) {
        if start >= periodStart, end <= plan.length {
            seen.add(column, end - start, group: groupCells &+ g)
        } else {
            spreadLong(from: start, to: min(end, plan.length), group: g, column)
        }
    }

    @inline(never)
    mutating func spreadLong(from start: Double, to end: Double, group g: Int, _ column: Observations.Group) {
        var end = end
        guard start < end else { return }
        var p = period
        // Walks backwards from now: most spans reach back by one period.
        while p > 0, periodStarts[p] > start {
            if end > periodStarts[p] {
                seen.add(column, end - periodStarts[p], group: p * groupCount + g)
                end = periodStarts[p]
            }
            p -= 1
        }
        seen.add(column, end - start, group: p * groupCount + g)
    }

    /// What `owed` must be, recounted after each event in debug builds.
    func countOwed() -> Int {
        (0..<floor.agents.count).count {
            floor.agents[$0].state == .busy && (floor.agents[$0].isLeaving || floor.agents[$0].pauseDue > 0)
        } + (0..<floor.groups.count).reduce(0) { $0 + floor.groups[$1].surplus }
    }

    /// The promise of routing, recounted after each event in debug builds: no contact waits while an agent who may
    /// serve it is idle.
    func nobodyWaitsInVain() -> Bool {
        for c in 0..<floor.queues.count where floor.queues[c].count > 0 {
            if plan.types[Int(typeOfClass[c])].idleReserve == 0, floor.longestIdle(ranks[c]) >= 0 { return false }
        }
        return true
    }
}
