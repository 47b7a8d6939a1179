import Center
import Simulator

/// Where everybody is and who waits where, followed from moment to moment of a replay.
struct People {
    private enum State {
        case off
        /// With the work that was left at that moment, if any, and until when it would have taken.
        case idle(since: Double, left: (contact: Int, until: Double)?)
        /// The contacts begun, and until when each in hand takes.
        case busy([(contact: Int, until: Double)])
        case away(until: Double)
    }

    private let replay: Replay
    private var plan: Blueprint { replay.plan }
    private var states: [State]
    /// Who goes home or takes a break when through.
    private var due: Set<Int> = []
    /// By group: how many more there are than a staffing curve wants.
    private var surplus: [Int: Int] = [:]
    /// By place in the entries, of those who wait: the queue.
    private var waiting: [Int: Int] = [:]
    /// The queue in which each waited last, and since when where it was another than its class's.
    private var lastQueue: [Int: Int] = [:]
    private var movedAt: [Int: Double] = [:]
    /// Those who wait to be gone on with.
    private var handedBack: Set<Int> = []
    /// The contact that was brought to whom it knows last.
    private var known: Diary.Identity?
    private var now = 0.0

    init(_ replay: Replay) {
        self.replay = replay
        states = replay.plan.agents.map { _ in .off }
    }

    func place(_ identity: Diary.Identity) -> Int? { replay.place(identity) }

    // MARK: Moments

    mutating func follow(_ moment: Diary.Moment) {
        now = moment.time
        switch moment.kind {
        case .onDuty(let agent):
            due.remove(agent)
            states[agent] = .idle(since: moment.time, left: nil)
        case .pause(let agent, let until):
            due.remove(agent)
            states[agent] = .away(until: until)
        case .offDuty(let agent):
            due.remove(agent)
            let group = plan.agents[agent].group
            surplus[group] = surplus[group].map { max(0, $0 - 1) }
            states[agent] = .off
        case .busyUntil(let agent, let end):
            if case .busy(let hands) = states[agent] { states[agent] = .busy(hands.map { ($0.contact, end) }) }
        case .due(let agent): due.insert(agent)
        case .surplus(let group, let count): surplus[group] = count
        case .offered(let contact):
            guard replay.entries[contact].queued != nil else { return }
            wait(contact, in: replay.entries[contact].contactClass)
        case .answered, .begun, .inVain:
            guard let (agent, contact) = taking(moment) else { return }
            waiting[contact] = nil
            let end = if case .inVain(_, _, let end) = moment.kind { end } else { handlingEnd(contact) }
            begin(contact, until: end, agent: agent, at: moment.time)
        case .moved(let identity, let queue):
            guard let contact = place(identity) else { return }
            wait(contact, in: queue)
            movedAt[contact] = moment.time
        case .balked(let identity, _): if let contact = place(identity) { waiting[contact] = nil }
        case .known(let identity, _): known = identity
        case .interrupted(let interruption): follow(interruption)
        case .full, .asked, .notWaitedFor: break
        }
    }

    private mutating func follow(_ interruption: Diary.Interruption) {
        let agent = interruption.agent
        let contact = place(interruption.identity)
        switch interruption.kind {
        case .handedBack:
            if let contact {
                handedBack.insert(contact)
                wait(contact, in: lastQueue[contact] ?? replay.entries[contact].contactClass)
            }
            guard agent >= 0, case .busy(let hands) = states[agent] else { return }
            let others = hands.filter { $0.contact != contact && $0.until > now }
            let left = hands.first { $0.contact == contact }
            states[agent] = others.isEmpty ? .idle(since: now, left: left) : .busy(others)
        case .resumed:
            guard let contact else { return }
            handedBack.remove(contact)
            waiting[contact] = nil
            if agent >= 0 { begin(contact, until: interruption.until, agent: agent, at: now) }
        case .lost:
            guard let contact else { return }
            handedBack.remove(contact)
            waiting[contact] = nil
        }
    }

