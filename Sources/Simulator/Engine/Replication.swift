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
    private var events = EventQueue()
    private var arrivals: Arrivals
    private var address = RandomAddress(seed: 0, replication: 0)
    private var now = 0.0
    private var period = 0
    private var sequence: UInt64 = 0
    private var nextAppointment = 0

    private let types: Dense<Blueprint.TypePlan>
    /// The first opening span of each type that has not ended.
    private let openSpan: Dense<Int>
    private let typeOfClass: Dense<Int32>
    private let ranks: Dense<GroupLists>
    private let priorities: Dense<GroupLists>
    /// `[group][class]`.
    private let handlingFactors: Dense<Double>
    /// `[group][day]`, the uniform that rounds the number present; and who is away today, by agent.
    private let presenceDraws: Dense<Double>
    private let isAbsent: Dense<Bool>

    init(_ plan: Blueprint, seed: UInt64) {
        self.plan = plan
        self.seed = seed
        seen = Observations(plan)
        waits = Dense(repeating: 0, count: plan.classes.count * WaitHistogram.bucketCount)
        waitsByPeriod = Dense(repeating: 0, count: plan.histogramCount * WaitHistogram.bucketCount)
        floor = Floor(plan)
        arrivals = Arrivals(plan)
        types = Dense(plan.types)
        openSpan = Dense(repeating: 0, count: plan.types.count)
        typeOfClass = Dense(plan.classes.map { Int32($0.type) })
        ranks = Dense(plan.classes.map { GroupLists($0.ranks) })
        priorities = Dense(plan.groups.map { GroupLists($0.priorities) })
        handlingFactors = Dense(plan.groups.flatMap(\.handlingFactor))
        presenceDraws = Dense(repeating: 0.5, count: plan.groups.count * plan.dayCount)
        isAbsent = Dense(repeating: false, count: plan.agents.count)
    }

    deinit {
        seen.free()
        waits.free()
        waitsByPeriod.free()
        types.free()
        openSpan.free()
        typeOfClass.free()
        for i in 0..<ranks.count { ranks[i].free() }
        ranks.free()
        for i in 0..<priorities.count { priorities[i].free() }
        priorities.free()
        handlingFactors.free()
        presenceDraws.free()
        isAbsent.free()
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
            case .finish: finish(subject)
            case .abandon: abandon(subject, generation: event.generation)
            case .redial: redial(subject)
            case .arrive: arrive(type: subject)
            }
            assert(floor.isConsistent(types: typeOfClass))
            assert(nobodyWaitsInVain())
        }
        end()
    }

    // MARK: Time

    private mutating func begin(_ number: Int) {
        address = RandomAddress(seed: seed, replication: number)
        seen.reset()
        floor.reset()
        openSpan.fill(0)
        events.removeAll()
        now = 0
        period = 0
        sequence = 0
        nextAppointment = 0
        drawAbsences()
        arrivals.begin(address)
        for t in 0..<types.count { planArrival(type: t) }
    }

    /// The earlier of the next planned event and the next appointment; appointments of people who are away are
    /// passed over.
    private mutating func next() -> Event? {
        while nextAppointment < plan.appointments.count {
            let appointment = plan.appointments[nextAppointment]
            if !events.isEmpty {
                let first = events.first
                if first.time < appointment.time
                    || (first.time == appointment.time && first.kind.rawValue < appointment.kind.rawValue)
                {
                    return events.removeFirst()
                }
            }
            nextAppointment += 1
            let concernsAgent = appointment.kind == .leave || appointment.kind == .pause || appointment.kind == .join
            if concernsAgent, !appointment.isStaffing, isAbsent[appointment.subject] { continue }
            // Staffing changes are told from joins by a subject below zero; both find the rest by the index.
            let subject = appointment.isStaffing ? -nextAppointment : appointment.subject
            return Event(appointment.kind, at: appointment.time, sequence: 0, subject: subject)
        }
        return events.isEmpty ? nil : events.removeFirst()
    }

    private mutating func schedule(_ kind: Event.Kind, at time: Double, subject: Int, generation: UInt32 = 0) {
        sequence &+= 1
        events.insert(Event(kind, at: time, sequence: sequence, subject: subject, generation: generation))
    }

    private mutating func startPeriod(_ p: Int) {
        period = p
        for t in 0..<types.count { noteQueueMax(type: t) }
    }

    private func noteQueueMax(type: Int) {
        let cell = period &* types.count &+ type
        let length = Double(floor.waitingByType[type])
        if length > seen.queueMax[cell] { seen.queueMax[cell] = length }
    }

    /// Whoever still waits now was neither answered nor gave up: nobody is coming any more.
    private mutating func end() {
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

    private mutating func planArrival(type t: Int) {
        let time = arrivals.next(type: t, address)
        if time < .infinity { schedule(.arrive, at: time, subject: t) }
    }

    private mutating func arrive(type t: Int) {
        let slot = floor.openContact()
        floor.contacts[slot].number = arrivals.number(type: t)
        floor.contacts[slot].handlingFactor = arrivals.handlingFactor(type: t)
        floor.contacts[slot].attempt = 0
        planArrival(type: t)
        offer(slot, type: t)
    }

    private mutating func redial(_ slot: Int) {
        let t = Int(typeOfClass[Int(floor.contacts[slot].contactClass)])
        offer(slot, type: t)
    }

    /// A caller reaches us, for the first time or again.
    private mutating func offer(_ slot: Int, type t: Int) {
        let contact = floor.contacts.base + slot
        let isRedial = contact.pointee.attempt > 0
        let u = address.uniforms(subject: types[t].subject, .contact, index: drawIndex(contact.pointee))
        if !isRedial { contact.pointee.contactClass = Int32(truncatingIfNeeded: contactClass(type: t, u.3)) }
        let c = Int(contact.pointee.contactClass)
        let cell = period &* plan.classes.count &+ c
        contact.pointee.cell = Int32(truncatingIfNeeded: cell)
        contact.pointee.offeredAt = now
        contact.pointee.talk = u.1
        contact.pointee.wrapUp = u.2
        seen.add(.offered, 1, cell: cell)
        if isRedial { seen.add(.redials, 1, cell: cell) }
        guard isOpen(type: t) else {
            seen.add(.turnedAway, 1, cell: cell)
            floor.closeContact(slot)
            return
        }
        let agent = plan.routing.pickAgent.agent(on: floor, ranks[c])
        if agent >= 0 {
            floor.endIdle(agent)
            answer(slot, by: agent, type: t)
            return
        }
        guard floor.waiting < plan.waitingLimit else {
            seen.add(.turnedAway, 1, cell: cell)
            giveUp(slot, type: t)
            return
        }
        floor.enqueue(slot, type: t)
        noteQueueMax(type: t)
        if let patience = types[t].patience {
            schedule(
                .abandon, at: now + patience.quantile(u.0), subject: slot,
                generation: floor.contacts[slot].generation)
        }
    }

    /// Talk, hold and after-contact work begin; the agent must already be out of the idle list.
    private mutating func answer(_ slot: Int, by a: Int, type t: Int) {
        let contact = floor.contacts[slot]
        let c = Int(contact.contactClass)
        let cell = Int(contact.cell)
        let wait = now - contact.offeredAt
        let g = Int(floor.agents[a].group)
        let factor = contact.handlingFactor * handlingFactors[g &* plan.classes.count &+ c]
        let talk = types[t].talk.quantile(contact.talk) * factor
        let wrapUp = types[t].wrapUp.map { $0.quantile(contact.wrapUp) * factor } ?? 0
        var hold = 0.0
        if let distribution = types[t].hold {
            let u = address.uniforms(subject: types[t].subject, .aftermath, index: drawIndex(contact))
            hold = distribution.quantile(u.0) * factor
        }
        seen.add(.answered, 1, cell: cell)
        seen.add(.waitAnswered, wait, cell: cell)
        if wait <= types[t].acceptableWait { seen.add(.answeredInTime, 1, cell: cell) }
        seen.add(.talk, talk, cell: cell)
        seen.add(.hold, hold, cell: cell)
        seen.add(.wrapUp, wrapUp, cell: cell)
        seen.groups[
            (period &* plan.groups.count &+ g) &* Observations.Group.count
                &+ Observations.Group.answered.rawValue] += 1
        let bucket = WaitHistogram.bucket(wait)
        waits[c &* WaitHistogram.bucketCount &+ bucket] &+= 1
        let histogram = Int(plan.histogram[cell / plan.classes.count &* types.count &+ t])
        if histogram >= 0 { waitsByPeriod[histogram &* WaitHistogram.bucketCount &+ bucket] &+= 1 }

        floor.agents[a].state = .busy
        floor.agents[a].busySince = now
        floor.agents[a].contact = Int32(truncatingIfNeeded: slot)
        schedule(.finish, at: now + talk + hold + wrapUp, subject: a)
    }

    private mutating func finish(_ a: Int) {
        floor.closeContact(Int(floor.agents[a].contact))
        floor.agents[a].contact = -1
        spread(from: floor.agents[a].busySince, to: now, group: Int(floor.agents[a].group), .busy)
        seek(a)
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
        let slot = plan.routing.pickContact.contact(on: floor, priorities[g])
        if slot >= 0 {
            let t = Int(typeOfClass[Int(floor.contacts[slot].contactClass)])
            floor.dequeue(slot, type: t)
            addQueueTime(floor.contacts[slot], until: now)
            answer(slot, by: a, type: t)
        } else {
            floor.makeIdle(a)
        }
    }

    private mutating func abandon(_ slot: Int, generation: UInt32) {
        guard floor.contacts[slot].generation == generation else { return }
        let t = Int(typeOfClass[Int(floor.contacts[slot].contactClass)])
        floor.dequeue(slot, type: t)
        let contact = floor.contacts[slot]
        let cell = Int(contact.cell)
        let wait = now - contact.offeredAt
        addQueueTime(contact, until: now)
        seen.add(.abandoned, 1, cell: cell)
        seen.add(.waitAbandoned, wait, cell: cell)
        if wait <= types[t].acceptableWait { seen.add(.abandonedInTime, 1, cell: cell) }
        if wait <= types[t].shortAbandon { seen.add(.shortAbandoned, 1, cell: cell) }
        giveUp(slot, type: t)
    }

    /// One who hung up or was blocked calls again, or not.
    private mutating func giveUp(_ slot: Int, type t: Int) {
        let contact = floor.contacts[slot]
        if let redial = types[t].redial, Int(contact.attempt) < redial.atMost {
            let u = address.uniforms(subject: types[t].subject, .aftermath, index: drawIndex(contact))
            let time = now + redial.delay.quantile(u.2)
            if u.1 < redial.share, time < plan.length {
                floor.contacts[slot].attempt += 1
                schedule(.redial, at: time, subject: slot)
                return
            }
        }
        floor.closeContact(slot)
    }

    /// Opening hours of a type end and those who wait are sent away.
    private mutating func close(type t: Int) {
        for c in types[t].firstClass..<(types[t].firstClass + types[t].classCount) {
            while floor.queues[c].first >= 0 {
                let slot = Int(floor.queues[c].first)
                floor.dequeue(slot, type: t)
                addQueueTime(floor.contacts[slot], until: now)
                seen.add(.turnedAway, 1, cell: Int(floor.contacts[slot].cell))
                floor.closeContact(slot)
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
                let u = address.uniforms(subject: g, .absence, index: UInt64(d))
                presenceDraws[g * plan.dayCount + d] = u.0
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

    @inline(__always)
    private func contactClass(type t: Int, _ u: Double) -> Int {
        let first = types[t].firstClass
        let count = types[t].classCount
        for i in 0..<(count &- 1) where u < types[t].languageBounds[i] { return first &+ i }
        return first &+ count &- 1
    }

    /// Time only runs forward, so spans that have ended are passed over once.
    private func isOpen(type t: Int) -> Bool {
        let spanCount = types[t].open.count
        var i = openSpan[t]
        while i < spanCount, types[t].open[i].end <= now { i &+= 1 }
        openSpan[t] = i
        return i < spanCount && types[t].open[i].start <= now
    }

    private func addQueueTime(_ contact: Floor.Contact, until end: Double) {
        let classCount = plan.classes.count
        let c = Int(contact.contactClass)
        var p = Int(contact.cell) / classCount
        var from = contact.offeredAt
        while p < period, from < end {
            let border = plan.periodStarts[p + 1]
            seen.add(.queue, border - from, cell: p * classCount + c)
            from = border
            p += 1
        }
        let last = min(end, plan.length)
        if last > from { seen.add(.queue, last - from, cell: p * classCount + c) }
    }

    private func addPresence(_ a: Int, until end: Double) {
        spread(from: floor.agents[a].presentSince, to: end, group: Int(floor.agents[a].group), .present)
    }

    /// Adds seconds to the periods in which they passed; what lies beyond the horizon counts to no period.
    private func spread(from start: Double, to end: Double, group g: Int, _ column: Observations.Group) {
        let groupCount = plan.groups.count
        let width = Observations.Group.count
        var end = min(end, plan.length)
        guard start < end else { return }
        var p = period
        // Walks backwards from now: most spans lie within the current period.
        while p > 0, plan.periodStarts[p] > start {
            let border = plan.periodStarts[p]
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
