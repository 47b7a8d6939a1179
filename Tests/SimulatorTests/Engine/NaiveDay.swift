import Queueing

@testable import Center
@testable import Probability
@testable import Simulator

/// The simulator as one would write it first: one list of what is planned, searched from end to end; lists of people
/// and contacts; every draw asked for one by one. It shares the laid-out scenario and the addresses of the draws with
/// the engine, and not a line of its loop.
struct NaiveDay {
    struct Caller {
        var type: Int, number: UInt64, attempt = 0, contactClass: Int, factor: Double, offeredAt = 0.0
        var found: Diary.Queued?
        /// What is left of one that was handed back, how often it was, and since when it waits again.
        var left = Floor.Work()
        var timesHandedBack = 0, waitsSince = 0.0
        var index: UInt64 { number | UInt64(attempt) << 40 }
    }
    enum Subject {
        case caller(Caller), agent(Int), appointment(Int), arrival(Caller)
    }
    struct Planned {
        var time: Double, kind: Event.Kind, order: Int, subject: Subject, wait = -1
    }

    let plan: Blueprint
    let address: RandomAddress
    var entries: [Diary.Entry] = []
    /// By class, the agents who may serve it.
    private let able: [Set<Int>]
    /// Every stay of an agent on duty, and every stretch on a contact.
    var stays: [(agent: Int, from: Double, to: Double)] = []
    var handlings: [(agent: Int, from: Double, to: Double)] = []
    /// After shifts' ends, or after fewer were wanted.
    var overtimes: [(agent: Int, from: Double, to: Double)] = []
    /// By group under a curve: since when each who is one too many is so, in the order in which they became it.
    private var tooMany: [Int: [Double]] = [:]
    /// What was counted before it was done, or again: of a contact handed back, gone on with or lost; and when such ones
    /// waited.
    var interruptions: [Diary.Interruption] = []
    var corrections: [(caller: Caller, column: Observations.Contact, amount: Double)] = []
    var waits: [(caller: Caller, from: Double, to: Double)] = []
    private var inHand: [Int: (caller: Caller, since: Double, handling: Int)] = [:]
    private var presentSince: [Int: Double] = [:]
    private var planned: [Planned] = []
    private var (order, now) = (0, 0.0)
    private var waiting: [(id: Int, caller: Caller)] = []
    /// In the order in which they became idle.
    private var idle: [Int] = []
    private var busy: [Int: Bool] = [:]
    private var away: Set<Int> = []
    private var isLeaving: Set<Int> = []
    private var pauseDue: [Int: Double] = [:]
    private var (spare, wanted, onDuty): ([[Int]], [Int], [Int])

    init(_ plan: Blueprint, seed: UInt64, replication: Int) {
        self.plan = plan
        address = RandomAddress(seed: seed, replication: replication)
        let none = plan.groups.map { _ in 0 }
        able = plan.classes.map { c in
            Set(plan.agents.indices.filter { a in c.ranks.contains { $0.contains(plan.agents[a].group) } })
        }
        (spare, wanted, onDuty) = (plan.groups.map { $0.usesCurve ? Array($0.agents) : [] }, none, none)
    }

    mutating func play() {
        for (i, appointment) in plan.appointments.enumerated() where !concernsAbsent(appointment) {
            schedule(appointment.kind, at: appointment.time, .appointment(i))
        }
        for (time, caller) in arrivals() {
            planned.append(Planned(time: time, kind: .arrive, order: caller.type, subject: .arrival(caller)))
        }
        while let next = planned.indices.min(by: { precedes(planned[$0], planned[$1]) }) {
            let event = planned.remove(at: next)
            now = event.time
            switch (event.kind, event.subject) {
            case (.finish, .agent(let a)):
                busy[a] = nil
                inHand[a] = nil
                seek(a)
            case (.abandon, .caller(let caller)):
                guard let i = waiting.firstIndex(where: { $0.id == event.wait }) else { continue }
                let gone = waiting.remove(at: i).caller
                if gone.timesHandedBack > 0 {
                    lose(gone, noted: true)
                } else {
                    note(.abandoned, caller)
                    giveUp(caller)
                }
            case (.beginDuty, .agent(let a)) where away.contains(a):
                away.remove(a)
                comeOnDuty(a)
            case (.comeBack, .caller(let caller)), (.arrive, .arrival(let caller)): offer(caller)
            case (let kind, .appointment(let i)): keep(plan.appointments[i], kind)
            default: break
            }
        }
        now = plan.length
        for item in waiting {
            if item.caller.timesHandedBack > 0 { lose(item.caller, noted: false) } else { note(.waiting, item.caller) }
        }
        for (a, since) in presentSince { stays.append((a, since, plan.length)) }
    }

