import Center
import Documents
import Experiments
import Simulator
import Tabular

/// `explain contact ID` for people: what happened to one contact and why, a line a moment.
package struct ContactStoryText {
    let replay: Replay
    let story: ContactStory
    /// From 1.
    let run: Int
    let clock: WallClock
    var contact: Diary.Entry { story.contact }
    var names: ContactNames { replay.names }
    var type: ContactType { replay.scenario.contactTypes[contact.type] }

    package init(_ replay: Replay, place: Int, run: Int) {
        self.replay = replay
        self.run = run
        story = ContactStory(replay, place: place)
        clock = WallClock(replay.scenario.horizon)
    }

    /// More steps than these are told by their number.
    static let mostSteps = 12

    /// The text without a line end at its end.
    package var text: String {
        var lines = [headline, ""]
        lines += moment(contact.offeredAt, arrival)
        lines += happenings
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
        text += scenario.shownName
        if let date = clock.date(contact.offeredAt) {
            text += ", \(PlainDates.day(date)) (times in \(scenario.horizon.timeZone))"
        }
        return text
    }

    /// A moment's lines: the clock before the first, room before the others.
    func moment(_ time: Double, _ lines: [String]) -> [String] {
        var wrapped = lines.flatMap { WrappedText.indented(Self.room + $0) }
        if !wrapped.isEmpty { wrapped[0] = at(time) + "  " + wrapped[0].dropFirst(Self.room.count) }
        return wrapped
    }

    static let room = "          "

    /// `08:14:07`, with the day where it is another than the contact's: `Tue 00:10:02`.
    func at(_ time: Double) -> String {
        guard let date = clock.date(time), !isSameDay(time) else { return clock.clock(time) }
        return Horizon.weekdayNames[date.weekday] + " " + clock.clock(time)
    }

    func isSameDay(_ time: Double) -> Bool { clock.date(time) == clock.date(contact.offeredAt) }

    /// `3.4s` below ten seconds, where a second matters; else `1m15s`.
    static func duration(_ seconds: Double) -> String {
        seconds < 9.95 && seconds != seconds.rounded()
            ? PlainNumbers.fixed(seconds, 1) + "s" : Units.formatDuration(seconds.rounded())
    }

    /// Who has a name of their own is told with the group: `ana of nurses`.
    func person(_ agent: Int) -> String {
        names.isNamed(agent) ? "\(names.agent(agent)) of \(names.group(agent))" : names.agent(agent)
    }

    // MARK: It ends

    private var ending: [String] {
        guard contact.queued != nil, story.announced == nil else { return [] }
        let wait = Self.duration(contact.wait)
        var lines: [String]
        switch contact.outcome {
        case .answered:
            let agent = contact.handling.map { person($0.agent) } ?? ""
            lines = ["\(begun) by \(agent) after \(wait)\(helps)\(severalText)" + handlingText]
        case .abandoned where story.isGivenUp:
            let agent = story.waitedFor.map { ", and \(person($0.agent)) waits no longer" } ?? ""
            lines = ["given up after \(wait): nobody came\(agent)"]
        case .abandoned where story.inVain != nil:
            let agent = story.inVain.map { person($0.agent) } ?? ""
            let found = Self.duration((contact.foundAt ?? contact.time) - contact.offeredAt)
            lines = [
                "hangs up before the first word of \(agent), found after \(found): patience has ended after \(wait)"
            ]
        case .abandoned: lines = ["hangs up: patience has ended after \(wait)"]
        case .turnedAway: lines = ["sent away after \(wait): \(type.id) closes"]
        case .calledBack: lines = ["accepts a callback after \(wait) and leaves the queue"]
        case .unreached: lines = [unreached(after: "after \(wait)")]
        case .blocked, .waiting: lines = ["still waits after \(wait), when the run ends: \(whyLeft)"]
        }
        if let overtaken { lines.append("while it waited: " + overtaken) }
        return moment(contact.time, lines)
    }

    /// Why nobody has taken it when the run ends.
    private var whyLeft: String {
        switch story.held {
        case .reserve: return "too few were free, for \(reserveText)"
        case .hours(nil): return "no such calls were made any more"
        default: return "nobody came any more"
        }
    }

    /// `, of helpers, who help after 1m`: who took it, of those who would not at once.
    private var helps: String {
        guard let helper = story.helper else { return "" }
        let with = helper.isInterpreted ? " with an interpreter" : ""
        return ", of \(replay.scenario.agentGroups[helper.group].id)"
            + (when(helper).map { ", who help \($0)\(with)" } ?? ",\(with)")
    }

    /// Calls are answered; deferred work is begun.
    var begun: String { type.channel.kind == .deferred ? "begun" : "answered" }

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
            lines.append(
                "\(contact.outcome == .unreached ? "Is called" : "Calls") again: \(names.contact(child)), at \(at(child.offeredAt))."
            )
        } else if contact.outcome == .abandoned && !isConsult || contact.outcome == .blocked {
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
        case .abandoned: "hung up"
        case .turnedAway: "turned away"
        case .blocked: "blocked"
        case .calledBack: "left the queue for a callback"
        case .unreached: "reached nobody"
        case .waiting: "waiting"
        }
    }
}