    private mutating func wait(_ contact: Int, in queue: Int) {
        waiting[contact] = queue
        lastQueue[contact] = queue
    }

    private func handlingEnd(_ contact: Int) -> Double { replay.entries[contact].handling?.until ?? now }

    private mutating func begin(_ contact: Int, until end: Double, agent: Int, at time: Double) {
        states[agent] = .busy(hands(agent, at: time) + [(contact, end)])
    }

    /// Who takes which contact in a moment.
    func taking(_ moment: Diary.Moment) -> (agent: Int, contact: Int)? {
        switch moment.kind {
        case .answered(let contact): replay.entries[contact].handling.map { ($0.agent, contact) }
        case .inVain(let identity, let agent, _), .begun(let identity, let agent): place(identity).map { (agent, $0) }
        default: nil
        }
    }

    // MARK: Agents

    func isAway(_ agent: Int) -> Bool { if case .away = states[agent] { true } else { false } }

    /// What an agent has in hand after `time`.
    private func hands(_ agent: Int, at time: Double) -> [(contact: Int, until: Double)] {
        if case .busy(let hands) = states[agent] { hands.filter { $0.until > time } } else { [] }
    }

    /// Since when an agent has been idle at a time; nil for others.
    private func idleSince(_ agent: Int, at time: Double) -> Double? {
        switch states[agent] {
        case .idle(let since, _): since
        case .busy(let hands): hands.allSatisfy { $0.until <= time } ? hands.map(\.until).max() : nil
        case .off, .away: nil
        }
    }

    /// Whether an agent takes nothing more: goes home or on a break when through.
    private func isOwed(_ agent: Int) -> Bool { due.contains(agent) || surplus[plan.agents[agent].group] ?? 0 > 0 }

    private func hasRoom(_ agent: Int, for contact: Int, at time: Double) -> Bool {
        let channel = plan.types[replay.entries[contact].type].given.channel
        let hands = hands(agent, at: time)
        guard let first = hands.first, hands.count < channel.atOnce, !isOwed(agent) else { return false }
        return plan.types[replay.entries[first.contact].type].given.channel == channel
    }

    // MARK: Contacts that wait

    func isWaiting(_ contact: Int) -> Bool { waiting[contact] != nil }

    /// Those in a queue who are still there, whoever came first first.
    private func contacts(in queue: Int, at time: Double) -> [Int] {
        waiting.keys.filter {
            waiting[$0] == queue && (handedBack.contains($0) || replay.entries[$0].time >= time)
        }.sorted()
    }

    /// Whether an agent's group may take a contact that waits.
    func mayTake(_ agent: Int, _ contact: Int) -> Bool {
        guard agent >= 0, let queue = waiting[contact] else { return false }
        return plan.queues[queue].ranks.contains { $0.contains(plan.agents[agent].group) }
    }

    /// How many of those who may take a contact are idle.
    private func idleCount(for contact: Int, at time: Double) -> Int {
        guard let queue = waiting[contact] else { return 0 }
        return plan.queues[queue].ranks.joined().reduce(0) { count, group in
            count + plan.groups[group].agents.count { idleSince($0, at: time) != nil }
        }
    }

    // MARK: Why another one is taken

