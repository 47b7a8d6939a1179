import Center
import Simulator

/// Why one contact of a replication went as it went: whom it could have gone to, and at each step who was taken instead.
package struct ContactStory: Sendable {
    /// An agent group that may serve the contact, as it was when the contact came.
    package struct Group: Sendable {
        package var group: Int
        package var rank: Int
        /// What has to happen before these people may take it; nil for those who always may.
        package var help: Help?
        /// Whether they do not speak the language and somebody on the line does.
        package var isInterpreted = false
        /// Free agents, the one who has been idle longest first, with when they became idle.
        package var idle: [(agent: Int, since: Double)] = []
        /// With the place in the replay's entries of the contact in hand; who is through first comes first.
        package var busy: [(agent: Int, contact: Int, until: Double)] = []
        /// Of those who are busy: whether they go home or take a break when they are through.
        package var due: Set<Int> = []
        /// So many more of those who are busy than a staffing curve wants, who go when they are through.
        package var surplus = 0
        /// With contacts in hand, and room for one more of this channel.
        package var withRoom: [(agent: Int, inHand: Int)] = []
        package var away: [(agent: Int, until: Double)] = []
        /// When the first of those who are off duty comes, if one does.
        package var nextOnDuty: Double?
        /// Did not come that day because of shrinkage.
        package var absent = 0
    }

    /// When people help out who do not take a contact at once.
    package enum Help: Sendable, Equatable {
        /// Seconds of wait.
        case after(Double)
        /// So many of the type wait.
        case whenWaiting(Int)
    }

    /// Why another contact was taken.
    package enum Reason: Sendable {
        case moreUrgent(priority: Int, than: Int)
        /// Somebody is on the line, and this one lies in a list.
        case onTheLine
        /// A promise that nears its end goes first of its priority, since a time.
        case promised(since: Double)
        /// It goes before everything, since a time if it did not at first.
        case beforeEverything(since: Double?)
        /// The agent takes this one only when nothing else waits.
        case onlyWhenIdle
        /// Of the rank that the agent's group has for each of the two.
        case firstChoice(rank: Int, than: Int)
        case waitedLonger
        case morePoints(Double, than: Double)
        case byLot
        /// The agent had so many in hand and a hand free, and this one needs somebody who has nothing in hand.
        case freeHand(beside: Int)
        /// It came to the person whom it knows.
        case known
        /// Too few are idle for this one to be taken.
        case reserve
        /// Its line has closed, and who would go home stays for those who still wait there.
        case closing
    }

    /// An agent who may serve the contact had free hands while it waited, and did something else.
    package struct Step: Sendable {
        package enum Choice: Sendable {
            /// Its place in the replay's entries.
            case takes(contact: Int, Reason?)
            /// Stays idle so that enough are; or keeps a hand free for a more urgent contact.
            case staysIdle
            case keepsFree(contact: Int)
            /// Goes on with what was interrupted.
            case goesOn(contact: Int?)
            case pause(until: Double)
            case wentHome
        }

        package var time: Double
        package var agent: Int
        package var choice: Choice
    }

    /// What changes for the contact while it waits.
    package struct Turn: Sendable {
        package enum Change: Sendable {
            /// Further groups may take it.
            case helped(by: [Int], isInterpreted: Bool, Help)
            case priority(Int)
            /// It goes first of its priority.
            case first
            /// Such calls may be made from now on, or no more.
            case opened, closed
            /// An agent who has waited with the caller does so no more.
            case notWaitedFor(agent: Int)
        }

        package var time: Double
        package var change: Change
    }

    /// Why the contact had to wait although somebody had a hand free.
    package enum Held: Sendable {
        /// So many are idle, and so many must stay so.
        case reserve(idle: Int, kept: Int)
        /// For a more urgent contact.
        case hands(contact: Int)
        /// No such calls are made before a time; nil is never again.
        case hours(until: Double?)
    }

    /// How the agent was found who took it.
    package enum Found: Sendable {
        case idle
        /// Has so many in hand, itself not among them.
        case beside(Int)
        /// Left other work for it.
        case leaving(contact: Int)
        /// Who is known to the caller.
        case known
    }

    /// What the contact counts for in its target.
    package enum Verdict: String, Sendable {
        case met, missed
        case notCounted = "not_counted"
    }

    package let contact: Diary.Entry
    /// By rank, then as listed; those who help are last.
    package private(set) var groups: [Group]
    package private(set) var steps: [Step] = []
    package private(set) var turns: [Turn] = []
    package private(set) var held: Held?
    /// Nil when nobody took it.
    package private(set) var found: Found?
    /// The agent who was taken by it in vain, and until when: it hung up before the first word, or nobody answered.
    package private(set) var inVain: (agent: Int, until: Double)?
    /// What was full.
    package private(set) var full: Diary.Moment.Full?
    /// The wait that it was told of and would not stay for, seconds.
    package private(set) var announced: Double?
    /// The agent who waited with the caller until somebody took it, and until when at most.
    package private(set) var waitedFor: (agent: Int, until: Double)?
    /// Whether it was given up because nobody came.
    package private(set) var isGivenUp = false
    /// How the group of the agent who took it came to.
    package private(set) var helper: Group?
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
            broughtAbout = Set(FollowOn.Cause.allCases.map(\.digit)).sorted().flatMap { digit in
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
                        && replay.plan.types[$0.type].given.channel == replay.plan.types[entry.type].given.channel
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
        follow(replay, place, &floor, from: next)
    }

    /// The contact alone, counted by the target's rule.
    private static func verdict(_ entry: Diary.Entry, _ replay: Replay) -> Verdict? {
        let type = replay.scenario.contactTypes[entry.type]
        guard let target = type.target(in: replay.plan.classes[entry.contactClass].language) else { return nil }
        // A call that nobody took up is tried again.
        if entry.outcome == .unreached { return .notCounted }
        // What becomes of the promise decides, in a story of its own.
        let rules = replay.scenario.rules
        let instead = entry.queued == nil ? rules.closed : rules.callbacks
        if entry.outcome == .calledBack, instead == .promisedKept { return nil }
        var counts = Counts()
        let clock = replay.plan.types[entry.type].clock
        let setUp = entry.handling?.setUp ?? 0
        let wait = clock.map { $0.elapsed(from: entry.offeredAt, to: entry.time) + setUp } ?? entry.wait
        let isInTime = wait <= target.acceptableWait
        counts.columns[ReplicationSums.Contact.offered.rawValue] = 1
        switch entry.outcome {
        case .answered:
            counts.columns[ReplicationSums.Contact.answered.rawValue] = 1
            counts.columns[ReplicationSums.Contact.answeredInTime.rawValue] = isInTime ? 1 : 0
        case .abandoned:
            counts.columns[ReplicationSums.Contact.abandonedInTime.rawValue] = isInTime ? 1 : 0
            counts.columns[ReplicationSums.Contact.shortAbandoned.rawValue] = entry.wait <= type.shortAbandon ? 1 : 0
        case .waiting where type.channel.kind == .deferred:
            counts.columns[ReplicationSums.Contact.undecided.rawValue] = isInTime ? 1 : 0
        // Whoever did not wait found us closed; whoever was handed on did reach us.
        case .calledBack where instead == .leftOut,
            .turnedAway where rules.closed == .leftOut && entry.wait == 0 && entry.path == 0:
            counts.columns[ReplicationSums.Contact.leftOut.rawValue] = 1
        case .turnedAway, .blocked, .waiting, .calledBack, .unreached: break
        }
        if target.rule.denominator(counts) == 0 { return .notCounted }
        return target.rule.numerator(counts) > 0 ? .met : .missed
    }

    /// What happened to the contact, and what agents who may serve it did instead, from when it was offered until
    /// something became of it.
    private mutating func follow(_ replay: Replay, _ place: Int, _ floor: inout People, from first: Int) {
        var known: Int?
        var last = contact.offeredAt
        let needed = replay.plan.types[contact.type].given.idleReserve
        for moment in replay.moments[..<first].reversed().prefix(while: { $0.time == contact.offeredAt }) {
            if case .known(contact.identity, let agent) = moment.kind { known = agent }
        }
        for moment in replay.moments[first...] {
            if moment.time > contact.time { break }
            if contact.queued != nil {
                addKept(&floor, place, from: last, to: moment.time)
                last = moment.time
            }
            switch moment.kind {
            case .answered(place), .begun(contact.identity, _), .inVain(contact.identity, _, _):
                if case .inVain(_, let agent, let end) = moment.kind { inVain = (agent, end) }
                let taker = contact.handling?.agent ?? inVain?.agent
                guard let taker else { return }
                found = floor.found(taker, at: moment.time, isKnown: known == taker)
                helper = floor.helper(taker, for: place)
                return
            case .full(contact.identity, let what): full = what
            case .balked(contact.identity, let wait): announced = wait
            case .asked(contact.identity, let agent, let end): waitedFor = (agent, end)
            case .notWaitedFor(contact.identity, let agent):
                isGivenUp = replay.cause(of: contact) == .consult
                if !isGivenUp { turns.append(Turn(time: moment.time, change: .notWaitedFor(agent: agent))) }
            case .known(contact.identity, let agent): known = agent
            case .moved(contact.identity, let queue):
                turns += floor.changes(of: place, to: queue).map { Turn(time: moment.time, change: $0) }
            default: addStep(moment, &floor, place, needed: needed)
            }
            floor.follow(moment)
            guard contact.queued != nil, announced == nil, moment.time == contact.offeredAt else { continue }
            if case .moved(contact.identity, _) = moment.kind { held = nil }
            // As it was when it joined the queue, whatever else comes in the same moment.
            held = held ?? floor.held(place)
        }
        if contact.queued != nil { addKept(&floor, place, from: last, to: contact.time) }
    }

    /// Who got a hand free after `start` and before `end` and took nothing.
    private mutating func addKept(_ floor: inout People, _ place: Int, from start: Double, to end: Double) {
        guard start < end, floor.isWaiting(place) else { return }
        for (agent, time) in floor.freed(for: place, from: start, to: end) where time > contact.offeredAt {
            if let choice = floor.kept(agent, for: place, at: time) {
                steps.append(Step(time: time, agent: agent, choice: choice))
            }
        }
    }

    /// An agent who may serve the contact, which waits, does something else.
    private mutating func addStep(_ moment: Diary.Moment, _ floor: inout People, _ place: Int, needed: Int) {
        guard floor.isWaiting(place) else { return }
        let agent: Int
        let choice: Step.Choice
        switch moment.kind {
        case .pause(let a, let until):
            agent = a
            choice = .pause(until: until)
        case .offDuty(let a):
            agent = a
            // Who was on a break had no free hands.
            if floor.isAway(a) { return }
            choice = .wentHome
        case .answered, .begun, .inVain:
            guard let (a, other) = floor.taking(moment), floor.mayTake(a, place) else { return }
            let reason = floor.reason(for: other, before: place, by: a, at: moment.time, needed: needed)
            // It had left in the same moment.
            if reason == nil, moment.time == contact.time { return }
            agent = a
            choice = .takes(contact: other, reason)
        case .interrupted(let interruption):
            agent = interruption.agent
            guard interruption.kind == .resumed else { return }
            choice = .goesOn(contact: floor.place(interruption.identity))
        default: return
        }
        if floor.mayTake(agent, place) { steps.append(Step(time: moment.time, agent: agent, choice: choice)) }
    }
}

extension Replay {
    /// Why a contact is that another one brought about; nil for a caller's first contact.
    package func cause(of entry: Diary.Entry) -> FollowOn.Cause? {
        guard let cause = ContactNames.causes(entry.path)?.last else { return nil }
        // Causes that share a digit are told apart by the type.
        if scenario.contactTypes[entry.type].origin?.cause == .documentation { return .documentation }
        let isReply = scenario.contactTypes[entry.origin].followOns.contains {
            $0.cause == .reply && $0.contactType == entry.type
        }
        return cause == .again && isReply ? .reply : cause
    }
}
