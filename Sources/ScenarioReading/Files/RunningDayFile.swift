import Center
import ScenarioText
import Tabular

/// Reads how a day stands: a small YAML file beside a scenario, in the scenario's own grammar.
///
///     at: 2026-03-03 10:30
///     waiting: {scheduling: [2m10s, 40s]}
///     in_service: {access_reps: {scheduling: 6}}
public struct RunningDayFile {
    /// What came of it: the day, or every problem at once.
    public struct Outcome: Sendable {
        /// Nil when there is any error.
        public var day: RunningDay?
        /// Errors and warnings, in the order of the file.
        public var problems: [Problem]
        /// The file, for the run's folder.
        public var input: InputFile?
    }

    private let scenario: Scenario
    private let log = ReadingLog()

    /// Reads `path`, or standard input for `-`; `scenario` is the plan that the day is held against.
    public static func read(path: String, for scenario: Scenario) -> Outcome {
        let reader = RunningDayFile(scenario: scenario)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        switch SourceText.read(path: path == "-" ? "/dev/stdin" : path, name: path) {
        case .failure(let problem): return Outcome(day: nil, problems: [problem], input: nil)
        case .success(let source):
            let day = reader.day(source)
            return Outcome(
                day: reader.log.hasErrors ? nil : day, problems: reader.log.sorted(files: [path]),
                input: InputFile(path: name, bytes: source.bytes))
        }
    }

    /// The same for a text that is in no file.
    static func read(text: String, name: String, for scenario: Scenario) -> Outcome {
        let reader = RunningDayFile(scenario: scenario)
        let day = reader.day(SourceText(name: name, text: text))
        return Outcome(
            day: reader.log.hasErrors ? nil : day, problems: reader.log.sorted(files: [name]), input: nil)
    }

    private func day(_ source: SourceText) -> RunningDay? {
        let root: Node
        switch Yaml.read(source) {
        case .success(let read): root = read
        case .failure(let problems):
            problems.all.forEach(log.add)
            return nil
        }
        NodeChecks(log: log).check(root)
        guard let block = Block(Settings.runningDay, path: "", at: root, log: log) else { return nil }
        if !block.has("at") { block.missing("at") }
        guard let (day, at) = moment(block) else { return nil }
        let end = horizon.days[day].end
        var until = end
        if let entry = block.entry("until"),
            let clock = block.value("until", { Units.clock($0, isEnd: true) }, Units.formatClock)
        {
            let times = clock == 86400 ? [end] : times(clock, day: day).map(\.time)
            if let time = times.first(where: { $0 > at }) {
                until = time
            } else {
                log.error(
                    ProblemCode.period, "until is not after at", at: entry.value.place,
                    expected: "a clock time after \(Units.formatClock(clockTime(at))), at most 24:00")
            }
        }
        let inHand = inService(block, at: at)
        return RunningDay(
            at: at, until: until, waiting: waiting(block), inService: inHand, present: present(block),
            forecasts: forecasts(block, day: day))
    }

    private var horizon: Horizon { scenario.horizon }

    // MARK: When

    /// A day of the scenario, and the seconds since its beginning: `2026-03-03 10:30`; without the date where the
    /// scenario has one day.
    private func moment(_ block: Block) -> (day: Int, time: Double)? {
        guard let entry = block.entry("at"), let text = block.text(entry) else { return nil }
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" }).map(String.init)
        let expected = "a day and a clock time, such as \(horizon.days[0].date) 10:30"
        guard let clockText = parts.last, parts.count == 2 || parts.count == 1 && horizon.days.count == 1 else {
            log.error(ProblemCode.wrongForm, "at is not \(text)", at: entry.value.place, expected: expected)
            return nil
        }
        var day = 0
        if parts.count == 2 {
            switch Units.date(parts[0]) {
            case .wrong(let wrong):
                log.add(wrong.problem(for: .setting("at"), at: entry.value.part(parts[0]).place))
                return nil
            case .value(let date):
                guard let found = horizon.days.firstIndex(where: { $0.date == date.iso }) else {
                    log.error(
                        ProblemCode.period, "\(date.iso) is not a day of the scenario",
                        at: entry.value.part(parts[0]).place,
                        expected: "\(horizon.days[0].date) to \(horizon.days[horizon.days.count - 1].date)")
                    return nil
                }
                day = found
            }
        }
        let (bare, offset) = Self.split(clockText)
        switch Units.clock(bare) {
        case .wrong(let wrong):
            log.add(wrong.problem(for: .setting("at"), at: entry.value.part(clockText).place))
            return nil
        case .value(let clock):
            let shown = times(clock, day: day)
            let meant = offset.map { offset in shown.filter { $0.offset == offset } } ?? shown
            let place = entry.value.part(clockText).place
            guard let first = meant.first else {
                let words = shown.isEmpty ? "the clocks skip" : "the clocks never show"
                log.error(
                    ProblemCode.missingHour, "\(words) \(clockText) on \(horizon.days[day].date)", at: place,
                    expected: shown.isEmpty ? nil : Spelling.list(shown.map { bare + $0.offset }))
                return nil
            }
            if meant.count > 1 {
                log.warn(
                    ProblemCode.oddDay,
                    "the clocks show \(bare) twice on \(horizon.days[day].date): the first is taken",
                    at: place, hint: "write \(Spelling.list(meant.map { bare + $0.offset }))")
            }
            return (day, first.time)
        }
    }