    private mutating func offer(_ original: Caller) {
        var caller = original
        caller.offeredAt = now
        let type = plan.types[caller.type]
        guard type.waitingHours.contains(where: { $0.start <= now && now < $0.end }) else {
            note(.turnedAway, caller)
            return
        }
        if let a = somebody(for: caller) { return answer(caller, a) }
        guard waiting.count < plan.waitingLimit else {
            note(.blocked, caller)
            return giveUp(caller)
        }
        order += 1
        caller.found = situation(of: caller)
        waiting.append((order, caller))
        if let end = plannedEnd(of: caller) {
            waiting[waiting.count - 1].caller.found?.deadline = end
            caller.found?.deadline = end
            planned.append(Planned(time: end, kind: .abandon, order: order, subject: .caller(caller), wait: order))
        }
    }

    /// When the patience of who begins to wait ends.
    private func plannedEnd(of caller: Caller) -> Double? {
        let type = plan.types[caller.type]
        let index = caller.index | UInt64(caller.timesHandedBack) << 56
        return type.given.patience.map {
            now + $0.quantile(address.uniform(subject: type.subject, .patience, index: index))
        }
    }

    /// Whoever is idle and takes the contact, not idle any more.
    private mutating func somebody(for caller: Caller) -> Int? {
        let type = plan.types[caller.type]
        for rank in plan.classes[caller.contactClass].ranks {
            var able = idle.filter { rank.contains(plan.agents[$0].group) }
            guard !able.isEmpty else { continue }
            if plan.routing.pickAgent.policy is AnyIdle {
                able = rank.flatMap { g in able.filter { plan.agents[$0].group == g } }
                let index = caller.index | UInt64(caller.timesHandedBack) << 56
                let u = address.uniform(subject: type.subject, .agent, index: index)
                able = [able[min(Int(u * Double(able.count)), able.count - 1)]]
            }
            idle.removeAll { $0 == able[0] }
            return able[0]
        }
        return nil
    }

    private mutating func answer(_ caller: Caller, _ a: Int) {
        let type = plan.types[caller.type]
        let factor = factor(of: caller, by: a)
        var kept = caller
        if caller.timesHandedBack > 0 {
            let work = caller.left
            let end = now + (work.talk + work.hold + work.wrapUp) * factor
            waits.append((caller, caller.waitsSince, now))
            corrections.append((caller, .talk, work.talk * factor))
            corrections.append((caller, .hold, work.hold * factor))
            corrections.append((caller, .wrapUp, work.wrapUp * factor))
            write(.resumed, caller, by: a, until: end)
            return begin(kept, by: a, until: end)
        }
        let draw = { [address] (distribution: Distribution?, purpose: RandomAddress.Purpose) -> Double in
            let u = address.uniform(subject: type.subject, purpose, index: caller.index)
            return distribution?.quantile(u) ?? 0
        }
        kept.left = Floor.Work(
            talk: draw(type.given.talk, .talk), hold: draw(type.given.hold, .hold),
            wrapUp: draw(type.given.wrapUp, .wrapUp))
        let (talk, hold, wrapUp) = (kept.left.talk * factor, kept.left.hold * factor, kept.left.wrapUp * factor)
        let end = now + (talk + hold + wrapUp)
        begin(kept, by: a, until: end)
        note(.answered, caller, Diary.Handling(agent: a, until: end, talk: talk, hold: hold, wrapUp: wrapUp))
    }

    private func factor(of caller: Caller, by a: Int) -> Double {
        caller.factor * plan.groups[plan.agents[a].group].handlingFactor[caller.contactClass]
    }

    private mutating func begin(_ caller: Caller, by a: Int, until end: Double) {
        busy[a] = true
        inHand[a] = (caller, now, handlings.count)
        handlings.append((a, now, end))
        schedule(.finish, at: end, .agent(a))
    }

    // MARK: Handing back

    /// Whether talk or hold is left of what an agent has in hand.
    private func canHandBack(_ a: Int) -> Bool {
        guard plan.handsBack, let (caller, since, _) = inHand[a] else { return false }
        return now < since + (caller.left.talk + caller.left.hold) * factor(of: caller, by: a)
    }