    /// Why an agent takes one contact and not another one that waits; nil if it is not known.
    func reason(
        for other: Int, before contact: Int, by agent: Int, at time: Double, needed: Int
    ) -> ContactStory.Reason? {
        guard let mine = waiting[contact] else { return nil }
        let group = plan.agents[agent].group
        let entry = replay.entries[other]
        if known == entry.identity, entry.offeredAt == time { return .known }
        if plan.servesWaiting, isOwed(agent), isWaiting(other), !isOpen(entry.type, at: time),
            isOpen(replay.entries[contact].type, at: time)
        {
            return .closing
        }
        let theirs = waiting[other] ?? entry.contactClass
        let inHand = hands(agent, at: time)
        let channel = plan.types[entry.type].given.channel
        if !inHand.isEmpty, channel.atOnce > 1, channel != plan.types[replay.entries[contact].type].given.channel {
            return .freeHand(beside: inHand.count)
        }
        // Who was idle when the other came was kept from this one.
        if needed > 0, !isWaiting(other), idleSince(agent, at: time) != nil, inHand.isEmpty { return .reserve }
        let policy = plan.routing.pickContact.policy
        let orders = [mine, theirs].map { order($0, group) }
        guard orders[0] == orders[1] else {
            if orders[1] < orders[0] { return reason(theirs, other, orders[1], before: orders[0], mine, group) }
            return needed > 0 ? .reserve : nil
        }
        switch policy.order {
        case .longestWait: return isWaiting(other) && other < contact ? .waitedLonger : needed > 0 ? .reserve : nil
        case .lots: return .byLot
        case .points:
            return .morePoints(
                policy.points(waits(other, theirs, group, at: time)),
                than: policy.points(waits(contact, mine, group, at: time)))
        }
    }

    private func isOpen(_ type: Int, at time: Double) -> Bool {
        plan.types[type].isDeferred
            || (plan.types[type].given.callable ?? plan.types[type].waitingHours).contains {
                $0.start <= time && time < $0.end
            }
    }

    /// Which part of the order puts a contact that waits in queue `theirs` before one in `mine`.
    private func reason(
        _ theirs: Int, _ contact: Int, _ first: TakingOrder, before second: TakingOrder, _ mine: Int, _ group: Int
    ) -> ContactStory.Reason {
        let queue = plan.queues[theirs]
        let since = movedAt[contact]
        if queue.priority <= 0, plan.queues[mine].priority > 0 { return .beforeEverything(since: since) }
        if queue.isFirst, !plan.queues[mine].isFirst, let since { return .promised(since: since) }
        if first.onlyWhenIdle != second.onlyWhenIdle { return .onlyWhenIdle }
        if first.isDeferred != second.isDeferred { return .onTheLine }
        if first.priority != second.priority {
            return .moreUrgent(priority: queue.priority, than: plan.queues[mine].priority)
        }
        return .firstChoice(rank: plan.groups[group].ranks[theirs], than: plan.groups[group].ranks[mine])
    }

    private func order(_ queue: Int, _ group: Int) -> TakingOrder {
        let type = plan.classes[plan.queues[queue].contactClass].type
        let skill = replay.scenario.agentGroups[group].skills.first { $0.contactType == type }
        return TakingOrder(plan.queues[queue], plan.types[type], skill, plan.routing.pickContact.policy)
    }

    /// What the policy knows of a contact.
    private func waits(_ contact: Int, _ queue: Int, _ group: Int, at time: Double) -> WaitingContact {
        let entry = replay.entries[contact]
        let clock = plan.types[entry.type].clock
        let wait = clock?.elapsed(from: entry.offeredAt, to: time) ?? time - entry.offeredAt
        return WaitingContact(
            wait: wait, priority: plan.queues[queue].priority, rank: plan.groups[group].ranks[queue],
            isLate: wait > plan.classes[entry.contactClass].acceptableWait)
    }

    // MARK: Why nobody takes it

    /// Agents who may take a contact and got a hand free from `start` on and before `end`.
    func freed(for contact: Int, from start: Double, to end: Double) -> [(agent: Int, time: Double)] {
        guard let queue = waiting[contact] else { return [] }
        var freed: [(agent: Int, time: Double)] = []
        for agent in plan.queues[queue].ranks.joined().flatMap({ plan.groups[$0].agents }) {
            switch states[agent] {
            case .idle(let since, _): if start <= since, since < end { freed.append((agent, since)) }
            case .busy(let hands):
                for time in Set(hands.map(\.until)) where start <= time && time < end { freed.append((agent, time)) }
            case .off, .away: break
            }
        }
        return freed.sorted { ($0.time, $0.agent) < ($1.time, $1.agent) }
    }