    /// A clock time and its offset from UTC where it has one: `01:30-05:00`, `01:30Z`.
    private static func split(_ text: String) -> (clock: String, offset: String?) {
        if text.hasSuffix("Z") { return (String(text.dropLast()), "+00:00") }
        guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return (text, nil) }
        return (String(text[..<sign]), String(text[sign...]))
    }

    /// When a day shows a clock time, and the clocks' offset from UTC then: never where they skip it, twice where they go
    /// back over it.
    private func times(_ clock: Double, day: Int) -> [(time: Double, offset: String)] {
        horizon.periods.compactMap { period in
            guard period.day == day, clock >= period.clockStart, clock < period.clockEnd else { return nil }
            return (period.start + clock - period.clockStart, Horizon.offsetText(period.utcOffset ?? 0))
        }
    }

    private func clockTime(_ time: Double) -> Double {
        guard let period = horizon.periods.last(where: { $0.start <= time }) else { return 0 }
        return period.clockStart + time - period.start
    }

    // MARK: Who

    private func waiting(_ block: Block) -> [[Double]] {
        var waits = [[Double]](repeating: [], count: scenario.contactTypes.count)
        for entry in entries("waiting", of: block) {
            guard let t = contactType(entry.key) else { continue }
            waits[t] = durations(entry).map { $0 ?? 0 }
        }
        return waits
    }

    private func inService(_ block: Block, at time: Double) -> [RunningDay.InService] {
        var found: [RunningDay.InService] = []
        for groupEntry in entries("in_service", of: block) {
            guard let g = group(groupEntry.key) else { continue }
            guard let types = groupEntry.value.entries else {
                Block.needsMap(groupEntry.value, "in_service.\(groupEntry.name)", nil, log)
                continue
            }
            for entry in types {
                guard let t = contactType(entry.key) else { continue }
                let mine = scenario.agentGroups[g]
                let speaks =
                    scenario.contactTypes[t].languages.isEmpty || scenario.contactTypes[t].interpreter != nil
                    || scenario.contactTypes[t].languages.contains { mine.languages.contains($0.code) }
                guard speaks, mine.skills.contains(where: { $0.contactType == t }) || mayOverflow(t, to: g) else {
                    log.error(
                        ProblemCode.conflict, "\(mine.id) may not serve \(scenario.contactTypes[t].id)",
                        at: entry.key.place, hint: "name the group that has them in hand")
                    continue
                }
                found += durations(entry).map { RunningDay.InService(group: g, contactType: t, elapsed: $0) }
            }
            checkPresent(found.filter { $0.group == g }, group: g, block, at: groupEntry.key, time)
        }
        return found
    }

    private func mayOverflow(_ t: Int, to g: Int) -> Bool {
        scenario.contactTypes[t].escalations.contains { $0.groups.contains(g) }
    }

    /// People who have a contact in hand are there.
    private func checkPresent(
        _ items: [RunningDay.InService], group g: Int, _ block: Block, at key: Node, _ time: Double
    ) {
        let told = block.entry("present")?.value.entries?.first { $0.name == key.text }
        let known = told.map { $0.value.text.flatMap { Units.count($0).value } } ?? planned(g, at: time)
        guard let here = known else { return }
        var people = 0
        for t in scenario.contactTypes.indices {
            let count = items.count { $0.contactType == t }
            let atOnce = scenario.contactTypes[t].channel.atOnce
            people += (count + atOnce - 1) / atOnce
        }
        guard people > here else { return }
        guard let told else {
            log.error(
                ProblemCode.conflict,
                "\(scenario.agentGroups[g].id) has contacts in hand for \(people) people, and \(here) are on duty by the plan",
                at: key.place, expected: "at most \(here)",
                hint: "if more are there, say so: \"present: {\(scenario.agentGroups[g].id): \(people)}\"")
            return
        }
        log.error(
            ProblemCode.conflict,
            "\(scenario.agentGroups[g].id) has contacts in hand for \(people) people, and \(here) are present",
            at: told.value.place, expected: "at least \(people)",
            hint: "present counts everybody on duty or on a contact")
    }

    /// The most people of a group that the plan has on duty at a time, lunch and breaks not taken off; nil where as many
    /// are there as are needed.
    private func planned(_ g: Int, at time: Double) -> Int? {
        switch scenario.agentGroups[g].staffing {
        case .asNeeded: nil
        case .curve(let portions):
            Int((portions.first { $0.timeSpan.start <= time && time < $0.timeSpan.end }?.agents ?? 0).rounded(.up))
        case .shifts(let blocks):
            blocks.reduce(0) { $0 + ($1.timeSpan.start <= time && time < $1.timeSpan.end ? $1.people : 0) }
        }
    }

    private func present(_ block: Block) -> [Int?] {
        var present = [Int?](repeating: nil, count: scenario.agentGroups.count)
        for entry in entries("present", of: block) {
            guard let g = group(entry.key) else { continue }
            present[g] = count(entry, "people")
        }
        return present
    }

    // MARK: How many more

    private func forecasts(_ block: Block, day: Int) -> [RunningDay.Forecast?] {
        var forecasts = [RunningDay.Forecast?](repeating: nil, count: scenario.contactTypes.count)
        for entry in entries("volume", of: block) {
            guard let t = arriving(entry.key) else { continue }
            switch entry.value.text.map(Units.factor) {
            case .value(let factor): forecasts[t] = .told(factor)
            case .wrong(let wrong): log.add(wrong.problem(for: .setting(entry.name), at: entry.value.place))
            case nil: needsValue(entry, "such as 115%")
            }
        }
        for entry in entries("so_far", of: block) {
            guard let t = arriving(entry.key) else { continue }
            if forecasts[t] != nil {
                log.error(
                    ProblemCode.conflict, "volume and so_far exclude each other for \(entry.name)", at: entry.key.place,
                    hint: "keep one of them")
            }
            forecasts[t] = count(entry, "contacts").map { .soFar($0) }
        }
        return forecasts
    }

    /// A contact type whose contacts arrive by themselves.
    private func arriving(_ key: Node) -> Int? {
        guard let t = contactType(key) else { return nil }
        guard let parent = scenario.contactTypes[t].origin?.contactType else { return t }
        log.error(
            ProblemCode.conflict,
            "\(scenario.contactTypes[t].id) comes of \(scenario.contactTypes[parent].id), not by itself",
            at: key.place, hint: "say it of \(scenario.contactTypes[parent].id)")
        return nil
    }

    // MARK: Small forms

    private func entries(_ name: String, of block: Block) -> [Node.Entry] {
        guard let entry = block.entry(name), !entry.value.isNone else { return [] }
        guard let entries = entry.value.entries else {
            Block.needsMap(entry.value, name, nil, log)
            return []
        }
        return entries
    }

    private func contactType(_ key: Node) -> Int? {
        found(key, among: scenario.contactTypes.map(\.id), ProblemCode.contactType, "a contact type")
    }

    private func group(_ key: Node) -> Int? {
        found(key, among: scenario.agentGroups.map(\.id), ProblemCode.reference, "an agent group")
    }

    private func found(_ key: Node, among names: [String], _ code: String, _ what: String) -> Int? {
        let name = key.text ?? ""
        if let index = names.firstIndex(of: name) { return index }
        log.unknown(name, among: names, code, "\"\(name)\" is not \(what)", at: key.place)
        return nil
    }

    /// `3`, `40s`, or `[2m10s, 40s]`: how many, or for how long each; nil where the time is not told.
    private func durations(_ entry: Node.Entry) -> [Double?] {
        if let items = entry.value.items {
            return items.compactMap { item -> Double? in
                switch item.text.map(Units.duration) {
                case .value(let seconds) where seconds <= 604_800: return seconds
                case .wrong(let wrong): log.add(wrong.problem(for: .setting(entry.name), at: item.place))
                case .value(let seconds):
                    log.error(
                        ProblemCode.range, "\(entry.name) cannot be \(Units.formatDuration(seconds))", at: item.place,
                        expected: "at most 7d")
                case nil:
                    log.error(
                        ProblemCode.wrongForm, "\(entry.name) needs durations", at: item.place,
                        expected: "such as [2m10s, 40s]")
                }
                return nil
            }
        }
        guard let text = entry.value.text else {
            needsValue(entry, "how many, or for how long each: 3, or [2m10s, 40s]")
            return []
        }
        if let seconds = Units.duration(text).value, Units.count(text).value == nil { return [seconds] }
        return count(entry, "contacts").map { [Double?](repeating: nil, count: $0) } ?? []
    }

    private func count(_ entry: Node.Entry, _ what: String) -> Int? {
        switch entry.value.text.map(Units.count) {
        case .value(let count) where count <= 100_000: return count
        case .wrong(let wrong): log.add(wrong.problem(for: .setting(entry.name), at: entry.value.place))
        default:
            log.error(
                ProblemCode.range, "\(entry.name) needs a number of \(what)", at: entry.value.place,
                expected: "from 0 to 100000")
        }
        return nil
    }

    private func needsValue(_ entry: Node.Entry, _ expected: String) {
        log.error(
            ProblemCode.wrongForm, "\(entry.name) needs one value", at: entry.value.place, expected: expected)
    }
}