    private mutating func handBack(_ a: Int) {
        guard let (original, since, handling) = inHand.removeValue(forKey: a) else { return }
        var caller = original
        let factor = factor(of: caller, by: a)
        handlings[handling].to = now
        busy[a] = nil
        planned.removeAll { if case .agent(a) = $0.subject { $0.kind == .finish } else { false } }
        var done = (now - since) / factor
        for (part, column) in [
            (\Floor.Work.talk, Observations.Contact.talk), (\.hold, .hold), (\.wrapUp, .wrapUp),
        ] {
            let past = min(caller.left[keyPath: part], done)
            done -= past
            caller.left[keyPath: part] -= past
            corrections.append((caller, column, -caller.left[keyPath: part] * factor))
        }
        corrections.append((caller, .handedBack, 1))
        caller.timesHandedBack += 1
        caller.waitsSince = now
        write(.handedBack, caller, by: a)
        if let other = somebody(for: caller) { return answer(caller, other) }
        order += 1
        waiting.insert((order, caller), at: 0)
        guard let end = plannedEnd(of: caller) else { return }
        planned.append(Planned(time: end, kind: .abandon, order: order, subject: .caller(caller), wait: order))
    }

    /// One who was handed back is gone before anybody went on.
    private mutating func lose(_ caller: Caller, noted: Bool) {
        waits.append((caller, caller.waitsSince, now))
        corrections.append((caller, .lost, 1))
        if noted { write(.lost, caller, by: -1) }
    }

    private mutating func write(
        _ kind: Diary.Interruption.Kind, _ caller: Caller, by a: Int, until end: Double = 0
    ) {
        interruptions.append(
            Diary.Interruption(
                kind: kind, type: caller.type, number: caller.number, attempt: caller.attempt, time: now, agent: a,
                until: end))
    }

    private mutating func giveUp(_ caller: Caller) {
        let type = plan.types[caller.type]
        guard let redial = type.given.redial, caller.attempt < redial.atMost else { return }
        let time =
            now + redial.delay.quantile(address.uniform(subject: type.subject, .redialDelay, index: caller.index))
        let shares = [redial.share] + (redial.laterShares.isEmpty ? [redial.share] : redial.laterShares)
        let share = caller.attempt < shares.count ? shares[Int(caller.attempt)] : shares[shares.count - 1]
        guard address.uniform(subject: type.subject, .redial, index: caller.index) < share, time < plan.length
        else { return }
        var again = caller
        again.attempt += 1
        again.found = nil
        schedule(.comeBack, at: time, .caller(again))
    }

    /// What a contact that must wait finds.
    private func situation(of caller: Caller) -> Diary.Queued {
        let agents = able[caller.contactClass]
        // Whoever some agent for the contact takes first: of a level that goes before, or of the same and there already.
        let ahead = waiting.filter { other in
            plan.groups.contains { group in
                let levels = group.priorities
                guard let mine = levels.firstIndex(where: { $0.contains(caller.contactClass) }),
                    let theirs = levels.firstIndex(where: { $0.contains(other.caller.contactClass) })
                else { return false }
                return theirs <= mine
            }
        }
        return Diary.Queued(
            busy: agents.count { busy[$0] != nil }, away: agents.count { away.contains($0) }, ahead: ahead.count,
            deadline: .infinity)
    }

    private mutating func note(
        _ outcome: Diary.Entry.Outcome, _ caller: Caller, _ handling: Diary.Handling? = nil
    ) {
        entries.append(
            Diary.Entry(
                type: caller.type, contactClass: caller.contactClass, number: caller.number, attempt: caller.attempt,
                offeredAt: caller.offeredAt, time: outcome == .waiting ? plan.length : now, outcome: outcome,
                handling: handling, queued: caller.found))
    }

    private mutating func seek(_ a: Int) {
        let g = plan.agents[a].group
        if isLeaving.contains(a) || onDuty[g] > wanted[g] {
            guard plan.servesWaiting else { return goHome(a) }
            for level in plan.groups[g].priorities {
                let closed = waiting.firstIndex { item in
                    level.contains(item.caller.contactClass)
                        && !plan.types[item.caller.type].waitingHours.contains { $0.start <= now && now < $0.end }
                }
                if let closed { return answer(waiting.remove(at: closed).caller, a) }
            }
            return goHome(a)
        }
        if let seconds = pauseDue.removeValue(forKey: a) { return pause(a, seconds) }
        for level in plan.groups[g].priorities {
            guard let i = waiting.firstIndex(where: { level.contains($0.caller.contactClass) }) else { continue }
            return answer(waiting.remove(at: i).caller, a)
        }
        idle.append(a)
    }

