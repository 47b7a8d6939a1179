import Center
import Probability
import Queueing

/// Who comes on duty, goes on breaks and goes home.
extension Replication {
    /// A shift begins, a break is over, or a staffing curve changes.
    mutating func beginDuty(_ subject: Int) {
        if subject < 0 {
            changeStaffing(clock.appointments[-subject - 1])
            return
        }
        let state = floor.agents[subject].state
        // A break's end counts only while the break lasts; a shift's start only for those who are off.
        guard state == .away || (state == .off && !floor.agents[subject].isLeaving) else { return }
        comeOnDuty(subject)
    }

    @inline(never)
    mutating func comeOnDuty(_ a: Int) {
        floor.agents[a].presentSince = clock.now
        handlings.seat(a)
        diary?.write(clock.now, .onDuty(agent: a))
        _ = seek(a)
    }

    mutating func leave(_ a: Int) {
        switch floor.agents[a].state {
        case .busy:
            // Where the contact in hand is handed back anyway, so is this one.
            if !plan.handsBack, putAside(a) {
                // Deferred work can wait; whoever waits on the line at closing cannot.
                if floor.waiting > 0, plan.servesWaiting {
                    owed += 1
                    floor.agents[a].isLeaving = true
                    diary?.write(clock.now, .due(agent: a))
                    if serveOut(a, group: Int(floor.agents[a].group)) { return }
                    owed -= 1
                }
                goHome(a)
                return
            }
            if !isOwed(a) { owed += 1 }
            floor.agents[a].isLeaving = true
            diary?.write(clock.now, .due(agent: a))
            noteHands(a)
            guard plan.handsBack, leaveToOthers(a) else { return }
            owed -= 1
            goHome(a)
        case .idle:
            floor.endIdle(a)
            goHome(a)
        case .away, .off:
            floor.agents[a].state = .off
            floor.agents[a].isLeaving = true
            diary?.write(clock.now, .offDuty(agent: a))
        }
    }

    mutating func pause(_ a: Int) {
        let seconds = clock.appointments[clock.nextAppointment - 1].amount
        switch floor.agents[a].state {
        case .busy:
            if seconds > 0, putAside(a) {
                goAway(a, seconds: seconds + floor.agents[a].pauseDue)
                return
            }
            if !isOwed(a), seconds > 0 { owed += 1 }
            floor.agents[a].pauseDue += seconds
            if seconds > 0 { diary?.write(clock.now, .due(agent: a)) }
            noteHands(a)
        case .idle:
            floor.endIdle(a)
            goAway(a, seconds: seconds)
        case .away:
            // A break that was taken late reaches into the next one, which follows at once.
            floor.agents[a].pauseDue += seconds
        case .off: break
        }
    }

    @inline(never)
    mutating func goAway(_ a: Int, seconds: Double) {
        addPresence(a, until: clock.now)
        floor.agents[a].state = .away
        floor.agents[a].pauseDue = 0
        diary?.write(clock.now, .pause(agent: a, until: clock.now + seconds))
        handlings.unseat(a)
        clock.schedule(.beginDuty, at: clock.now + seconds, subject: a)
    }

    /// `reduced`: under a staffing curve, whether this one goes because fewer are wanted from now on.
    @inline(never)
    mutating func goHome(_ a: Int, reduced: Bool = false) {
        addPresence(a, until: clock.now)
        floor.agents[a].state = .off
        diary?.write(clock.now, .offDuty(agent: a))
        handlings.unseat(a)
        let g = Int(floor.agents[a].group)
        let isOver = plan.groups[g].usesCurve && floor.groups[g].surplus > 0
        // Whoever has been one too many for longest goes first.
        var end = plan.agents[a].shiftEnd
        if isOver {
            end = (reduced ? reductions[g].last : reductions[g].first) ?? clock.now
            if !reductions[g].isEmpty { reductions[g].remove(at: reduced ? reductions[g].count - 1 : 0) }
        }
        if clock.now > end { ledger.addTime(from: end, to: clock.now, group: g, .overtime) }
        if plan.groups[g].usesCurve {
            if floor.groups[g].surplus > 0 { owed -= 1 }
            floor.groups[g].dutyCount -= 1
            floor.returnOffSlot(a)
        } else {
            floor.agents[a].isLeaving = true
        }
    }

