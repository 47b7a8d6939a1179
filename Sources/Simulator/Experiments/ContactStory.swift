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
        /// With contacts in hand, and room for one more of this channel.
        package var withRoom: [(agent: Int, inHand: Int)] = []
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
            /// Neither more urgent nor here before: the agent's skills, or how long it had waited, put it first.
            case firstByRouting(contact: Int)
            /// Goes on with what was interrupted.
            case goesOn(contact: Int?)
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
    /// The call before of the same caller, or the contact that brought this one about; and the call after.
    package let parent: Diary.Entry?
    package let child: Diary.Entry?
    /// What it brings about itself, in the order in which it is offered.
    package let broughtAbout: [Diary.Entry]
    /// When it was taken from its agent, gone on with, or lost.
    package let interruptions: [Diary.Interruption]
    /// How many contacts its agent had in hand when it was begun, itself among them.
    package let inHand: Int
    /// Nil without a target.
    package let verdict: Verdict?

    /// Of the contact at `place` in the replay's entries.
    package init(_ replay: Replay, place: Int) {
        let entry = replay.entries[place]
        contact = entry
        let line = replay.attempts(origin: entry.origin, path: entry.path, number: entry.number)
        child = line.first { $0.attempt == entry.attempt + 1 }
        if entry.attempt > 0 {
            parent = line.first { $0.attempt == entry.attempt - 1 }
        } else if entry.path != 0, entry.path < 1 << 63 {
            // The last of its calls by then is the one that was answered, or that left the queue.
            parent = replay.attempts(origin: entry.origin, path: entry.path >> 3, number: entry.number)
                .last { $0.time <= entry.offeredAt }
        } else {
            parent = nil
        }
        if child == nil, entry.path < 1 << 60 {
            broughtAbout = Set(Offshoot.Cause.allCases.map(\.digit)).sorted().flatMap { digit in
                replay.attempts(origin: entry.origin, path: entry.path << 3 | digit, number: entry.number)
            }.filter { $0.attempt == 0 }.sorted { $0.offeredAt < $1.offeredAt }
        } else {
            broughtAbout = []
        }
        interruptions = replay.moments.compactMap {
            guard case .interrupted(let moment) = $0.kind, moment.identity == entry.identity else { return nil }
            return moment
        }
        inHand =
            entry.handling.map { own in
                replay.entries.count {
                    $0.handling?.agent == own.agent && $0.time <= entry.time && ($0.handling?.until ?? 0) > entry.time
                        && replay.plan.types[$0.type].channel == replay.plan.types[entry.type].channel
                }
            } ?? 0
        verdict = Self.verdict(entry, replay)

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
    private static func verdict(_ entry: Diary.Entry, _ replay: Replay) -> Verdict? {
        let type = replay.scenario.contactTypes[entry.type]
        guard let target = type.target(in: replay.plan.classes[entry.contactClass].language) else { return nil }
        // A call that nobody took up is tried again.
        if entry.outcome == .unreached { return .notCounted }
        var counts = Counts()
        let clock = replay.plan.types[entry.type].clock
        let setUp = entry.handling?.setUp ?? 0
        let wait = clock.map { $0.elapsed(from: entry.offeredAt, to: entry.time) + setUp } ?? entry.wait
        let isInTime = wait <= target.acceptableWait
        counts.columns[Observations.Contact.offered.rawValue] = 1
        switch entry.outcome {
        case .answered:
            counts.columns[Observations.Contact.answered.rawValue] = 1
            counts.columns[Observations.Contact.answeredInTime.rawValue] = isInTime ? 1 : 0
        case .hungUp:
            counts.columns[Observations.Contact.abandonedInTime.rawValue] = isInTime ? 1 : 0
            counts.columns[Observations.Contact.shortAbandoned.rawValue] = entry.wait <= type.shortAbandon ? 1 : 0
        case .waiting where type.channel.kind == .later:
            counts.columns[Observations.Contact.undecided.rawValue] = isInTime ? 1 : 0
        case .calledBack where replay.scenario.rules.callbacks == .leftOut,
            .turnedAway where replay.scenario.rules.closed == .leftOut && entry.wait == 0:
            counts.columns[Observations.Contact.leftOut.rawValue] = 1
        case .turnedAway, .blocked, .waiting, .calledBack, .unreached: break
        }
        if target.rule.denominator(counts) == 0 { return .notCounted }
        return target.rule.numerator(counts) > 0 ? .met : .missed
    }

    /// What agents who may serve the contact did instead, from when it was offered until something became of it.
    private static func steps(_ replay: Replay, _ place: Int, _ floor: inout People, after first: Int) -> [Step] {
        let contact = replay.entries[place]
        let able = Set(replay.plan.classes[contact.contactClass].ranks.joined())
        // Whoever is on the line goes before work in a list.
        let policy = replay.plan.routing.pickContact
        let level = { (entry: Diary.Entry) -> (Int, Int) in
            let type = replay.plan.types[entry.type]
            return (type.isDeferred ? 1 : 0, policy.asksPriorityFirst ? type.priority : 0)
        }
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
                if level(replay.entries[other]) < level(contact) {
                    choice = .moreUrgent(contact: other)
                } else if policy.policy.order == .longestWait, level(replay.entries[other]) == level(contact),
                    other < place
                {
                    choice = .waitedLonger(contact: other)
                } else {
                    choice = .firstByRouting(contact: other)
                }
            case .interrupted(let moment):
                agent = moment.agent
                if moment.kind == .resumed { choice = .goesOn(contact: replay.place(moment.identity)) }
            }
            floor.follow(moment)
            if let choice, agent >= 0, able.contains(replay.plan.agents[agent].group) {
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
        /// The last contact begun, and until when each in hand takes.
        case busy([(contact: Int, until: Double)])
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
            begin(contact, until: handling.until, agent: handling.agent, at: moment.time)
        case .interrupted(let interruption):
            let agent = interruption.agent
            guard agent >= 0 else { return }
            switch interruption.kind {
            case .handedBack:
                guard case .busy(let hands) = states[agent] else { return }
                let place = replay.place(interruption.identity)
                let others = hands.filter { $0.contact != place && $0.until > moment.time }
                states[agent] = others.isEmpty ? .idle(since: moment.time) : .busy(others)
            case .resumed:
                if let place = replay.place(interruption.identity) {
                    begin(place, until: interruption.until, agent: agent, at: moment.time)
                }
            case .lost: break
            }
        }
    }

    private mutating func begin(_ contact: Int, until end: Double, agent: Int, at time: Double) {
        var hands: [(contact: Int, until: Double)] = []
        if case .busy(let others) = states[agent] { hands = others.filter { $0.until > time } }
        states[agent] = .busy(hands + [(contact, end)])
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
                case .busy(let hands):
                    let left = hands.filter { $0.until > entry.offeredAt }
                    if let first = left.min(by: { $0.until < $1.until }) {
                        let channel = replay.plan.types[entry.type].channel
                        let isSame = replay.plan.types[replay.entries[first.contact].type].channel == channel
                        if isSame, left.count < channel.atOnce {
                            group.withRoom.append((agent, left.count))
                        } else {
                            group.busy.append((agent, first.contact, first.until))
                        }
                    } else {
                        group.idle.append((agent, hands.map(\.until).max() ?? 0))
                    }
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

extension Replay {
    /// Why a contact is that another one brought about; nil for a caller's first contact.
    package func cause(of entry: Diary.Entry) -> Offshoot.Cause? {
        guard let cause = ContactNames.causes(entry.path)?.last else { return nil }
        // Causes that share a digit are told apart by the type.
        if scenario.contactTypes[entry.type].origin?.cause == .documentation { return .documentation }
        let isReply = scenario.contactTypes[entry.origin].offshoots.contains {
            $0.cause == .reply && $0.contactType == entry.type
        }
        return cause == .again && isReply ? .reply : cause
    }
}
