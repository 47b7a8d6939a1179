import Center
import Experiments
import Simulator
import Tabular

/// How a contact comes, whom it finds, and why it waits or does not.
extension ContactStoryText {
    var arrival: [String] {
        let language = names.languages[contact.contactClass].map { ", language \($0)" } ?? ""
        let again =
            contact.attempt == 0
            ? "" : isTriedAgain ? ", try \(contact.attempt + 1)" : ", call \(contact.attempt + 1) of the same caller"
        let lines = ["\(coming(contact)): \(type.id), priority \(type.priority)\(language)\(again)"]
        guard contact.queued == nil else { return lines + groups + waits }
        switch contact.outcome {
        case .calledBack: return lines + ["\(type.id) is closed: promised a call when it opens"]
        case .turnedAway: return lines + ["turned away: \(type.id) is closed"]
        case .blocked: return lines + groups + [blocked]
        case .unreached: return lines + groups + [unreached(after: "at once")]
        case .answered: return lines + groups + [atOnce]
        case .abandoned, .waiting: return lines + groups + [tooLate("at once", since: contact.offeredAt)]
        }
    }

    private var blocked: String {
        switch story.full {
        case .ofType: "blocked: \(type.blockedAt ?? 0) \(type.id) wait already, which is the limit"
        case .ofAll:
            "blocked: \(replay.scenario.rules.waitingLimit ?? 0) wait already, which is the limit for all types"
        case .lines, nil: "blocked: all lines of \(type.channel.id) are taken"
        }
    }

    /// Behind whom it waits, why in spite of free hands, and how long it would.
    private var waits: [String] {
        var lines: [String] = []
        let ahead = contact.queued?.ahead ?? 0
        let isByWait = replay.scenario.routing.pickContact.goesByPriorityAndWait
        let others = ahead == 1 ? "1 that is as urgent or more" : "\(ahead) that are as urgent or more"
        if let announced = story.announced {
            return [
                "hears of a wait of \(Self.duration(announced)), which whoever came first has waited, and does not stay"
            ]
        }
        switch story.held {
        case .hours(let opening):
            lines.append("waits: no such calls are made " + (opening.map { "before \(at($0))" } ?? "any more"))
        case .reserve(let idle, let kept):
            lines.append("waits: \(idle) free, and \(kept) of those who may take it must stay free (reserve)")
        case .hands(let place):
            lines.append("waits: hands are kept free for \(names.contact(replay.entries[place])), which is more urgent")
        case nil where ahead == 0: lines.append("waits; nobody is before it")
        case nil:
            lines.append(isByWait ? "waits behind \(others)" : "waits; \(ahead) wait\(ahead == 1 ? "s" : "") already")
        }
        if let (agent, end) = story.waitedFor {
            lines.append("\(person(agent)) waits for a colleague, until \(at(end)) at most")
        }
        let deadline = contact.queued?.deadline ?? .infinity
        if deadline < .infinity {
            lines.append(
                "patience \(Self.duration(deadline - contact.offeredAt)): hangs up at \(at(deadline)) if nobody answers"
            )
        } else if story.waitedFor == nil || !isConsult {
            lines.append("waits as long as it takes")
        }
        return lines
    }

    /// Whether it is one more try to reach somebody.
    private var isTriedAgain: Bool { contact.attempt > 0 && type.channel.kind == .deferred }

    var isConsult: Bool { replay.cause(of: contact) == .consult }

    /// How a contact comes into being.
    private func coming(_ entry: Diary.Entry) -> String {
        if isTriedAgain { return "is to be called again" }
        guard entry.attempt == 0, let cause = replay.cause(of: entry) else { return "comes" }
        return switch cause {
        case .transfer: "is handed on"
        case .again: "comes again, not resolved"
        case .followUp: "is left to be done"
        case .callback: "is to be called back"
        case .message: "is left as a message"
        case .consult: "is asked"
        case .chaser: "comes to ask what became of it"
        case .reply: "comes in answer"
        case .documentation: "is put off"
        }
    }

    /// What happens to a contact that was answered before.
    func text(_ interruption: Diary.Interruption) -> String {
        switch interruption.kind {
        case .handedBack:
            let agent = interruption.agent
            guard let taken = replay.taken(by: agent, at: interruption.time) else {
                return "handed back: \(person(agent)) goes home"
            }
            return "interrupted: \(person(agent)) takes \(names.contact(replay.entries[taken]))"
        case .resumed:
            return
                "\(person(interruption.agent)) goes on with it, until \(at(interruption.until)) if nothing comes"
        case .lost: return "nobody goes on with it"
        }
    }

    /// A line for each group that may serve it, those who only help with what has to happen before.
    private var groups: [String] {
        let hasRanks = Set(story.groups.filter { $0.help == nil }.map(\.rank)).count > 1
        let nobody = story.groups.contains { $0.help == nil } ? [] : ["no agent group has \(needs) at once"]
        return (story.groups.isEmpty ? ["no agent group has \(needs)"] : nobody)
            + story.groups.map { group in
                let rank = hasRanks && group.help == nil ? "rank \(group.rank), " : ""
                let id = replay.scenario.agentGroups[group.group].id
                return rank + id + (role(group).map { " (\($0))" } ?? "") + ": " + state(group)
            }
    }

