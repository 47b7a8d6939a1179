import Center
import Tabular

/// What a planner would want to know before any simulation: nobody there, one alone, or too much work.
struct CoverageCheck {
    let scenario: Scenario
    let reader: ScenarioReader
    /// By contact type, the groups with the skill.
    private let skilled: [[Int]]
    /// By group, when paid people come and go, and when they go to lunch or on a break and come back.
    private let steps: [[Step]]

    private struct Step {
        var time: Double
        var people = 0.0
        var away = 0.0
    }

    init(scenario: Scenario, reader: ScenarioReader) {
        self.scenario = scenario
        self.reader = reader
        skilled = scenario.groupsWithSkill
        steps = scenario.agentGroups.map(Self.steps)
    }

    func run() {
        // Whoever serves the contacts that the file declares also serves what they bring about.
        for (index, type) in scenario.contactTypes.prefix(reader.contactTypes.count).enumerated() {
            let languages: [String?] = type.languages.isEmpty ? [nil] : type.languages.map(\.code)
            for language in languages { check(index, type, language) }
        }
        checkTransfers()
        checkWork()
    }

    // MARK: Handed on

    /// Contacts that come while the type to which some are handed on is closed: a tenth of them is worth a word.
    private static let mostHandedToClosed = 0.1

    /// A live type that hands contacts on in hours in which the other one sends them away. Who comes shortly before it
    /// closes counts as in time.
    private func checkTransfers() {
        for (index, type) in scenario.contactTypes.prefix(reader.contactTypes.count).enumerated() {
            guard type.channel.kind == .live else { continue }
            for followOn in type.followOns where followOn.cause == .transfer && followOn.share > 0 {
                let other = scenario.contactTypes[followOn.contactType]
                guard other.channel.kind == .live, other.whenClosed == .turnedAway else { continue }
                let open = contacts(of: type, in: type.open)
                let both = contacts(of: type, in: Self.common(type.open, other.open))
                guard open > 0, 1 - both / open >= Self.mostHandedToClosed else { continue }
                let share = Units.formatNumber(((1 - both / open) * 100).rounded())
                reader.log.warn(
                    ProblemCode.handedToClosed,
                    "about \(share)% of those whom \(type.id) hands on to \(other.id) find it closed and are turned away",
                    at: reader.contactTypes[index].key.place,
                    hint: "open \(other.id) as long, hand on less, or let it take messages (when_closed)")
            }
        }
    }

    /// Expected contacts of a type that arrive within spans that do not overlap.
    private func contacts(of type: ContactType, in timeSpans: [TimeSpan]) -> Double {
        type.arrivals.reduce(0) { sum, portion in
            let inside = timeSpans.reduce(0.0) {
                $0 + max(0, min($1.end, portion.timeSpan.end) - max($1.start, portion.timeSpan.start))
            }
            if portion.timeSpan.length > 0 { return sum + portion.contacts * inside / portion.timeSpan.length }
            let isInside = timeSpans.contains { $0.start <= portion.timeSpan.start && portion.timeSpan.start < $0.end }
            return sum + (isInside ? portion.contacts : 0)
        }
    }

    /// Where both are open.
    private static func common(_ a: [TimeSpan], _ b: [TimeSpan]) -> [TimeSpan] {
        a.flatMap { one in
            b.compactMap { other in
                let both = TimeSpan(max(one.start, other.start), min(one.end, other.end))
                return both.end > both.start ? both : nil
            }
        }
    }

    // MARK: Heads

    private static func steps(_ group: AgentGroup) -> [Step] {
        func both(_ timeSpan: TimeSpan, people: Double = 0, away: Double = 0) -> [Step] {
            [
                Step(time: timeSpan.start, people: people, away: away),
                Step(time: timeSpan.end, people: -people, away: -away),
            ]
        }
        switch group.staffing {
        case .asNeeded: return []
        case .curve(let portions): return portions.flatMap { both($0.timeSpan, people: $0.agents) }
        case .shifts(let blocks):
            return blocks.flatMap { block in
                both(block.timeSpan, people: Double(block.people))
                    + (0..<block.people).flatMap { person in
                        PersonalDay(block, person: person).pauses.flatMap { both($0.timeSpan, away: 1) }
                    }
            }
        }
    }

