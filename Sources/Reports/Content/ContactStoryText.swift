import Simulator

/// `explain contact ID` for people: what happened to one contact and why, a line a moment.
package struct ContactStoryText {
    let replay: Replay
    let story: ContactStory
    /// From 1.
    let run: Int
    let clock: WallClock
    var contact: Diary.Entry { story.contact }
    var names: ContactNames { replay.names }
    private var type: ContactType { replay.scenario.contactTypes[contact.type] }

    package init(_ replay: Replay, place: Int, run: Int) {
        self.replay = replay
        self.run = run
        story = ContactStory(replay, place: place)
        clock = WallClock(replay.scenario.horizon)
    }

    /// More steps than these are told by their number.
    private static let mostSteps = 12

    /// The text without a line end at its end.
    package var text: String {
        var lines = [headline, ""]
        lines += moment(contact.offeredAt, arrival)
        lines += steps
        lines += ending
        for interruption in story.interruptions { lines += moment(interruption.time, [text(interruption)]) }
        if let targetText { lines += ["", targetText] }
        let links = links
        if !links.isEmpty { lines += (targetText == nil ? [""] : []) + links }
        return lines.joined(separator: "\n")
    }

    // MARK: Lines

    private var headline: String {
        let scenario = replay.scenario
        var text = "\(names.contact(contact)) in run \(run) of "
        text += TerminalText.line(scenario.name.isEmpty ? scenario.id : scenario.name)
        if let date = clock.date(contact.offeredAt) {
            text += ", \(PlainDates.day(date)) (times in \(scenario.horizon.timeZone))"
        }
        return text
    }

    /// A moment's lines: the clock before the first, room before the others.
    private func moment(_ time: Double, _ lines: [String]) -> [String] {
        var wrapped = lines.flatMap { GlossaryPage.wrapped(Self.room + $0) }
        if !wrapped.isEmpty { wrapped[0] = at(time) + "  " + wrapped[0].dropFirst(Self.room.count) }
        return wrapped
    }

    private static let room = "          "

    /// `08:14:07`, with the day where it is another than the contact's: `Tue 00:10:02`.
    private func at(_ time: Double) -> String {
        guard let date = clock.date(time), !isSameDay(time) else { return clock.clock(time) }
        return Horizon.weekdayNames[date.weekday] + " " + clock.clock(time)
    }

    private func isSameDay(_ time: Double) -> Bool { clock.date(time) == clock.date(contact.offeredAt) }

    /// `3.4s` below ten seconds, where a second matters; else `1m15s`.
    static func duration(_ seconds: Double) -> String {
        seconds < 9.95 && seconds != seconds.rounded()
            ? PlainNumbers.fixed(seconds, 1) + "s" : Units.formatDuration(seconds.rounded())
    }

    // MARK: It comes

    private var arrival: [String] {
        let language = names.languages[contact.contactClass].map { ", language \($0)" } ?? ""
        let again = contact.attempt == 0 ? "" : ", call \(contact.attempt + 1) of the same caller"
        var lines = ["\(coming(contact)): \(type.id), priority \(type.priority)\(language)\(again)"]
        switch contact.outcome {
        case .unreached where contact.queued == nil: return lines + groups + ["called at once, and nobody answers"]
        case .calledBack where contact.queued == nil:
            return lines + ["\(type.id) is closed: promised a call when it opens"]
        case .turnedAway where contact.queued == nil: return lines + ["turned away: \(type.id) is closed"]
        case .answered where contact.queued == nil: return lines + groups + [atOnce]
        case .blocked:
            guard let limit = type.blockedAt ?? replay.scenario.rules.waitingLimit else {
                return lines + groups + ["blocked: all lines of \(type.channel.id) are taken"]
            }
            return lines + groups + ["blocked: \(limit) wait already, which is the limit"]
        default: break
        }
        lines += groups
        let ahead = contact.queued?.ahead ?? 0
        let others = ahead == 1 ? "1 that is" : "\(ahead) that are"
        lines.append(ahead == 0 ? "waits; nobody is before it" : "waits behind \(others) as urgent or more")
        let deadline = contact.queued?.deadline ?? .infinity
        lines.append(
            deadline < .infinity
                ? "patience \(Self.duration(deadline - contact.offeredAt)): hangs up at \(at(deadline)) if nobody answers"
                : "waits as long as it takes")
        return lines
    }

    /// How a contact comes into being.
    private func coming(_ entry: Diary.Entry) -> String {
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
    private func text(_ interruption: Diary.Interruption) -> String {
        switch interruption.kind {
        case .handedBack:
            let agent = interruption.agent
            let taken = replay.entries.first { $0.handling?.agent == agent && $0.time == interruption.time }
            guard let taken else { return "handed back: \(names.agent(agent)) goes home" }
            return "interrupted: \(names.agent(agent)) takes \(names.contact(taken))"
        case .resumed:
            return
                "\(names.agent(interruption.agent)) goes on with it, until \(at(interruption.until)) if nothing comes"
        case .lost: return "nobody goes on with it"
        }
    }

    /// A line for each group that may serve it.
    private var groups: [String] {
        guard !story.groups.isEmpty else { return ["no agent group has the skill\(languageToo)"] }
        let hasRanks = Set(story.groups.map(\.rank)).count > 1
        return story.groups.map { group in
            (hasRanks ? "rank \(group.rank), " : "") + replay.scenario.agentGroups[group.group].id + ": "
                + state(group)
        }
    }

    private var languageToo: String { names.languages[contact.contactClass] == nil ? "" : " and the language" }

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
            parts.append(
                group.busy.count == 1
                    ? "\(agent) busy with \(with) until \(at(first.until))"
                    : "\(group.busy.count) busy, the first (\(agent), with \(with)) until \(at(first.until))")
        }
        if let first = group.away.first {
            parts.append(
                "\(group.away.count) on break\(group.away.count > 1 ? ", the first" : "") until \(at(first.until))")
        }
        if parts.isEmpty { parts.append("nobody on duty") }
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
        let group = story.groups.first { $0.idle.contains { $0.agent == agent } }
        let since = group?.idle.first { $0.agent == agent }?.since
        var text = "answered at once by \(names.agent(agent))\(severalText)"
        let rivals = story.groups.filter { $0.rank == group?.rank }.reduce(0) { $0 + $1.idle.count } - 1
        if let since {
            text +=
                rivals > 0
                ? ", idle longest (since \(at(since))) of \(rivals + 1) who were free"
                : ", the only one free (since \(at(since)))"
        }
        return text + handlingText
    }

    /// `, one of 2 in hand`.
    private var severalText: String {
        type.channel.atOnce > 1 && story.inHand > 1 ? ", one of \(story.inHand) in hand" : ""
    }

    private var handlingText: String {
        guard let handling = contact.handling else { return "" }
        var parts = ["talk \(Self.duration(handling.talk))"]
        if handling.hold > 0 { parts.append("hold \(Self.duration(handling.hold))") }
        if handling.wrapUp > 0 { parts.append("after-contact work \(Self.duration(handling.wrapUp))") }
        return ": \(parts.joined(separator: ", ")), until \(at(handling.until))"
    }

    // MARK: It is passed over

    private var steps: [String] {
        let steps = story.steps
        guard steps.count > Self.mostSteps else { return steps.flatMap { moment($0.time, [text($0)]) } }
        let kept = Self.mostSteps / 2
        return steps.prefix(kept).flatMap { moment($0.time, [text($0)]) }
            + [Self.room + "... and so \(steps.count - 2 * kept) more times ..."]
            + steps.suffix(kept).flatMap { moment($0.time, [text($0)]) }
    }

    private func text(_ step: ContactStory.Step) -> String {
        let agent = names.agent(step.agent)
        switch step.choice {
        case .moreUrgent(let place):
            let other = replay.entries[place]
            let priority = replay.scenario.contactTypes[other.type].priority
            let isList = type.channel.kind == .later
            if isList, replay.scenario.contactTypes[other.type].channel.kind == .live {
                return "\(agent) takes \(names.contact(other)), who is on the line"
            }
            return "\(agent) takes \(names.contact(other)), more urgent: priority \(priority) before \(type.priority)"
        case .waitedLonger(let place):
            let other = replay.entries[place]
            return "\(agent) takes \(names.contact(other)), which has waited longer, since \(at(other.offeredAt))"
        case .firstByRouting(let place):
            return "\(agent) takes \(names.contact(replay.entries[place])), which its skills or its wait put first"
        case .goesOn(let place):
            return "\(agent) goes on with \(place.map { names.contact(replay.entries[$0]) } ?? "other work")"
        case .pause(let until): return "\(agent) goes on break until \(at(until))"
        case .wentHome: return "\(agent) goes off duty"
        }
    }

    /// `passed over 36 times: 32 had waited longer, 3 nurse_triage were more urgent`; nil when it never was.
    private var overtaken: String? {
        guard !story.steps.isEmpty else { return nil }
        var longer = 0
        var urgent: [Int: Int] = [:]
        var routed = 0
        var resumed = 0
        var breaks = 0
        var ends = 0
        for step in story.steps {
            switch step.choice {
            case .moreUrgent(let place): urgent[replay.entries[place].type, default: 0] += 1
            case .waitedLonger: longer += 1
            case .firstByRouting: routed += 1
            case .goesOn: resumed += 1
            case .pause: breaks += 1
            case .wentHome: ends += 1
            }
        }
        var parts: [String] = []
        for type in urgent.keys.sorted() {
            let other = replay.scenario.contactTypes[type]
            let isOnTheLine = self.type.channel.kind == .later && other.channel.kind == .live
            parts.append(
                "overtaken by \(urgent[type] ?? 0) \(other.id) \(isOnTheLine ? "on the line" : "of higher priority")")
        }
        if longer > 0 { parts.append("\(longer) had waited longer") }
        if routed > 0 { parts.append("\(routed) came first by routing") }
        if resumed > 0 { parts.append("\(resumed) gone on with after an interruption") }
        if breaks > 0 { parts.append("\(breaks) agent\(breaks == 1 ? "" : "s") went on break") }
        if ends > 0 { parts.append("\(ends) agent\(ends == 1 ? "" : "s") went off duty") }
        return parts.joined(separator: ", ")
    }

    // MARK: It ends

    private var ending: [String] {
        guard contact.queued != nil else { return [] }
        let wait = Self.duration(contact.wait)
        var lines: [String]
        switch contact.outcome {
        case .answered:
            let agent = contact.handling.map { names.agent($0.agent) } ?? ""
            lines = ["\(begun) by \(agent) after \(wait)\(severalText)" + handlingText]
        case .hungUp: lines = ["hangs up: patience has ended after \(wait)"]
        case .turnedAway: lines = ["sent away after \(wait): \(type.id) closes"]
        case .calledBack: lines = ["accepts a callback after \(wait) and leaves the queue"]
        case .unreached: lines = ["is called after \(wait), and nobody answers"]
        case .blocked, .waiting: lines = ["still waits after \(wait), when the run ends: nobody came any more"]
        }
        if let overtaken { lines.append("while it waited: " + overtaken) }
        return moment(contact.time, lines)
    }

    /// Calls are answered; work in a list is begun.
    private var begun: String { type.channel.kind == .later ? "begun" : "answered" }

    private var targetText: String? {
        guard let target = type.target(in: names.languages[contact.contactClass]), let verdict = story.verdict else {
            return nil
        }
        let promise = "\(Units.formatShare(target.share)) in \(Units.formatDuration(target.acceptableWait))"
        let words =
            switch verdict {
            case .met: "this contact is one of those in time"
            case .missed: "this contact is not one of those in time"
            case .notCounted: "this contact does not count"
            }
        return "Target \(promise), counted by \(target.rule.rawValue): \(words)."
    }

    private var links: [String] {
        var lines: [String] = []
        if let parent = story.parent {
            if contact.attempt > 0 {
                lines.append(
                    "The call before: \(names.contact(parent)), \(Self.lost(parent)) at \(at(parent.time)) after "
                        + "\(Self.duration(parent.wait)).")
            } else {
                lines.append(
                    "Brought about by \(names.contact(parent)), \(Self.lost(parent)) at \(at(parent.time)).")
            }
        }
        if let child = story.child {
            lines.append("Calls again: \(names.contact(child)), at \(at(child.offeredAt)).")
        } else if contact.outcome == .hungUp || contact.outcome == .blocked {
            lines.append("Does not call again.")
        } else if contact.outcome == .unreached {
            lines.append("Is not called again.")
        }
        for next in story.broughtAbout { lines.append(follows(next)) }
        return lines
    }

    /// `Handed on to nurse_triage: billing-000123/t, at 10:03:20.`
    private func follows(_ next: Diary.Entry) -> String {
        let what = "\(names.contact(next)), at \(at(next.offeredAt))."
        let id = replay.scenario.contactTypes[next.type].id
        return switch replay.cause(of: next) {
        case .transfer: "Handed on to \(id): \(what)"
        case .again: "Comes again: \(what)"
        case .followUp: "Leaves work to be done (\(id)): \(what)"
        case .callback: "To be called back (\(id)): \(what)"
        case .message: "Leaves a message (\(id)): \(what)"
        case .consult: "A colleague is asked (\(id)): \(what)"
        case .chaser: "Asks what became of it (\(id)): \(what)"
        case .reply: "Answers (\(id)): \(what)"
        case .documentation: "After-contact work is put off (\(id)): \(what)"
        case nil: "Leads to \(what)"
        }
    }

    private static func lost(_ entry: Diary.Entry) -> String {
        switch entry.outcome {
        case .answered: "answered"
        case .hungUp: "hung up"
        case .turnedAway: "turned away"
        case .blocked: "blocked"
        case .calledBack: "left the queue for a callback"
        case .unreached: "reached nobody"
        case .waiting: "waiting"
        }
    }
}
