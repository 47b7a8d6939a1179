/// What became of each contact, for whoever wants to follow a replication contact by contact.
///
/// The loop writes only when a diary is kept. Contacts are in the order in which they were offered; one who hung up is
/// written down when somebody looks at the queue, with the time at which it happened.
package final class Diary {
    /// One contact: each time a caller calls is a contact of its own.
    package struct Entry: Hashable, Sendable {
        package enum Outcome: Int, Sendable {
            case answered, abandoned, turnedAway
            /// The waiting room was full, or all lines were taken.
            case blocked
            /// Nobody came any more.
            case waiting
            /// Left the queue to be called back.
            case calledBack
            /// Was called back, and nobody answered.
            case unreached
        }

        /// Index into the scenario's contact types, and type with language.
        package var type: Int
        package var contactClass: Int
        /// The caller's number within the type, and 0 for the first call, then 1 for each redial.
        package var number: UInt64
        package var attempt: Int
        /// Where another contact brought it about: the type of the caller's first contact, whose number it is, and how.
        package var origin: Int
        package var path: UInt64
        /// Seconds since the horizon's start: when it was offered, and when what became of it did.
        package var offeredAt: Double
        package var time: Double
        package var outcome: Outcome
        /// Nil when nobody answered.
        package var handling: Handling?
        /// What it found, if it had to wait; nil for who was answered at once, turned away or blocked.
        package var queued: Queued?
        /// Of one whom we call: how often nobody answered, and the seconds that it rang in vain, where tries are joined.
        package var triesInVain = 0
        package var ringing = 0.0

        /// Of one who hung up before the first word: when an agent was found, who was taken for nothing from then on.
        package var foundAt: Double?

        /// Seconds from being offered to what became of it; of the answered, to the first word.
        package var wait: Double { time - offeredAt + (handling?.setUp ?? 0) }

        package var identity: Identity { Identity(origin: origin, path: path, number: number, attempt: attempt) }

        package init(
            type: Int, contactClass: Int, number: UInt64, attempt: Int, origin: Int? = nil, path: UInt64 = 0,
            offeredAt: Double, time: Double, outcome: Outcome, handling: Handling? = nil, queued: Queued? = nil
        ) {
            self.type = type
            self.contactClass = contactClass
            self.number = number
            self.attempt = attempt
            self.origin = origin ?? type
            self.path = path
            self.offeredAt = offeredAt
            self.time = time
            self.outcome = outcome
            self.handling = handling
            self.queued = queued
        }
    }

    /// What identifies a contact among all of its replication.
    package struct Identity: Hashable, Sendable {
        package var origin: Int
        package var path: UInt64
        package var number: UInt64
        package var attempt: Int

        package init(origin: Int, path: UInt64, number: UInt64, attempt: Int) {
            self.origin = origin
            self.path = path
            self.number = number
            self.attempt = attempt
        }
    }

    /// Who answered and what it took.
    package struct Handling: Hashable, Sendable {
        package var agent: Int
        /// When the agent is through, seconds since the horizon's start.
        package var until: Double
        /// Seconds, the paces of the time of day and of the agent's group included.
        package var talk: Double
        package var hold: Double
        package var wrapUp: Double
        /// Until the first word: the caller still waits.
        package var setUp = 0.0
    }

    /// What happens to a contact whose agent leaves before it is through.
    package struct Interruption: Hashable, Sendable {
        package enum Kind: Int, Sendable {
            /// The agent went home and the contact waits again; another agent goes on with it; its patience ended or we
            /// closed before.
            case handedBack, resumed, lost
        }

        package var kind: Kind
        package var type: Int
        package var number: UInt64
        package var attempt: Int
        package var time: Double
        /// −1 when nobody goes on with it; and when that agent will be through.
        package var agent: Int
        package var until: Double
        /// Of a contact that another one brought about: the type of the caller's first contact, and how.
        package var origin: Int?
        package var path: UInt64 = 0

        package var identity: Identity {
            Identity(origin: origin ?? type, path: path, number: number, attempt: attempt)
        }
    }

    /// Why a contact had to wait.
    package struct Queued: Hashable, Sendable {
        /// Agents who may serve it: on a contact, on a break.
        package var busy: Int
        package var away: Int
        /// Contacts waiting that some of those agents would take first: as urgent or more, and here before.
        package var ahead: Int
        /// When patience ends; infinite without.
        package var deadline: Double
    }

    /// What happened to agents and contacts, in the order of the loop.
    package struct Moment: Sendable {
        package enum Kind: Sendable {
            /// A shift begins, a break is over, or staffing rises.
            case onDuty(agent: Int)
            case pause(agent: Int, until: Double)
            case offDuty(agent: Int)
            /// Places in `entries`.
            case offered(Int)
            case answered(Int)
            /// The same of one of which the handling is known only when it ends.
            case begun(Identity, agent: Int)
            /// Of a contact that was answered before.
            case interrupted(Interruption)
            /// An agent was taken by a contact to whom nobody said a word: one who hung up before, or did not answer us.
            case inVain(Identity, agent: Int, until: Double)
            /// A contact goes to the person who served it before, ahead of all who wait.
            case known(Identity, agent: Int)
            /// A contact waits in another queue than its class's from now on.
            case moved(Identity, queue: Int)
            /// It found no room.
            case full(Identity, Full)
            /// The caller heard of a wait of so many seconds and did not stay.
            case balked(Identity, announced: Double)
            /// An agent waits with a caller until somebody takes the contact, at most until a time; or stops waiting.
            case asked(Identity, agent: Int, until: Double)
            case notWaitedFor(Identity, agent: Int)
            /// An agent is busy until another time than was written before: with a caller who waits for a colleague, or
            /// after that.
            case busyUntil(agent: Int, Double)
            /// A busy agent goes home, or takes a break, when the contact in hand ends; and, of a group under a staffing
            /// curve, so many more are there than it wants.
            case due(agent: Int)
            case surplus(group: Int, Int)
        }

        /// Which limit was reached.
        package enum Full: Sendable {
            case lines
            /// So many of the type wait, or of all types.
            case ofType, ofAll
        }

        package var time: Double
        package var kind: Kind
    }

    /// Those that were not handed on yet.
    package private(set) var entries: [Entry] = []
    /// In the order in which the loop noticed them.
    package private(set) var interruptions: [Interruption] = []
    /// Empty unless moments are kept.
    package private(set) var moments: [Moment] = []
    /// Agents who did not come because of shrinkage.
    package private(set) var absent: Set<Int> = []
    private let reader: (any ContactReader)?
    private let keepsMoments: Bool
    /// Where the contacts that wait stand in the list, counted from the replication's first entry.
    private var waiting: [Identity: Int] = [:]
    /// Where contacts stand whose handling may still be interrupted, and continued by somebody else.
    private var working: [Identity: Int] = [:]
    /// The entry that was written to last.
    private var latest = 0
    /// Those whose beginning has been written.
    private var begun: Set<Identity> = []
    private var handedOn = 0
    /// How many entries from the first on are decided.
    private var decided = 0
    /// By class: queues of which some agent for the class takes a contact first that has waited before.
    private let rivals: [[Int]]

    /// So many decided entries, at least, are handed on at once.
    private let page: Int
    /// Whether the tries to reach somebody are one contact, as in the tables: so for readers. Stories keep each try
    /// apart.
    let mergesTries: Bool

    /// With a reader, entries are handed on as they are decided and not kept.
    package init(
        _ plan: Blueprint, reader: (any ContactReader)? = nil, keepsMoments: Bool = false, page: Int = 4096
    ) {
        self.reader = reader
        mergesTries = reader != nil
        self.page = page
        self.keepsMoments = keepsMoments
        // The same lists by which agents choose: those of lower levels go first, whatever their wait.
        var rivals = [Set<Int>](repeating: [], count: plan.classes.count)
        for group in plan.groups {
            var before: Set<Int> = []
            for level in group.priorities {
                before.formUnion(level)
                for c in level where c < rivals.count { rivals[c].formUnion(before) }
            }
        }
        self.rivals = rivals.map { $0.sorted() }
    }

    // MARK: Contacts

    /// A contact is offered and, unless it is queued, something becomes of it at once.
    func offer(_ entry: Entry) {
        if entry.outcome == .waiting {
            if mergesTries, let place = waiting[entry.identity] {
                // The next try waits for an agent.
                entries[place - handedOn].queued = entries[place - handedOn].queued ?? entry.queued
                return
            }
            waiting[entry.identity] = handedOn + entries.count
        }
        write(entry.offeredAt, .offered(handedOn + entries.count))
        if entry.outcome == .answered { write(entry.time, .answered(handedOn + entries.count)) }
        latest = handedOn + entries.count
        entries.append(entry)
        if entries.count >= 2 * page, reader != nil { handOn() }
    }

    /// Something becomes of a contact that waits.
    func decide(
        _ contact: Identity, _ outcome: Entry.Outcome, at time: Double, _ handling: Handling?
    ) {
        guard let place = waiting.removeValue(forKey: contact) else {
            assertionFailure("something becomes of a contact that does not wait")
            return
        }
        latest = place
        entries[place - handedOn].time = time
        entries[place - handedOn].outcome = outcome
        entries[place - handedOn].handling = handling
        if outcome == .answered, begun.remove(contact) == nil { write(time, .answered(place)) }
    }

    /// An agent begins a contact, and how long it takes is known when it ends.
    func begin(_ contact: Identity, by a: Int, at time: Double) {
        guard keepsMoments else { return }
        begun.insert(contact)
        write(time, .begun(contact, agent: a))
    }

    /// The contact written to last is worked on, and may be interrupted: table rows count all the work on it, while a
    /// story has what was expected.
    func keepOpen(_ contact: Identity) { if reader != nil { working[contact] = latest } }

    /// Work on a contact takes more or less than was written, in seconds, and ends at another time.
    func adjust(_ contact: Identity, talk: Double, hold: Double, wrapUp: Double, until end: Double) {
        guard let place = working[contact] else { return }
        entries[place - handedOn].handling?.talk += talk
        entries[place - handedOn].handling?.hold += hold
        entries[place - handedOn].handling?.wrapUp += wrapUp
        entries[place - handedOn].handling?.until = end
    }

    /// Work on a contact is done.
    func close(_ contact: Identity) { working[contact] = nil }

    /// An agent is found at `time` for a contact that will hang up before the first word.
    func takeInVain(_ contact: Identity, at time: Double) {
        if let place = waiting[contact] { entries[place - handedOn].foundAt = time }
    }

    /// It rang in vain, and the contact waits on.
    func addTry(_ contact: Identity, ringing seconds: Double) {
        guard let place = waiting[contact] else { return }
        entries[place - handedOn].triesInVain += 1
        entries[place - handedOn].ringing += seconds
    }

    func isWaiting(_ contact: Identity) -> Bool { waiting[contact] != nil }

    /// How many of those who wait, in the queues of `floor`, are before a new contact of the class at `now`.
    func ahead(of c: Int, on floor: borrowing Floor, now: Double) -> Int {
        var count = 0
        for rival in rivals[c] {
            var slot = floor.queues[rival].first
            while slot >= 0 {
                // Who hung up and was not noticed yet is not there any more.
                if floor.contacts[Int(slot)].deadline > now { count += 1 }
                slot = floor.contacts[Int(slot)].next
            }
        }
        return count
    }

    /// The replication is over: whoever waits now waits for ever.
    func end() {
        waiting.removeAll()
        working.removeAll()
        guard let reader else { return }
        reader.read(entries[...])
        reader.end()
        entries.removeAll()
    }

    /// Hands on those before the first who still waits, when there are enough of them.
    private func handOn() {
        // More may still be written about the latest entry, and about those that are worked on.
        let open = min(working.values.min() ?? .max, latest) - handedOn
        while decided < min(entries.count, open), entries[decided].outcome != .waiting { decided += 1 }
        guard decided >= page else { return }
        reader?.read(entries[..<decided])
        entries.removeFirst(decided)
        handedOn += decided
        decided = 0
    }

    func write(_ interruption: Interruption) {
        interruptions.append(interruption)
        write(interruption.time, .interrupted(interruption))
    }

    // MARK: Agents

    func write(_ time: Double, _ kind: Moment.Kind) {
        if keepsMoments { moments.append(Moment(time: time, kind: kind)) }
    }

    func isAbsent(_ agent: Int) { absent.insert(agent) }
}

/// Who reads a replication's contacts while it is played, on the thread that plays it.
package protocol ContactReader: AnyObject {
    /// The next contacts in the order in which they were offered, each with what became of it.
    func read(_ entries: ArraySlice<Diary.Entry>)
    /// The replication is over.
    func end()
}