    private func check(_ index: Int, _ type: ContactType, _ language: String?) {
        let able = skilled[index].filter { g in
            let group = scenario.agentGroups[g]
            return language.map { group.languages.contains($0) || type.interpreter?.languages.contains($0) == true }
                ?? true
        }
        // As many people as needed are there whenever they are needed; a type that nobody may serve has been reported
        // already.
        guard !able.contains(where: { scenario.agentGroups[$0].isAsNeeded }), !able.isEmpty else { return }
        if type.channel.kind == .deferred {
            checkList(able, type, language)
            return
        }
        // Only where contacts are expected: an open line on which nobody calls needs nobody.
        let needed = TimeSpan.joined(
            type.arrivals.filter { $0.contacts > 0 }.flatMap { portion in
                type.open.touching(portion.timeSpan).compactMap { open -> TimeSpan? in
                    let cut = TimeSpan(max(open.start, portion.timeSpan.start), min(open.end, portion.timeSpan.end))
                    return cut.end > cut.start ? cut : nil
                }
            }, within: scenario.horizon.length)
        guard !needed.isEmpty else { return }
        var gaps = Gaps()
        var levels: [(timeSpan: TimeSpan, people: Double, away: Double)] = []
        var (people, away, previous) = (0.0, 0.0, -Double.infinity)
        for step in able.flatMap({ steps[$0] }).sorted(by: { $0.time < $1.time }) {
            if step.time > previous {
                levels.append((TimeSpan(previous, step.time), people, away))
                previous = step.time
            }
            people += step.people
            away += step.away
        }
        levels.append((TimeSpan(previous, .infinity), people, away))
        var first = 0
        for timeSpan in needed {
            while first < levels.count - 1, levels[first].timeSpan.end <= timeSpan.start { first += 1 }
            var position = first
            while position < levels.count, levels[position].timeSpan.start < timeSpan.end {
                let level = levels[position]
                let cut = TimeSpan(max(timeSpan.start, level.timeSpan.start), min(timeSpan.end, level.timeSpan.end))
                let people = (level.people * 1e6).rounded() / 1e6
                if people <= 0 {
                    gaps.nobody.append(cut)
                } else if people > 1, people - level.away <= 1e-6 {
                    // A person who is alone on shift is reported in any case.
                    gaps.allAway.append(cut)
                }
                if people > 0, people <= 1 { gaps.alone.append(cut) }
                position += 1
            }
        }
        say(gaps, type, language)
    }

    /// When nobody is on shift, when all who are take their lunch or a break, and when one is alone on shift.
    private struct Gaps {
        var nobody: [TimeSpan] = []
        var allAway: [TimeSpan] = []
        var alone: [TimeSpan] = []
    }

    /// Deferred work can wait for people who come later, if anybody does.
    private func checkList(_ groups: [Int], _ type: ContactType, _ language: String?) {
        let isStaffed = groups.contains { group in steps[group].contains { $0.people > 0 } }
        guard !isStaffed, type.arrivals.contains(where: { $0.contacts > 0 }) else { return }
        reader.log.warn(
            ProblemCode.uncovered,
            "\(language.map { "\(type.id) in \($0)" } ?? type.id) waits in a list, but nobody for it is scheduled",
            at: reader.contactTypes.first { $0.id == type.id }?.key.place, hint: "schedule someone, or leave it out")
    }

    private func say(_ gaps: Gaps, _ type: ContactType, _ language: String?) {
        let end = scenario.horizon.length
        let nobody = TimeSpan.joined(gaps.nobody, within: end)
        let allAway = TimeSpan.joined(gaps.allAway, within: end)
        let alone = TimeSpan.joined(gaps.alone, within: end)
        let key = reader.contactTypes.first { $0.id == type.id }?.key
        let skill = language.map { "\(type.id) in \($0)" } ?? type.id
        if let first = nobody.first {
            reader.log.warn(
                ProblemCode.uncovered,
                "\(skill) is open \(words(first)), but nobody for it is scheduled" + more(nobody),
                at: key?.place, hint: "schedule someone then, or close it")
        }
        if let first = allAway.first {
            reader.log.warn(
                ProblemCode.uncovered,
                "\(skill) is open \(words(first)), but all on shift for it are at lunch, on a break or in a meeting"
                    + more(allAway),
                at: key?.place,
                hint: "move the meeting, widen the window of a lunch, or give its skill to somebody else")
        }
        if let first = alone.first {
            reader.log.warn(
                ProblemCode.alone, "only one person for \(skill) is on shift \(words(first))" + more(alone),
                at: key?.place, hint: "one break or absence leaves nobody")
        }
    }

    private func more(_ timeSpans: [TimeSpan]) -> String {
        let hours = timeSpans.reduce(0) { $0 + $1.length } / 3600
        return timeSpans.count == 1 ? "" : " (\(Units.formatNumber((hours * 10).rounded() / 10)) hours in all)"
    }

    private func words(_ timeSpan: TimeSpan) -> String { timeSpan.words(in: scenario.horizon) }

    // MARK: Work

    /// Agents' time that is planned for contacts at most; above it queues build up on most days.
    private static let mostOccupied = 0.85