    /// Why an agent with a hand free takes nothing; nil if not because of others.
    func kept(_ agent: Int, for contact: Int, at time: Double) -> ContactStory.Step.Choice? {
        if idleSince(agent, at: time) != nil {
            return plan.types[replay.entries[contact].type].given.idleReserve > 0 ? .staysIdle : nil
        }
        guard hasRoom(agent, for: contact, at: time) else { return nil }
        return outranking(contact, for: plan.agents[agent].group, at: time).map { .keepsFree(contact: $0) }
    }

    /// A more urgent contact that waits for people of a group with nothing else in hand.
    private func outranking(_ contact: Int, for group: Int, at time: Double) -> Int? {
        guard plan.flows.isMixed, let queue = waiting[contact] else { return nil }
        let channel = plan.types[replay.entries[contact].type].given.channel
        for level in plan.groups[group].priorities {
            if level.contains(queue) { return nil }
            for other in level {
                let type = plan.types[plan.classes[plan.queues[other].contactClass].type]
                guard type.given.channel != channel, type.given.idleReserve == 0 else { continue }
                if let first = contacts(in: other, at: time).first { return first }
            }
        }
        return nil
    }

    /// Why a contact waits that has just joined its queue, although somebody has a hand free.
    func held(_ contact: Int) -> ContactStory.Held? {
        guard let queue = waiting[contact] else { return nil }
        let entry = replay.entries[contact]
        let type = plan.types[entry.type]
        if queue != entry.contactClass, queue == plan.queues[entry.contactClass].outsideHours {
            return .hours(until: type.given.callable?.first { $0.start > now }?.start)
        }
        let idle = idleCount(for: contact, at: now)
        if idle > 0, type.given.idleReserve > 0 { return .reserve(idle: idle, kept: type.given.idleReserve) }
        for group in plan.queues[queue].ranks.joined()
        where plan.groups[group].agents.contains(where: { hasRoom($0, for: contact, at: now) }) {
            if let other = outranking(contact, for: group, at: now) { return .hands(contact: other) }
        }
        return nil
    }

    // MARK: Who takes it

    /// How the agent was found who takes a contact now.
    func found(_ agent: Int, at time: Double, isKnown: Bool) -> ContactStory.Found {
        if isKnown { return .known }
        if case .idle(time, let left?) = states[agent] { return .leaving(contact: left.contact) }
        let inHand = hands(agent, at: time).count
        return inHand > 0 ? .beside(inHand) : .idle
    }

    /// The group of an agent who takes a contact, where it is not one that always may, or needs an interpreter.
    func helper(_ agent: Int, for contact: Int) -> ContactStory.Group? {
        let c = replay.entries[contact].contactClass
        let group = plan.agents[agent].group
        return helpers(c).first { $0.group == group }
            ?? (plan.queues[c].interpreted.contains(group)
                ? ContactStory.Group(group: group, rank: 1, isInterpreted: true) : nil)
    }

    /// What becomes different for a contact that moves to a queue.
    func changes(of contact: Int, to queue: Int) -> [ContactStory.Turn.Change] {
        guard let before = waiting[contact] else { return [] }
        let (old, new) = (plan.queues[before], plan.queues[queue])
        let outside = plan.queues[replay.entries[contact].contactClass].outsideHours
        if queue == outside { return replay.entries[contact].offeredAt == now ? [] : [.closed] }
        if before == outside { return [.opened] }
        var changes: [ContactStory.Turn.Change] = []
        let more = new.ranks.joined().filter { !old.ranks.joined().contains($0) }
        let help = old.next == queue ? ContactStory.Help.after(old.nextAfter) : .whenWaiting(old.many)
        for isInterpreted in [false, true] {
            let groups = more.filter { new.interpreted.contains($0) == isInterpreted }
            if !groups.isEmpty { changes.append(.helped(by: groups, isInterpreted: isInterpreted, help)) }
        }
        if new.priority != old.priority { changes.append(.priority(new.priority)) }
        if new.isFirst, !old.isFirst { changes.append(.first) }
        return changes
    }

