/// Why one contact of a replication went as it went: whom it could have gone to, and at each step who was taken instead.
package struct ContactStory: Sendable {
    /// An agent group that may serve the contact, as it was when the contact came.
    package struct Group: Sendable {
        package var group: Int
        package var rank: Int
        /// Free agents, the one who has been idle longest first, with when they became idle.
        package var idle: [(agent: Int, since: Double)] = []
        /// With the place in the replay's entries of the contact in hand; who is through first comes first.
        package var busy: [(agent: Int, contact: Int, until: Double)] = []
        package var away: [(agent: Int, until: Double)] = []
        /// When the first of those who are off duty comes, if one does.
        package var nextOnDuty: Double?
        /// Did not come that day because of shrinkage.
        package var absent = 0
    }

    /// An agent who may serve the contact had free hands while it waited, and did something else.
    package struct Step: Sendable {
        package enum Choice: Sendable {
            /// Places in the replay's entries.
            case moreUrgent(contact: Int)
            case waitedLonger(contact: Int)
            case pause(until: Double)
            case wentHome
        }

        package var time: Double
        package var agent: Int
        package var choice: Choice
    }

    /// What the contact counts for in its target.
    package enum Verdict: String, Sendable {
        case met, missed
        case notCounted = "not_counted"
    }

    package let contact: Diary.Entry
    /// By rank, then as listed.
    package private(set) var groups: [Group]
    package private(set) var steps: [Step] = []
    /// The call before and the call after of the same caller.
    package let parent: Diary.Entry?
    package let child: Diary.Entry?
    /// Nil without a target.
    package let verdict: Verdict?

    /// Of the contact at `place` in the replay's entries.
    package init(_ replay: Replay, place: Int) {
        let entry = replay.entries[place]
        contact = entry
        let sibling = { (attempt: Int) in
            replay.place(type: entry.type, number: entry.number, attempt: attempt).map { replay.entries[$0] }
        }
        parent = entry.attempt > 0 ? sibling(entry.attempt - 1) : nil
        child = sibling(entry.attempt + 1)
        verdict = Self.verdict(entry, replay.scenario.contactTypes[entry.type])

        var floor = People(replay)
        var next = replay.moments.startIndex
        while next < replay.moments.endIndex {
            if case .offered(place) = replay.moments[next].kind { break }
            floor.follow(replay.moments[next])
            next += 1
        }
        groups = floor.groups(for: entry, later: replay.moments[next...])
        if entry.queued != nil { steps = Self.steps(replay, place, &floor, after: next) }
    }

    /// The contact alone, counted by the target's rule.
    private static func verdict(_ entry: Diary.Entry, _ type: ContactType) -> Verdict? {
        guard let target = type.target else { return nil }
        var counts = Counts()
        let isInTime = entry.wait <= target.acceptableWait
        counts.columns[Observations.Contact.offered.rawValue] = 1
        switch entry.outcome {
        case .answered:
            counts.columns[Observations.Contact.answered.rawValue] = 1
            counts.columns[Observations.Contact.answeredInTime.rawValue] = isInTime ? 1 : 0
        case .hungUp:
            counts.columns[Observations.Contact.abandonedInTime.rawValue] = isInTime ? 1 : 0
            counts.columns[Observations.Contact.shortAbandoned.rawValue] = entry.wait <= type.shortAbandon ? 1 : 0
        case .turnedAway, .blocked, .waiting, .calledBack, .unreached: break
        }
        if target.rule.denominator(counts) == 0 { return .notCounted }
        return target.rule.numerator(counts) > 0 ? .met : .missed
    }

    /// What agents who may serve the contact did instead, from when it was offered until something became of it.
    private static func steps(_ replay: Replay, _ place: Int, _ floor: inout People, after first: Int) -> [Step] {
        let contact = replay.entries[place]
        let able = Set(replay.plan.classes[contact.contactClass].ranks.joined())
        let priority = { (entry: Diary.Entry) in replay.plan.types[entry.type].priority }
        var steps: [Step] = []
        for moment in replay.moments[first...] {
            if moment.time > contact.time { break }
            if case .answered(place) = moment.kind { break }
            let agent: Int
            var choice: Step.Choice?
            switch moment.kind {
            case .offered: continue
            case .onDuty(let a): agent = a
            case .pause(let a, let until):
                agent = a
                choice = .pause(until: until)
            case .offDuty(let a):
                agent = a
                // Who was on a break had no free hands.
                if !floor.isAway(a) { choice = .wentHome }
            case .answered(let other):
                guard let handling = replay.entries[other].handling else { continue }
                agent = handling.agent
                let isMoreUrgent = priority(replay.entries[other]) < priority(contact)
                choice = isMoreUrgent ? .moreUrgent(contact: other) : .waitedLonger(contact: other)
            }
            floor.follow(moment)
            if let choice, able.contains(replay.plan.agents[agent].group) {
                steps.append(Step(time: moment.time, agent: agent, choice: choice))
            }
        }
        return steps
    }
}

/// Where everybody is, followed from moment to moment.
private struct People {
    private enum State {
        case off
        case idle(since: Double)
        case busy(contact: Int, until: Double)
        case away(until: Double)
    }

    private let replay: Replay
    private var states: [State]

    init(_ replay: Replay) {
        self.replay = replay
        states = replay.plan.agents.map { _ in .off }
    }

    mutating func follow(_ moment: Diary.Moment) {
        switch moment.kind {
        case .onDuty(let agent): states[agent] = .idle(since: moment.time)
        case .pause(let agent, let until): states[agent] = .away(until: until)
        case .offDuty(let agent): states[agent] = .off
        case .offered: break
        case .answered(let contact):
            guard let handling = replay.entries[contact].handling else { return }
            states[handling.agent] = .busy(contact: contact, until: handling.until)
        }
    }

    func isAway(_ agent: Int) -> Bool { if case .away = states[agent] { true } else { false } }

    /// The groups that may serve a contact, at the moment in which it is offered.
    func groups(for entry: Diary.Entry, later: ArraySlice<Diary.Moment>) -> [ContactStory.Group] {
        let scenario = replay.scenario
        return replay.plan.classes[entry.contactClass].ranks.joined().map { g in
            let rank = scenario.agentGroups[g].skills.first { $0.contactType == entry.type }?.rank ?? 1
            var group = ContactStory.Group(group: g, rank: rank)
            var off: Set<Int> = []
            for agent in replay.plan.groups[g].agents {
                switch states[agent] {
                case .busy(_, let until) where until <= entry.offeredAt: group.idle.append((agent, until))
                case .busy(let contact, let until): group.busy.append((agent, contact, until))
                case .idle(let since): group.idle.append((agent, since))
                case .away(let until): group.away.append((agent, until))
                case .off:
                    if replay.absent.contains(agent) {
                        if isToday(agent, entry) { group.absent += 1 }
                    } else {
                        off.insert(agent)
                    }
                }
            }
            group.idle.sort { $0.since < $1.since }
            group.busy.sort { $0.until < $1.until }
            group.away.sort { $0.until < $1.until }
            let next = later.first {
                if case .onDuty(let agent) = $0.kind { off.contains(agent) } else { false }
            }
            group.nextOnDuty = next?.time
            return group
        }
    }

    /// Whether an agent's shift starts on the day on which the contact comes.
    private func isToday(_ agent: Int, _ entry: Diary.Entry) -> Bool {
        let day = replay.scenario.horizon.days[replay.plan.agents[agent].day]
        return day.start <= entry.offeredAt && entry.offeredAt < day.end
    }
}