    /// `with an interpreter, after 30s`; nil for those who take it at once and alone.
    func role(_ group: ContactStory.Group) -> String? {
        let help = when(group)
        if group.isInterpreted { return "with an interpreter" + (help.map { ", \($0)" } ?? "") }
        return help.map { "help \($0)" }
    }

    /// `after 1m`: when people help out; nil for those who always may.
    func when(_ group: ContactStory.Group) -> String? {
        switch group.help {
        case .after(let wait): "after \(Self.duration(wait))"
        case .whenWaiting(let count): "when \(count) wait"
        case nil: nil
        }
    }

    /// `the skill, the licence rn and the language`.
    private var needs: String {
        var needs = ["the skill"]
        if let licence = type.licence { needs.append("the licence \(licence)") }
        if names.languages[contact.contactClass] != nil { needs.append("the language") }
        return Spelling.list(needs, "and")
    }

    /// `6 busy (the first until 08:14:31), 1 on break until 08:20:00; the next comes at 10:00:00`.
    private func state(_ group: ContactStory.Group) -> String {
        var parts: [String] = []
        if !group.idle.isEmpty { parts.append("\(group.idle.count) free") }
        if let first = group.withRoom.first {
            parts.append(
                group.withRoom.count == 1
                    ? "\(names.agent(first.agent)) with \(first.inHand) in hand and room for more"
                    : "\(group.withRoom.count) with room for more beside those in hand")
        }
        if let first = group.busy.first {
            let with = names.contact(replay.entries[first.contact])
            let agent = names.agent(first.agent)
            let isDue = group.due.contains(first.agent)
            let others = group.due.count - (isDue ? 1 : 0)
            let ends = "until \(at(first.until))" + (isDue ? " and then leaves" : "")
            parts.append(
                (group.busy.count == 1
                    ? "\(agent) busy with \(with) \(ends)"
                    : "\(group.busy.count) busy, the first (\(agent), with \(with)) \(ends)")
                    + (others > 0
                        ? ", of whom \(others) \(isDue ? "more " : "")then \(others == 1 ? "leaves" : "leave")" : ""))
        }
        if let first = group.away.first {
            parts.append(
                "\(group.away.count) on break\(group.away.count > 1 ? ", the first" : "") until \(at(first.until))")
        }
        if parts.isEmpty { parts.append("nobody on duty") }
        if group.surplus > 0 {
            parts.append("\(group.surplus) of them \(group.surplus == 1 ? "goes" : "go") home when through")
        }
        var text = parts.joined(separator: "; ")
        if group.absent > 0 { text += "; \(group.absent) away that day" }
        // Who comes another day matters only where nobody is there.
        let isEmpty = group.busy.isEmpty && group.away.isEmpty
        if let next = group.nextOnDuty, group.idle.isEmpty, isEmpty || isSameDay(next) {
            text += "; the next comes on duty at \(at(next))"
        }
        return text
    }

    private var atOnce: String {
        guard let agent = contact.handling?.agent else { return "" }
        return "\(begun) at once by \(person(agent))\(severalText)\(whyAgent(agent))" + handlingText
    }

    /// `, idle longest (since 08:00:00) of 6 who were free`: why the agent who took it at once did.
    private func whyAgent(_ agent: Int) -> String {
        switch story.found {
        case .known: return ", who has served this caller before"
        case .leaving(let place): return ", who leaves \(names.contact(replay.entries[place])) for it"
        case .beside:
            let isFull = replay.loadsFully(contact)
            return isFull ? ", with the most in hand, so that others stay free" : ", with the fewest in hand"
        case .idle, nil: break
        }
        guard let group = story.groups.first(where: { $0.idle.contains { $0.agent == agent } }),
            let since = group.idle.first(where: { $0.agent == agent })?.since
        else { return "" }
        let policy = replay.scenario.routing.pickAgent
        let asked = story.groups.filter { !policy.asksByRank || $0.rank == group.rank }
        let count = asked.reduce(0) { $0 + $1.idle.count }
        let interpreter = group.isInterpreted ? ", with an interpreter" : ""
        guard count > 1 else { return "\(interpreter), the only one free (since \(at(since)))" }
        let from = policy.reason == PickAgent.longestIdle.reason ? " (since \(at(since)))" : ""
        return "\(interpreter), \(policy.reason)\(from) of \(count) who were free"
    }

    /// Of one who hung up before the first word: who had been found.
    func tooLate(_ when: String, since found: Double) -> String {
        guard let (agent, end) = story.inVain else { return "waits" }
        return "finds \(person(agent)) \(when), and hangs up \(Self.duration(end - found)) later, before the first word"
    }

    func unreached(after words: String) -> String {
        guard let (agent, end) = story.inVain else { return "is called \(words), and nobody answers" }
        return
            "is called \(words) by \(person(agent)), and nobody answers for \(Self.duration(end - contact.time))"
    }

    /// `, one of 2 in hand`.
    var severalText: String {
        type.channel.atOnce > 1 && story.inHand > 1 ? ", one of \(story.inHand) in hand" : ""
    }

    var handlingText: String {
        guard let handling = contact.handling else { return "" }
        var parts = ["talk \(Self.duration(handling.talk))"]
        if handling.hold > 0 { parts.append("hold \(Self.duration(handling.hold))") }
        if handling.wrapUp > 0 { parts.append("after-contact work \(Self.duration(handling.wrapUp))") }
        return ": \(parts.joined(separator: ", ")), until \(at(handling.until))"
    }
}