    // MARK: Groups

    /// The groups that may serve a contact, at the moment in which it is offered.
    func groups(for entry: Diary.Entry, later: ArraySlice<Diary.Moment>) -> [ContactStory.Group] {
        let usual = plan.classes[entry.contactClass].ranks.joined().map { g in
            let rank = replay.scenario.agentGroups[g].skills.first { $0.contactType == entry.type }?.rank ?? 1
            let isInterpreted = plan.queues[entry.contactClass].interpreted.contains(g)
            return ContactStory.Group(group: g, rank: rank, isInterpreted: isInterpreted)
        }
        // Those who help matter to whoever waits.
        return (usual + (entry.queued == nil ? [] : helpers(entry.contactClass))).map {
            described($0, for: entry, later: later)
        }
    }

    /// The groups that may serve a class only after a wait, or when many wait.
    private func helpers(_ c: Int) -> [ContactStory.Group] {
        var known = Set(plan.queues[c].ranks.joined())
        var helpers: [ContactStory.Group] = []
        var queues = [c]
        var next = 0
        while next < queues.count {
            let queue = plan.queues[queues[next]]
            next += 1
            for (q, help) in [
                (queue.next, ContactStory.Help.after(queue.nextAfter)), (queue.nextWhenMany, .whenWaiting(queue.many)),
            ] where q >= 0 && !queues.contains(q) {
                queues.append(q)
                for group in plan.queues[q].ranks.joined() where known.insert(group).inserted {
                    helpers.append(
                        ContactStory.Group(
                            group: group, rank: 1, help: help,
                            isInterpreted: plan.queues[q].interpreted.contains(group)))
                }
            }
        }
        return helpers
    }

    private func described(
        _ group: ContactStory.Group, for entry: Diary.Entry, later: ArraySlice<Diary.Moment>
    ) -> ContactStory.Group {
        var group = group
        var off: Set<Int> = []
        let time = entry.offeredAt
        let isTaken = entry.queued != nil && plan.types[entry.type].given.idleReserve == 0
        for agent in plan.groups[group.group].agents {
            switch states[agent] {
            case .busy(let hands):
                // Who gets through in the same moment had not yet when it came and had to wait.
                let left = hands.filter { $0.until > time || $0.until == time && isTaken }
                if let first = left.min(by: { $0.until < $1.until }) {
                    let channel = plan.types[entry.type].given.channel
                    let isSame = plan.types[replay.entries[first.contact].type].given.channel == channel
                    if isSame, left.count < channel.atOnce, !isOwed(agent) {
                        group.withRoom.append((agent, left.count))
                    } else {
                        group.busy.append((agent, first.contact, first.until))
                        if due.contains(agent) { group.due.insert(agent) }
                    }
                } else {
                    group.idle.append((agent, hands.map(\.until).max() ?? 0))
                }
            case .idle(time, let left?): group.busy.append((agent, left.contact, left.until))
            case .idle(let since, _): group.idle.append((agent, since))
            case .away(let until): group.away.append((agent, until))
            case .off:
                if replay.absent.contains(agent) {
                    if isToday(agent, entry) { group.absent += 1 }
                } else {
                    off.insert(agent)
                }
            }
        }
        group.surplus = min(group.busy.count, surplus[group.group] ?? 0)
        group.idle.sort { $0.since < $1.since }
        group.busy.sort { $0.until < $1.until }
        group.away.sort { $0.until < $1.until }
        let next = later.first {
            if case .onDuty(let agent) = $0.kind { off.contains(agent) } else { false }
        }
        group.nextOnDuty = next?.time
        return group
    }

    /// Whether an agent's shift starts on the day on which the contact comes.
    private func isToday(_ agent: Int, _ entry: Diary.Entry) -> Bool {
        let day = replay.scenario.horizon.days[plan.agents[agent].day]
        return day.start <= entry.offeredAt && entry.offeredAt < day.end
    }
}
