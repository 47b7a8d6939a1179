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
    private let seed: UInt64

    private var floor: Floor
    private var arrivals: Arrivals
    private var draws: ContactDraws
    private var handlings = Handlings()
    /// Everything else that is planned; and when the first of it or the next appointment is due.
    private var events = EventQueue()
    private var nextOther = 0.0
    private var address = RandomAddress(seed: 0, replication: 0)
    private var now = 0.0
    private var period = 0
    private var sequence: UInt64 = 0
    private var nextAppointment = 0

    private let types: Dense<TypeState>
    private let typeOfClass: Dense<Int32>
    private let ranks: Dense<GroupLists>
    private let priorities: Dense<GroupLists>
    /// `[group][class]`.
    private let handlingFactors: Dense<Double>
    /// `[group][day]`, the uniform that rounds the number present; and who is away today, by agent.
    private let presenceDraws: Dense<Double>
    private let isAbsent: Dense<Bool>
    private let periodStarts: Dense<Double>
    /// `[period × classes + class]`: the histogram of the period and type, or −1.
    private let histogramOfCell: Dense<Int32>
    private let classCount: Int
    private let groupCount: Int

    /// What the loop asks of a contact type.
    private struct TypeState {
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
        let acceptableWait: Double
        let shortAbandon: Double
        /// The first opening span that has not ended: its number, start and end; infinite when there is none.
        var span = 0
        var openFrom = Double.infinity
        var openUntil = Double.infinity
    }

    /// `watchingPatience` makes every end of patience an event at its time: slower, the same results, for tests.
    init(_ plan: Blueprint, seed: UInt64, watchingPatience: Bool = false) {
        self.plan = plan
        self.seed = seed
        seen = Observations(plan)
        waits = Dense(repeating: 0, count: plan.classes.count * WaitHistogram.bucketCount)
        waitsByPeriod = Dense(repeating: 0, count: plan.histogramCount * WaitHistogram.bucketCount)
        floor = Floor(plan)
        arrivals = Arrivals(plan)
        draws = ContactDraws(plan)
        types = Dense(
            plan.types.map {
                TypeState(
                    subject: $0.subject, firstClass: $0.firstClass, classCount: $0.classCount,
                    hasPatience: $0.patience != nil,
                    mustWatchPatience: watchingPatience || $0.patience == nil || $0.redial != nil
                        || plan.waitingLimit < Int.max,
                    hasOtherWork: $0.hold != nil || $0.wrapUp != nil,
                    acceptableWait: $0.acceptableWait, shortAbandon: $0.shortAbandon)
            })
        typeOfClass = Dense(plan.classes.map { Int32($0.type) })
        ranks = Dense(plan.classes.map { GroupLists($0.ranks) })
        priorities = Dense(plan.groups.map { GroupLists($0.priorities) })
        handlingFactors = Dense(plan.groups.flatMap(\.handlingFactor))
        presenceDraws = Dense(repeating: 0.5, count: plan.groups.count * plan.dayCount)
        isAbsent = Dense(repeating: false, count: plan.agents.count)
        periodStarts = Dense(plan.periodStarts)
        classCount = plan.classes.count
        groupCount = plan.groups.count
        histogramOfCell = Dense(
            plan.periodStarts.indices.flatMap { p in
                plan.classes.map { plan.histogram[p * plan.types.count + $0.type] }
            })
    }

    deinit {
        seen.free()
        waits.free()
        waitsByPeriod.free()
        types.free()
        typeOfClass.free()
        for i in 0..<ranks.count { ranks[i].free() }
        ranks.free()
        for i in 0..<priorities.count { priorities[i].free() }
        priorities.free()
        handlingFactors.free()
        presenceDraws.free()
        isAbsent.free()
        periodStarts.free()
        histogramOfCell.free()
    }

    /// Plays replication `number` (from 0) from the empty center until nothing is left to happen.
    mutating func play(_ number: Int) {
        begin(number)
        while let event = next() {
            assert(event.time >= now, "time runs forward")
            now = event.time
            let subject = Int(event.subject)
            switch event.kind {
            case .period: startPeriod(subject)
            case .close: close(type: subject)
            case .leave: leave(subject)
            case .pause: pause(subject)
            case .join: join(subject)
            case .finish: finish()
            case .abandon: abandon(subject, generation: event.generation)
            case .redial: redial(subject)
            case .arrive: arrive(type: subject)
            }
            assert(floor.isConsistent(inHand: handlings.count))
            assert(nobodyWaitsInVain())
        }
        end()
    }

    // MARK: Time

    private mutating func begin(_ number: Int) {
        address = RandomAddress(seed: seed, replication: number)
        seen.reset()
        floor.reset()
        for t in 0..<types.count {
            openSpan(0, type: t)
            types[t].watchesPatience = types[t].mustWatchPatience
        }
        handlings.removeAll()
        events.removeAll()
        nextOther = plan.appointments.first?.time ?? .infinity
        now = 0
        period = 0
        sequence = 0
        nextAppointment = 0
        drawAbsences()
        arrivals.begin(address)
        for t in 0..<types.count { drawArrivals(type: t) }
    }

    /// The earliest of what is planned: the end of a handling, an arrival, or something else.
    @inline(__always)
    private mutating func next() -> Event? {
        let finish = handlings.time
        let arrival = arrivals.time
        if nextOther <= min(finish, arrival), let other = nextOther(before: finish, arrival) { return other }
        if finish <= arrival {
            return finish < .infinity ? Event(.finish, at: finish, sequence: 0, subject: 0) : nil
        }
        return Event(.arrive, at: arrival, sequence: 0, subject: arrivals.type)
    }

    /// The earlier of the first planned event and the next appointment, unless a handling ends or somebody arrives
    /// before; appointments of people who are away are passed over.
    @inline(never)
    private mutating func nextOther(before finish: Double, _ arrival: Double) -> Event? {
        while nextAppointment < plan.appointments.count, isVoid(plan.appointments[nextAppointment]) {
            nextAppointment += 1
        }
        var other: Event?
        var isAppointment = false
        if !events.isEmpty { other = events.first }
        if nextAppointment < plan.appointments.count {
            let appointment = plan.appointments[nextAppointment]
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
        let upcoming = nextAppointment < plan.appointments.count ? plan.appointments[nextAppointment].time : .infinity
        nextOther = events.isEmpty ? upcoming : min(events.first.time, upcoming)
        return other
    }

    private func isVoid(_ appointment: Blueprint.Appointment) -> Bool {
        let concernsAgent = appointment.kind == .leave || appointment.kind == .pause || appointment.kind == .join
        return concernsAgent && !appointment.isStaffing && isAbsent[appointment.subject]
    }

    private mutating func schedule(_ kind: Event.Kind, at time: Double, subject: Int, generation: UInt32 = 0) {
        sequence &+= 1
        events.insert(Event(kind, at: time, sequence: sequence, subject: subject, generation: generation))
        if time < nextOther { nextOther = time }
    }

    private mutating func startPeriod(_ p: Int) {
        period = p
        for t in 0..<types.count { noteQueueMax(type: t, at: now.nextDown) }
    }

    /// Notes how many wait of those whose patience ends after `instant`.
    @inline(__always)
    private mutating func noteQueueMax(type t: Int, at instant: Double) {
        let cell = period &* types.count &+ t
        guard Double(floor.waitingByType[t]) > seen.queueMax[cell] else { return }
        if !types[t].watchesPatience { clearQueues(type: t, at: instant) }
        seen.queueMax[cell] = max(seen.queueMax[cell], Double(floor.waitingByType[t]))
    }

    /// Whoever still waits now was neither answered nor gave up: nobody is coming any more.
    private mutating func end() {
        for t in 0..<types.count where !types[t].watchesPatience { clearQueues(type: t, at: .greatestFiniteMagnitude) }
        for c in 0..<floor.queues.count {
            var slot = floor.queues[c].first
            while slot >= 0 {
                let contact = floor.contacts[Int(slot)]
                seen.add(.backlog, 1, cell: Int(contact.cell))
                addQueueTime(contact, until: plan.length)
                slot = contact.next
            }
        }
        for a in 0..<floor.agents.count where floor.agents[a].state != .off && floor.agents[a].state != .away {
            addPresence(a, until: max(now, plan.length))
        }
    }

    // MARK: Contacts

    /// The type's next batch of arrivals and of what they bring with them.
    @inline(never)
    private mutating func drawArrivals(type t: Int) {
        let count = arrivals.draw(type: t, address)
        draws.draw(type: t, from: arrivals.number(type: t), count: count, address)
    }

    @inline(__always)
    private mutating func arrive(type t: Int) {
        let i = arrivals.position(type: t)
        var contact = Floor.Contact()
        contact.number = arrivals.number(type: t)
        contact.handlingFactor = arrivals.handlingFactor(type: t)
        contact.talk = draws.talk(type: t, at: i)
        if types[t].hasOtherWork {
            contact.hold = draws.hold(type: t, at: i)
            contact.wrapUp = draws.wrapUp(type: t, at: i)
        }
        contact.contactClass = Int32(
            truncatingIfNeeded: types[t].classCount == 1
                ? types[t].firstClass : contactClass(type: t, draws.language(type: t, at: i)))
        if !offer(&contact, type: t) {
            if types[t].hasPatience { contact.deadline = now + draws.patience(type: t, at: i, address) }
            wait(contact, type: t)
        }
        if !arrivals.advance(type: t) { drawArrivals(type: t) }
    }

    private mutating func redial(_ slot: Int) {
        var contact = floor.contacts[slot]
        floor.release(slot)
        let t = Int(typeOfClass[Int(contact.contactClass)])
        let fresh = draws.redialed(type: t, index: drawIndex(contact), address)
        contact.talk = fresh.talk
        contact.hold = fresh.hold
        contact.wrapUp = fresh.wrapUp
        if types[t].hasPatience { contact.deadline = now + fresh.patience }
        if !offer(&contact, type: t) { wait(contact, type: t) }
    }

    /// A caller reaches us, for the first time or again; false when all who may serve are taken.
    @inline(__always)
    private mutating func offer(_ contact: inout Floor.Contact, type t: Int) -> Bool {
        let c = Int(contact.contactClass)
        let cell = period &* classCount &+ c
        contact.cell = Int32(truncatingIfNeeded: cell)
        contact.offeredAt = now
        seen.add(.offered, 1, cell: cell)
        if contact.attempt > 0 { seen.add(.redials, 1, cell: cell) }
        guard isOpen(type: t) else {
            seen.add(.turnedAway, 1, cell: cell)
            return true
        }
        let agent = plan.routing.pickAgent.agent(on: floor, ranks[c])
        guard agent >= 0 else { return false }
        floor.endIdle(agent)
        answer(contact, by: agent, type: t)
        return true
    }

    /// A contact joins its queue, if there is room.
    @inline(__always)
    private mutating func wait(_ contact: Floor.Contact, type t: Int) {
        guard floor.waiting < plan.waitingLimit else {
            seen.add(.turnedAway, 1, cell: Int(contact.cell))
            giveUp(contact, type: t)
            return
        }
        let slot = floor.keep(contact)
        floor.enqueue(slot, type: t)
        noteQueueMax(type: t, at: now)
        if types[t].hasPatience { watchPatience(slot, type: t) }
    }

    /// Talk, hold and after-contact work begin; the agent must already be out of the idle list.
    @inline(__always)
    private mutating func answer(_ contact: Floor.Contact, by a: Int, type t: Int) {
        let c = Int(contact.contactClass)
        let cell = Int(contact.cell)
        let wait = now - contact.offeredAt
        let g = Int(floor.agents[a].group)
        let factor = contact.handlingFactor * handlingFactors[g &* classCount &+ c]
        let talk = contact.talk * factor
        var length = talk
        seen.add(.answered, 1, cell: cell)
        seen.add(.waitAnswered, wait, cell: cell)
        if wait <= types[t].acceptableWait { seen.add(.answeredInTime, 1, cell: cell) }
        seen.add(.talk, talk, cell: cell)
        if types[t].hasOtherWork {
            let hold = contact.hold * factor
            let wrapUp = contact.wrapUp * factor
            seen.add(.hold, hold, cell: cell)
            seen.add(.wrapUp, wrapUp, cell: cell)
            length = talk + hold + wrapUp
        }
        seen.groups[
            (period &* groupCount &+ g) &* Observations.Group.count &+ Observations.Group.answered.rawValue] += 1
        let bucket = WaitHistogram.bucket(wait)
        waits[c &* WaitHistogram.bucketCount &+ bucket] &+= 1
        let histogram = Int(histogramOfCell[cell])
        if histogram >= 0 { waitsByPeriod[histogram &* WaitHistogram.bucketCount &+ bucket] &+= 1 }

        floor.agents[a].state = .busy
        floor.agents[a].busySince = now
        handlings.begin(a, until: now + length)
    }

    @inline(__always)
    private mutating func finish() {
        let a = handlings.end()
        spread(from: floor.agents[a].busySince, to: now, group: Int(floor.agents[a].group), .busy)
        seek(a)
        handlings.settle()
    }

    /// An agent with free hands goes home, takes a break that is due, takes a waiting contact, or becomes idle.
    private mutating func seek(_ a: Int) {
        let g = Int(floor.agents[a].group)
        if floor.agents[a].isLeaving
            || (plan.groups[g].usesCurve && floor.groups[g].dutyCount > floor.groups[g].dutyWanted)
        {
            goHome(a)
            return
        }
        if floor.agents[a].pauseDue > 0 {
            goAway(a, seconds: floor.agents[a].pauseDue)
            return
        }
        var slot = plan.routing.pickContact.contact(on: floor, priorities[g])
        // Whoever hung up before now and was not noticed yet leaves the queue; then the question is asked again.
        while slot >= 0, floor.contacts[slot].deadline < now {
            hangUp(slot, type: Int(typeOfClass[Int(floor.contacts[slot].contactClass)]))
            slot = plan.routing.pickContact.contact(on: floor, priorities[g])
        }
        if slot >= 0 {
            let t = Int(typeOfClass[Int(floor.contacts[slot].contactClass)])
            floor.dequeue(slot, type: t)
            addQueueTime(floor.contacts[slot], until: now)
            answer(floor.contacts[slot], by: a, type: t)
            floor.release(slot)
        } else {
            floor.makeIdle(a)
        }
    }

    // MARK: Patience

    /// How many of a type wait before their patience is watched: below, looking through the queue is cheap.
    private static var crowd: Int { 64 }

    /// Sees to it that the end of a contact's patience is noticed in time.
    ///
    /// Usually it need not be an event: whoever looks at a queue (an agent, the longest-queue figure, closing, the end)
    /// sees from the deadline who hung up before, and the contact is then counted with the time at which it did. An
    /// event for each would double what is planned. In long queues looking would take longer than events do.
    @inline(__always)
    private mutating func watchPatience(_ slot: Int, type t: Int) {
        if types[t].watchesPatience {
            if floor.waitingByType[t] > 1 || types[t].mustWatchPatience {
                planAbandonment(slot)
            } else {
                types[t].watchesPatience = false
            }
        } else if floor.waitingByType[t] >= Self.crowd {
            watchCrowd(type: t)
        }
    }

    private mutating func planAbandonment(_ slot: Int) {
        schedule(
            .abandon, at: floor.contacts[slot].deadline, subject: slot, generation: floor.contacts[slot].generation)
    }

    /// From now until the queues are empty the type's patience ends by events.
    @inline(never)
    private mutating func watchCrowd(type t: Int) {
        clearQueues(type: t, at: now)
        guard floor.waitingByType[t] >= Self.crowd else { return }
        types[t].watchesPatience = true
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            var slot = floor.queues[c].first
            while slot >= 0 {
                planAbandonment(Int(slot))
                slot = floor.contacts[Int(slot)].next
            }
        }
    }

    /// Takes those out of the type's queues whose patience ended at `instant` or before.
    @inline(never)
    private mutating func clearQueues(type t: Int, at instant: Double) {
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            var slot = floor.queues[c].first
            while slot >= 0 {
                let next = floor.contacts[Int(slot)].next
                if floor.contacts[Int(slot)].deadline <= instant { hangUp(Int(slot), type: t) }
                slot = next
            }
        }
    }

    private mutating func abandon(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let contact = floor.contacts[slot]
        let t = Int(typeOfClass[Int(contact.contactClass)])
        hangUp(slot, type: t)
        giveUp(contact, type: t)
    }

    /// A waiting contact's patience has ended, at its deadline.
    private mutating func hangUp(_ slot: Int, type t: Int) {
        let contact = floor.contacts[slot]
        floor.dequeue(slot, type: t)
        floor.release(slot)
        let cell = Int(contact.cell)
        let wait = contact.deadline - contact.offeredAt
        addQueueTime(contact, until: contact.deadline)
        seen.add(.abandoned, 1, cell: cell)
        seen.add(.waitAbandoned, wait, cell: cell)
        if wait <= types[t].acceptableWait { seen.add(.abandonedInTime, 1, cell: cell) }
        if wait <= types[t].shortAbandon { seen.add(.shortAbandoned, 1, cell: cell) }
    }

    /// One who hung up or was blocked calls again, or not.
    private mutating func giveUp(_ contact: Floor.Contact, type t: Int) {
        guard let redial = plan.types[t].redial, Int(contact.attempt) < redial.atMost else { return }
        let index = drawIndex(contact)
        guard address.uniform(subject: types[t].subject, .redial, index: index) < redial.share else { return }
        let delay = redial.delay.quantile(address.uniform(subject: types[t].subject, .redialDelay, index: index))
        guard now + delay < plan.length else { return }
        let slot = floor.keep(contact)
        floor.contacts[slot].attempt += 1
        schedule(.redial, at: now + delay, subject: slot)
    }

    /// Opening hours of a type end and those who wait are sent away.
    private mutating func close(type t: Int) {
        if !types[t].watchesPatience { clearQueues(type: t, at: now.nextDown) }
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            while floor.queues[c].first >= 0 {
                let slot = Int(floor.queues[c].first)
                floor.dequeue(slot, type: t)
                addQueueTime(floor.contacts[slot], until: now)
                seen.add(.turnedAway, 1, cell: Int(floor.contacts[slot].cell))
                floor.release(slot)
            }
        }
    }

    // MARK: Agents

    /// A shift begins, a break is over, or a staffing curve changes.
    private mutating func join(_ subject: Int) {
        if subject < 0 {
            changeStaffing(plan.appointments[-subject - 1])
            return
        }
        let state = floor.agents[subject].state
        // A break's end counts only while the break lasts; a shift's start only for those who are off.
        guard state == .away || (state == .off && !floor.agents[subject].isLeaving) else { return }
        comeOnDuty(subject)
    }

    private mutating func comeOnDuty(_ a: Int) {
        floor.agents[a].presentSince = now
        seek(a)
    }

    private mutating func leave(_ a: Int) {
        switch floor.agents[a].state {
        case .busy: floor.agents[a].isLeaving = true
        case .idle:
            floor.endIdle(a)
            goHome(a)
        case .away, .off:
            floor.agents[a].state = .off
            floor.agents[a].isLeaving = true
        }
    }

    private mutating func pause(_ a: Int) {
        let seconds = plan.appointments[nextAppointment - 1].amount
        switch floor.agents[a].state {
        case .busy: floor.agents[a].pauseDue += seconds
        case .idle:
            floor.endIdle(a)
            goAway(a, seconds: seconds)
        case .away:
            // A break that was taken late reaches into the next one, which follows at once.
            floor.agents[a].pauseDue += seconds
        case .off: break
        }
    }

    private mutating func goAway(_ a: Int, seconds: Double) {
        addPresence(a, until: now)
        floor.agents[a].state = .away
        floor.agents[a].pauseDue = 0
        schedule(.join, at: now + seconds, subject: a)
    }

    private mutating func goHome(_ a: Int) {
        addPresence(a, until: now)
        floor.agents[a].state = .off
        let g = Int(floor.agents[a].group)
        if plan.groups[g].usesCurve {
            floor.groups[g].dutyCount -= 1
            floor.returnOffSlot(a)
        } else {
            floor.agents[a].isLeaving = true
        }
    }

    /// Brings a group under a staffing curve to its new number: the idle leave first (those idle longest), the others
    /// when they are through; those about to leave stay if they are wanted again.
    private mutating func changeStaffing(_ change: Blueprint.Appointment) {
        let g = change.subject
        let draw = presenceDraws[g * plan.dayCount + change.day]
        let wanted = Int((change.amount * plan.presence + draw).rounded(.down))
        floor.groups[g].dutyWanted = wanted
        while floor.groups[g].dutyCount > wanted, floor.groups[g].idleFirst >= 0 {
            let a = Int(floor.groups[g].idleFirst)
            floor.endIdle(a)
            goHome(a)
        }
        while floor.groups[g].dutyCount < wanted {
            floor.groups[g].dutyCount += 1
            comeOnDuty(floor.takeOffSlot(g))
        }
    }

    /// Who is away today. Everybody is present with chance 1 − shrinkage, and the group's head-count on a day is its
    /// mean rounded up or down (systematic sampling): planners place leave so that it evens out.
    private mutating func drawAbsences() {
        for g in 0..<plan.groups.count {
            for d in 0..<plan.dayCount {
                presenceDraws[g * plan.dayCount + d] = address.uniform(subject: g, .absence, index: UInt64(d))
            }
        }
        guard plan.presence < 1 else { return }
        for a in 0..<plan.agents.count {
            let agent = plan.agents[a]
            if plan.groups[agent.group].usesCurve { continue }
            let u = presenceDraws[agent.group * plan.dayCount + agent.day]
            let before = (Double(agent.number) * plan.presence + u).rounded(.down)
            let after = (Double(agent.number + 1) * plan.presence + u).rounded(.down)
            isAbsent[a] = after <= before
        }
    }

    // MARK: Small questions

    @inline(__always)
    private func drawIndex(_ contact: borrowing Floor.Contact) -> UInt64 {
        contact.number &+ UInt64(truncatingIfNeeded: contact.attempt) << 40
    }

    private func contactClass(type t: Int, _ u: Double) -> Int {
        let first = types[t].firstClass
        let count = types[t].classCount
        for i in 0..<(count &- 1) where u < plan.types[t].languageBounds[i] { return first &+ i }
        return first &+ count &- 1
    }

    @inline(__always)
    private func isOpen(type t: Int) -> Bool {
        // Time only runs forward, so spans that have ended are passed over once.
        while types[t].openUntil <= now { openSpan(types[t].span + 1, type: t) }
        return types[t].openFrom <= now
    }

    private func openSpan(_ span: Int, type t: Int) {
        let spans = plan.types[t].open
        types[t].span = span
        types[t].openFrom = span < spans.count ? spans[span].start : .infinity
        types[t].openUntil = span < spans.count ? spans[span].end : .infinity
    }

    @inline(__always)
    private func addQueueTime(_ contact: Floor.Contact, until end: Double) {
        let cell = Int(contact.cell)
        if contact.offeredAt >= periodStarts[period] {
            // Usually within one period; what lies beyond the horizon counts to none.
            let last = min(end, plan.length)
            if last > contact.offeredAt { seen.add(.queue, last - contact.offeredAt, cell: cell) }
        } else {
            addLongQueueTime(contact, until: end)
        }
    }

    private func addLongQueueTime(_ contact: Floor.Contact, until end: Double) {
        let end = min(end, plan.length)
        let c = Int(contact.contactClass)
        var p = Int(contact.cell) / classCount
        var from = contact.offeredAt
        while p < period, periodStarts[p + 1] < end {
            seen.add(.queue, periodStarts[p + 1] - from, cell: p * classCount + c)
            from = periodStarts[p + 1]
            p += 1
        }
        if end > from { seen.add(.queue, end - from, cell: p * classCount + c) }
    }

    private func addPresence(_ a: Int, until end: Double) {
        spread(from: floor.agents[a].presentSince, to: end, group: Int(floor.agents[a].group), .present)
    }

    /// Adds seconds to the periods in which they passed; what lies beyond the horizon counts to no period.
    @inline(__always)
    private func spread(from start: Double, to end: Double, group g: Int, _ column: Observations.Group) {
        let width = Observations.Group.count
        var end = min(end, plan.length)
        guard start < end else { return }
        var p = period
        // Walks backwards from now: most spans lie within the current period.
        while p > 0, periodStarts[p] > start {
            let border = periodStarts[p]
            if end > border {
                seen.groups[(p * groupCount + g) * width + column.rawValue] += end - border
                end = border
            }
            p -= 1
        }
        seen.groups[(p * groupCount + g) * width + column.rawValue] += end - start
    }

    /// The promise of routing, recounted after each event in debug builds: no contact waits while an agent who may
    /// serve it is idle.
    private func nobodyWaitsInVain() -> Bool {
        for c in 0..<floor.queues.count where floor.queues[c].count > 0 {
            if floor.longestIdle(ranks[c]) >= 0 { return false }
        }
        return true
    }
}