    /// Types and groups that can help each other, directly or through others, share one budget of time.
    private func checkWork() {
        let work = work()
        // Each type points to a lower one that it shares people with, and the lowest to itself.
        var lower = Array(scenario.contactTypes.indices)
        func lowest(_ t: Int) -> Int {
            var t = t
            while lower[t] != t {
                lower[t] = lower[lower[t]]
                t = lower[t]
            }
            return t
        }
        for group in scenario.agentGroups {
            let served = group.skills.map { lowest($0.contactType) }
            guard let low = served.min() else { continue }
            for t in served { lower[t] = low }
        }
        let clusters = Dictionary(grouping: lower.indices, by: lowest)
        let helpers = Dictionary(grouping: scenario.agentGroups.filter { !$0.skills.isEmpty }) {
            lowest($0.skills[0].contactType)
        }
        for (name, members) in clusters.sorted(by: { $0.key < $1.key }) {
            let groups = helpers[name] ?? []
            guard !groups.contains(where: \.isAsNeeded) else { continue }
            let work = members.reduce(0.0) { $0 + work[$1] }
            let time = groups.reduce(0.0) { $0 + available($1) } * (1 - scenario.shrinkage)
            guard work > 0, time > 0, work > Self.mostOccupied * time else { continue }
            let types = members.map { scenario.contactTypes[$0] }.filter { $0.origin == nil }.map(\.id)
            let share = Units.formatNumber((work / time * 1000).rounded() / 10)
            let hours = { (seconds: Double) in Units.formatNumber((seconds / 3600).rounded()) }
            reader.log.warn(
                ProblemCode.tooMuchWork,
                "\(Spelling.list(types, "and")) need \(share)% of the agents' time (\(hours(work)) of \(hours(time)) hours)",
                at: reader.contactTypes.first { $0.id == types.first }?.key.place,
                hint: "above 85% waits grow quickly; add people or take work away")
        }
    }

    /// Seconds of agents' time by type: what comes within opening hours, or at any hour where it is kept, and what that
    /// brings about; of contacts that are handled several at once, at the pace at which most get done.
    private func work() -> [Double] {
        let loops = ContactLoops(scenario.contactTypes)
        guard !loops.rounds.contains(where: \.isEndless) else { return scenario.contactTypes.map { _ in 0 } }
        var own: [Double] = []
        var extra: [Double] = []
        for type in scenario.contactTypes {
            let isKept = type.channel.kind == .deferred || type.whenClosed != .turnedAway
            var contacts = 0.0
            var longer = 0.0
            for portion in type.arrivals {
                let open = type.open.touching(portion.timeSpan).reduce(0.0) {
                    $0 + max(0, min($1.end, portion.timeSpan.end) - max($1.start, portion.timeSpan.start))
                }
                let taken = portion.contacts * (isKept ? 1 : open / portion.timeSpan.length)
                contacts += taken
                longer += taken * (portion.handlingFactor - 1)
            }
            own.append(contacts)
            extra.append(longer)
        }
        return zip(scenario.contactTypes, zip(loops.total(own), extra)).map { type, load in
            let pace = type.channel.paces.enumerated().map { $1 / Double($0 + 1) }.min() ?? 1
            return (load.0 + load.1) * type.handlingTimeMean * pace
        }
    }

    /// Paid seconds without lunch and breaks, within the period: of a night that begins before it, or ends after it, what
    /// lies in it.
    private func available(_ group: AgentGroup) -> Double {
        switch group.staffing {
        case .asNeeded: 0
        case .curve(let portions): portions.reduce(0) { $0 + $1.agents * $1.timeSpan.length }
        case .shifts(let blocks):
            blocks.reduce(0) { sum, block in
                let within = min(block.timeSpan.end, scenario.horizon.length) - max(block.timeSpan.start, 0)
                return sum + Double(block.people) * block.onDuty * max(0, within) / block.timeSpan.length
            }
        }
    }
}

extension TimeSpan {
    /// `Mon 2026-03-02 07:00-08:30`; of a span within the horizon.
    func words(in horizon: Horizon) -> String {
        guard let from = horizon.periods.last(where: { $0.start <= start }),
            let to = horizon.periods.last(where: { $0.start < end })
        else { return "" }
        func clock(_ period: Horizon.Period, _ time: Double) -> String {
            if time == period.end { return period.endClock }
            return Units.formatClock(period.clockStart + ((time - period.start) / 60).rounded() * 60)
        }
        let (first, last) = (horizon.days[from.day], horizon.days[to.day])
        let begin = "\(Horizon.weekdayNames[first.weekday]) \(first.date) \(clock(from, start))"
        if from.day == to.day { return begin + "-" + clock(to, end) }
        return "from \(begin) to \(Horizon.weekdayNames[last.weekday]) \(last.date) \(clock(to, end))"
    }
}
