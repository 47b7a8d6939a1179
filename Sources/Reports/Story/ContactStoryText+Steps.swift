import Center
import Documents
import Experiments
import Simulator
import Tabular

/// What others did, and what changed, while a contact waited.
extension ContactStoryText {
    /// Steps and turns in the order of time; of many steps the first and the last.
    var happenings: [String] {
        let steps = story.steps
        let kept = Self.mostSteps / 2
        let isLong = steps.count > Self.mostSteps
        var all: [(time: Double, lines: [String])] = []
        for (i, step) in steps.enumerated() {
            if isLong, i == kept {
                all.append((step.time, [Self.room + "... and so \(steps.count - 2 * kept) more times ..."]))
            }
            if !isLong || i < kept || i >= steps.count - kept {
                all.append((step.time, moment(step.time, [text(step)])))
            }
        }
        for turn in story.turns {
            let place = all.firstIndex { $0.time > turn.time } ?? all.endIndex
            all.insert((turn.time, moment(turn.time, [text(turn.change)])), at: place)
        }
        return all.flatMap(\.lines)
    }

    private func text(_ step: ContactStory.Step) -> String {
        let agent = person(step.agent)
        switch step.choice {
        case .takes(let place, let reason):
            let other = replay.entries[place]
            return "\(agent) takes \(names.contact(other))" + (reason.map { text($0, other) } ?? "")
        case .staysIdle: return "\(agent) is free and stays free: \(reserveText)"
        case .keepsFree(let place):
            return "\(agent) keeps a hand free for \(names.contact(replay.entries[place])), which is more urgent"
        case .goesOn(let place):
            return "\(agent) goes on with \(place.map { names.contact(replay.entries[$0]) } ?? "other work")"
        case .pause(let until): return "\(agent) goes on break until \(at(until))"
        case .wentHome: return "\(agent) goes off duty"
        }
    }

    /// `, which has waited longer, since 08:40:43`: why another contact was taken.
    private func text(_ reason: ContactStory.Reason, _ other: Diary.Entry) -> String {
        let kind = replay.scenario.contactTypes[other.type]
        switch reason {
        case .moreUrgent(let priority, let own): return ", more urgent: priority \(priority) before \(own)"
        case .onTheLine: return ", who is on the line"
        case .promised(let since):
            return ", \(promise(other, kind)), which goes first of its priority since \(at(since))"
        case .beforeEverything(let since):
            return ", \(promise(other, kind)), which goes before everything" + (since.map { " since \(at($0))" } ?? "")
        case .onlyWhenIdle: return ": the skill for \(type.id) is only for when nothing else waits"
        case .firstChoice(let rank, let own):
            return ", of rank \(rank) for the agent's group, before \(type.id) of rank \(own)"
        case .waitedLonger: return ", which has waited longer, since \(at(other.offeredAt))"
        case .morePoints(let points, let own):
            return ", with more points: \(Self.points(points)) before \(Self.points(own))"
        case .byLot: return ", drawn by lot"
        case .freeHand(let count):
            return
                " beside \(count) in hand: a hand for \(kind.channel.id) is free, and \(type.id) need somebody with nothing in hand"
        case .closing: return ", whose line has closed, and goes home when nobody waits there"
        case .known: return ", who comes to the person who served that caller before"
        case .reserve: return ", and not this one: \(reserveText)"
        }
    }

    var reserveText: String { "\(type.idleReserve) of those who may take \(type.id) must stay free (reserve)" }

    /// `a call promised by 08:40:43`.
    private func promise(_ entry: Diary.Entry, _ type: ContactType) -> String {
        guard type.origin?.cause == .callback, let target = type.target else { return type.id }
        return "a call promised within \(Units.formatDuration(target.acceptableWait))"
    }

    private static func points(_ points: Double) -> String { PlainNumbers.fixed(points, 1) }

    private func text(_ change: ContactStory.Turn.Change) -> String {
        switch change {
        case .helped(let groups, let isInterpreted, let help):
            let ids = Spelling.list(groups.map { replay.scenario.agentGroups[$0].id }, "and")
            let may = "\(ids) may take it\(isInterpreted ? " with an interpreter" : "") from now on"
            return switch help {
            case .after(let wait): "\(may): it has waited \(Self.duration(wait))"
            case .whenWaiting(let count): "\(may): \(count) \(type.id) wait"
            }
        case .priority(let priority):
            return priority <= 0 ? "goes before everything from now on" : "is of priority \(priority) from now on"
        case .first: return "goes first of its priority from now on: the time of the promise runs out"
        case .opened: return "such calls are made from now on"
        case .closed: return "no such calls are made for now"
        case .notWaitedFor(let agent): return "\(person(agent)) waits no more: the caller waits alone"
        }
    }

    /// `overtaken by 3 nurse_triage of higher priority, 32 had waited longer`; nil when it never was.
    var overtaken: String? {
        var counts: [[Int]: Int] = [:]
        for step in story.steps { counts[kind(step), default: 0] += 1 }
        let parts = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { words($0, counts[$0] ?? 0) }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// What steps are counted by: the kind, and where others of a type went before, the type.
    private func kind(_ step: ContactStory.Step) -> [Int] {
        guard case .takes(let place, let reason) = step.choice else {
            return switch step.choice {
            case .staysIdle: [20]
            case .keepsFree: [21]
            case .goesOn: [22]
            case .pause: [23]
            default: [24]
            }
        }
        let type = replay.entries[place].type
        return switch reason {
        case .moreUrgent: [0, type, 0]
        case .onTheLine: [0, type, 1]
        case .promised, .beforeEverything: [0, type, 2]
        case .freeHand: [0, type, 3]
        case .waitedLonger: [10]
        case .onlyWhenIdle, .firstChoice: [11]
        case .morePoints: [12]
        case .byLot: [13]
        case .known: [14]
        case .reserve: [15]
        case .closing: [16]
        case nil: [17]
        }
    }

    private func words(_ kind: [Int], _ count: Int) -> String {
        let s = count == 1 ? "" : "s"
        switch kind[0] {
        case 0:
            let id = replay.scenario.contactTypes[kind[1]].id
            return "overtaken by \(count) \(id) "
                + ["of higher priority", "on the line", "promised", "for which a hand was free"][kind[2]]
        case 10: return "\(count) had waited longer"
        case 11: return "\(count) came first by the agents' skills"
        case 12: return "\(count) had more points"
        case 13: return "\(count) came first by lot"
        case 14: return "\(count) came to whom they know"
        case 15: return "\(count) taken by agents who were kept free"
        case 16: return "\(count) of a line that had closed"
        case 20: return "\(count) agent\(s) stayed free"
        case 21: return "\(count) hand\(s) kept free"
        case 22: return "\(count) gone on with after an interruption"
        case 23: return "\(count) agent\(s) went on break"
        case 24: return "\(count) agent\(s) went off duty"
        default: return "\(count) taken first"
        }
    }
}