    /// Brings a group under a staffing curve to its new number: the idle leave first (those idle longest), the others
    /// when they are through; those about to leave stay if they are wanted again.
    mutating func changeStaffing(_ change: Blueprint.Appointment) {
        let g = change.subject
        let draw = presenceDraws[g * plan.dayCount + change.day]
        let wanted = plan.absences.present(change.amount, draw: draw) { path in
            plan.staysAway(address, group: g, day: change.day, path: path)
        }
        owed -= floor.groups[g].surplus
        floor.groups[g].dutyWanted = wanted
        owed += floor.groups[g].surplus
        while reductions[g].count > floor.groups[g].surplus { reductions[g].removeLast() }
        while reductions[g].count < floor.groups[g].surplus { reductions[g].append(clock.now) }
        diary?.write(clock.now, .surplus(group: g, floor.groups[g].surplus))
        while floor.groups[g].dutyCount > wanted, floor.groups[g].idleFirst >= 0 {
            let a = Int(floor.groups[g].idleFirst)
            floor.endIdle(a)
            goHome(a, reduced: true)
        }
        while plan.flows.putsAside, !plan.handsBack, floor.groups[g].dutyCount > wanted,
            let a = plan.groups[g].agents.last(where: { floor.agents[$0].state == .busy && canPutAside($0) }),
            putAside(a)
        {
            if floor.waiting > 0, plan.servesWaiting, serveOut(a, group: g) { continue }
            goHome(a, reduced: true)
        }
        if plan.handsBack {
            while floor.groups[g].dutyCount > wanted, let a = latestToBegin(group: g) {
                // An agent who has other after-contact work left goes when it is done.
                if leaveToOthers(a) { goHome(a, reduced: true) }
            }
        }
        while floor.groups[g].dutyCount < wanted {
            floor.groups[g].dutyCount += 1
            comeOnDuty(floor.takeOffSlot(g))
        }
    }

    // MARK: What can wait for another day, and what cannot

    /// Whether an agent has nothing in hand but deferred work that waits when nobody is with it.
    mutating func canPutAside(_ a: Int) -> Bool {
        plan.flows.putsAside && floor.agents[a].atEnd == .kept
            && plan.types[Int(typeOfQueue[Int(inHand[a].queue)])].isPutAside
    }

    /// An agent who has only such work in hand is called away: the work goes back to its list; whether that is so. The
    /// agent is neither busy nor idle then, and owes nothing.
    mutating func putAside(_ a: Int) -> Bool {
        guard canPutAside(a) else { return false }
        if isOwed(a) { owed -= 1 }
        putBack(takeBack(a))
        return true
    }

    /// An agent who would go home takes a contact of a live type that has closed: those who wait are served until
    /// nobody is left.
    @inline(never)
    mutating func serveOut(_ a: Int, group g: Int) -> Bool {
        for level in 0..<priorities[g].levelCount {
            while true {
                var best = -1
                for queue in priorities[g].level(level) {
                    let t = Int(typeOfQueue[Int(queue)])
                    let first = Int(floor.queues[Int(queue)].first)
                    guard first >= 0, !types[t].isDeferred, !isOpen(type: t) else { continue }
                    if best < 0 || floor.contacts[first].waitOrder < floor.contacts[best].waitOrder { best = first }
                }
                guard best >= 0 else { break }
                let contact = floor.contacts.place(best)
                if contact.pointee.deadline >= clock.now { return takeWaiting(best, contact, by: a) }
                countAbandoned(best, type: Int(typeOfQueue[Int(contact.pointee.queue)]))
                floor.release(best, contact)
            }
        }
        return false
    }

    /// Whether an agent on a contact goes home or takes a break when it ends.
    mutating func isOwed(_ a: Int) -> Bool {
        floor.agents[a].isLeaving || floor.agents[a].pauseDue > 0
    }

    /// Who is away today. Where leave evens out, everybody is present with the same chance, and the number present in
    /// the group is its mean rounded up or down (systematic sampling); unplanned absences are drawn for each person
    /// alone.
    mutating func drawAbsences() {
        for g in 0..<plan.groups.count {
            for d in 0..<plan.dayCount {
                presenceDraws[g * plan.dayCount + d] = plan.dayDraws.absence(address, group: g, day: d)
            }
        }
        defer { if let day = plan.runningDay { drawPresence(day) } }
        guard plan.absences.evenedOut > 0 || plan.absences.unplanned > 0 else { return }
        for a in 0..<plan.agents.count {
            let agent = plan.agents[a]
            if plan.groups[agent.group].usesCurve { continue }
            clock.isAbsent[a] =
                !plan.absences.isIn(
                    number: agent.number, draw: presenceDraws[agent.group * plan.dayCount + agent.day])
                || plan.staysAway(address, group: agent.group, day: agent.day, path: agent.path)
            if clock.isAbsent[a] { diary?.isAbsent(a) }
        }
    }

    /// What is known before the first contact, with the shifts of those who come late, stray or lose time as they are in
    /// this replication.
    mutating func drawnAppointments() -> [Blueprint.Appointment] {
        guard !plan.drawnShifts.isEmpty else { return plan.appointments }
        return Blueprint.ordered(plan.appointments + plan.drawnAppointments(address))
    }
}

extension Blueprint {
    /// What becomes of the drawn shifts in a replication.
    func drawnAppointments(_ address: RandomAddress) -> [Appointment] {
        drawnShifts.flatMap { shift -> [Appointment] in
            let agent = agents[shift.agent]
            let drawn = DrawnDay(shift.timeSpan, shift.pauses, shift.timekeeping, inShift: absences.inShift) {
                // Room for 16 shifts of a person on a day, and for 64 times of a shift.
                address.uniform(
                    subject: agent.group, $0, index: UInt64(agent.day << 10 | shift.turn << 6 | $1), path: agent.path)
            }
            guard let timeSpan = drawn.shift, timeSpan.end > 0 else { return [] }
            return Self.appointments(agent: shift.agent, day: agent.day, shift: timeSpan, pauses: drawn.pauses)
        }
    }
}