    private mutating func comeOnDuty(_ a: Int) {
        presentSince[a] = now
        seek(a)
    }

    private mutating func endStay(_ a: Int) {
        if let since = presentSince.removeValue(forKey: a) { stays.append((a, since, now)) }
    }

    private mutating func goHome(_ a: Int, isSent: Bool = false) {
        endStay(a)
        let g = plan.agents[a].group
        var end = plan.agents[a].shiftEnd
        if isSent {
            end = now
        } else if let since = tooMany[g]?.first {
            end = since
            tooMany[g]?.removeFirst()
        }
        if now > end { overtimes.append((a, end, now)) }
        if plan.groups[g].usesCurve {
            onDuty[g] -= 1
            spare[g].insert(a, at: 0)
        } else {
            isLeaving.insert(a)
        }
    }

    private mutating func pause(_ a: Int, _ seconds: Double) {
        endStay(a)
        away.insert(a)
        schedule(.beginDuty, at: now + seconds, .agent(a))
    }

    private mutating func keep(_ appointment: Blueprint.Appointment, _ kind: Event.Kind) {
        let subject = appointment.subject
        switch kind {
        case .close:
            let closed = waiting.filter { $0.caller.type == subject }
            waiting.removeAll { $0.caller.type == subject }
            for item in closed.sorted(by: { ($0.caller.contactClass, $0.id) < ($1.caller.contactClass, $1.id) }) {
                if item.caller.timesHandedBack > 0 {
                    lose(item.caller, noted: true)
                } else {
                    note(.turnedAway, item.caller)
                }
            }
        case .leave:
            isLeaving.insert(subject)
            away.remove(subject)
            if canHandBack(subject) { handBack(subject) }
            if busy[subject] == nil { endStay(subject) }
            idle.removeAll { $0 == subject }
        case .pause:
            if busy[subject] != nil || away.contains(subject) {
                pauseDue[subject, default: 0] += appointment.amount
            } else if let i = idle.firstIndex(of: subject) {
                idle.remove(at: i)
                pause(subject, appointment.amount)
            }
        case .beginDuty where appointment.isStaffing: changeStaffing(appointment)
        case .beginDuty:
            // A shift's start counts only for those who are off and have not been sent home.
            if busy[subject] == nil, !idle.contains(subject), !away.contains(subject), !isLeaving.contains(subject) {
                comeOnDuty(subject)
            }
        default: break
        }
    }

    private mutating func changeStaffing(_ change: Blueprint.Appointment) {
        let g = change.subject
        let draw = address.uniform(subject: g, .absence, index: UInt64(change.day))
        wanted[g] = Int((change.amount * plan.presence + draw).rounded(.down))
        while onDuty[g] > wanted[g], let i = idle.firstIndex(where: { plan.agents[$0].group == g }) {
            goHome(idle.remove(at: i), isSent: true)
        }
        while onDuty[g] > wanted[g],
            let a = plan.groups[g].agents.filter({ canHandBack($0) }).max(by: {
                ((inHand[$0]?.since ?? 0), $0) < ((inHand[$1]?.since ?? 0), $1)
            })
        {
            handBack(a)
            goHome(a, isSent: true)
        }
        let surplus = max(0, onDuty[g] - wanted[g])
        var since = tooMany[g] ?? []
        since = Array(since.prefix(surplus)) + [Double](repeating: now, count: max(0, surplus - since.count))
        tooMany[g] = since
        while onDuty[g] < wanted[g] {
            onDuty[g] += 1
            comeOnDuty(spare[g].removeFirst())
        }
    }

    private mutating func schedule(_ kind: Event.Kind, at time: Double, _ subject: Subject) {
        order += 1
        planned.append(Planned(time: time, kind: kind, order: order, subject: subject))
    }

    private func precedes(_ a: Planned, _ b: Planned) -> Bool {
        (a.time, a.kind.rawValue, a.order) < (b.time, b.kind.rawValue, b.order)
    }
}
