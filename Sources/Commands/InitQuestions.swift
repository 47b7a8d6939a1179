import Center
import Foundation
import Queueing
import ScenarioReading
import Simulator
import Tabular

/// Asks and reads answers, on a terminal or in a test.
struct Prompter {
    /// Shows the question, without a line end.
    var ask: (String) -> Void
    /// A whole remark.
    var report: (String) -> Void
    /// The answer, or nil at the end of input (Ctrl-D).
    var answer: () -> String?

    static func terminal(_ console: Console) -> Prompter {
        Prompter(
            ask: { try? console.err.write(Array($0.utf8)) }, report: { console.report($0) }, answer: { readLine() })
    }
}

/// The seven questions of `init`, each asked again until its answer can be read, and the eleven lines they make.
struct InitQuestions {
    var file: String
    var prompter: Prompter
    /// The computer's own zone, offered for Enter.
    var zone = Self.isZone(TimeZone.current.identifier) ? TimeZone.current.identifier : "UTC"

    /// The whole scenario file; throws `ExitStatus.stopped` when the input ends before the answers do.
    mutating func scenario() throws -> String {
        let name = try question("Name of the team", standard: teamName) {
            $0.isEmpty ? .again("needs a name") : .take($0)
        }
        let zone = try question("Time zone", standard: zone, by: Self.zone)
        let open = try question("Open", standard: "Mon-Fri 08:00-17:00", by: OpeningHours.read)
        let calls = try question(
            "Calls on a usual day (or per weekday, like Mon 320, Tue-Fri 250)", standard: nil
        ) { CallsPerDay.read($0, open: open.days) }
        let talk = try question("Talk time per call", standard: "4m30s") { Self.duration($0, positive: true) }
        let wrapUp = try question("Work after the call", standard: "1m30s") { Self.duration($0, positive: false) }
        let target = try question("Answer what share, how fast", standard: "80% in 30s") {
            Answer(Units.target($0)) { ($0.share, $0.within) }
        }
        let agents = Self.agents(
            calls: calls, open: open, handlingTime: talk + wrapUp, share: target.0, within: target.1)
        return """
            name: \(Self.yaml(name))
            timezone: \(zone)
            open: \(open.text)
            calls: \(calls.text)
            day_shape: healthcare
            talk: \(Units.formatDuration(talk))
            wrap_up: \(Units.formatDuration(wrapUp))
            patience: \(Units.formatDuration(Self.patience))
            agents: \(agents)
            shrinkage: \(Units.formatShare(Self.shrinkage))
            target: \(Units.formatShare(target.0)) in \(Units.formatDuration(target.1))

            """
    }

    /// How long callers of clinics bear to wait before they hang up, on average, seconds: of those who waited five minutes on
    /// the phones of general practices three in four were still there (NHS England 2026), which would even be longer.
    static let patience = 600.0
    /// Paid time away from the phones, as a share; the usual rule of thumb.
    static let shrinkage = 0.30

    /// The scheduled people that the busiest half-hour of the week needs (Erlang A, patience 10m, 30% away).
    static func agents(
        calls: CallsPerDay, open: OpeningHours, handlingTime: Double, share: Double, within: Double
    ) -> Int {
        let rate =
            (calls.byDay.map(\.calls).max() ?? 0) * DayShape.healthcare.busiestShare(from: open.from, to: open.to)
        let queue = SingleQueue(arrivalRate: rate / 1800, handlingTime: handlingTime, patience: patience)
        var onThePhones = 1
        let most = Int(queue.offeredLoad * 2) + 100
        while onThePhones < most,
            queue.measures(agents: Double(onThePhones), within: within).serviceLevels.ofAllOffered ?? 1 < share
        {
            onThePhones += 1
        }
        // In whole tenths, so that 21 / 0.7 is 30.
        return (onThePhones * 10 + 6) / 7
    }

    private var teamName: String {
        let stem = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        guard stem != "scenario", stem != "-", let first = stem.first else { return "My team" }
        return first.uppercased() + stem.dropFirst().map { $0 == "_" || $0 == "-" ? " " : String($0) }.joined()
    }

    /// What to make of an answer.
    enum Answer<Value> {
        case take(Value)
        /// Why not, and what would do.
        case again(String, expected: String? = nil, hint: String? = nil)

        init<Read>(_ reading: Reading<Read>, _ change: (Read) -> Value) {
            switch reading {
            case .value(let value): self = .take(change(value))
            case .wrong(let wrong):
                let hint = wrong.suggestion.map { "write \"\($0)\"" + (wrong.meaning.map { " " + $0 } ?? "") }
                self = .again(wrong.clause, expected: wrong.expected, hint: hint ?? wrong.advice)
            }
        }
    }

    private mutating func question<Value>(
        _ text: String, standard: String?, by read: (String) -> Answer<Value>
    ) throws -> Value {
        while true {
            prompter.ask(text + (standard.map { " [\($0)]" } ?? "") + ": ")
            guard let line = prompter.answer() else {
                prompter.report("\nstopped before the last question; nothing was written")
                throw ExitStatus.stopped
            }
            let given = line.trimmingCharacters(in: .whitespacesAndNewlines)
            switch read(given.isEmpty ? standard ?? "" : given) {
            case .take(let value): return value
            case .again(let clause, let expected, let hint):
                prompter.report("  " + clause)
                if let expected { prompter.report("  expected: " + expected) }
                if let hint { prompter.report("  hint: " + hint) }
            }
        }
    }

    private static func duration(_ text: String, positive: Bool) -> Answer<Double> {
        let answer = Answer(Units.duration(text)) { $0 }
        if positive, case .take(let seconds) = answer, seconds <= 0 {
            return .again("a call takes longer than that", expected: "a duration such as 4m30s")
        }
        return answer
    }

    private static func zone(_ text: String) -> Answer<String> {
        if isZone(text) { return .take(text) }
        let near = Spelling.nearest(to: text, among: TimeZone.knownTimeZoneIdentifiers)
        return .again(
            "\(text) is not a time zone", expected: "a name from the IANA list such as America/New_York",
            hint: Spelling.hint(near))
    }

    private static func isZone(_ name: String) -> Bool {
        name == "UTC" || name.contains("/") && TimeZone.knownTimeZoneIdentifiers.contains(name)
    }

    /// A text as YAML wants it: plain where that cannot be read otherwise, else in quotes.
    static func yaml(_ text: String) -> String {
        let isPlain = text.first.map { $0.isLetter } ?? false
        let specials = Set(":#{}[],&*!|>'\"%@`\\")
        if isPlain && !text.contains(where: { specials.contains($0) || $0.isNewline }) { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// `Mon-Fri 08:00-17:00`.
struct OpeningHours: Equatable {
    /// Monday is 0.
    var days: [Int]
    /// Seconds since midnight.
    var from: Double
    var to: Double

    var text: String { "\(Units.formatDays(days)) \(Units.formatClock(from))-\(Units.formatClock(min(to, 86400)))" }

    static func read(_ text: String) -> InitQuestions.Answer<OpeningHours> {
        let expected = "days and times such as Mon-Fri 08:00-17:00"
        guard let start = text.firstIndex(where: \.isNumber) else {
            return .again("when in the day?", expected: expected)
        }
        let named = text[..<start].trimmingCharacters(in: .whitespaces)
        switch (Units.days(named.isEmpty ? "daily" : named), Units.clockRange(String(text[start...]))) {
        case (.value(let days), .value(let range)):
            if range.to > 86400 {
                return .again("a day that ends after midnight is for the long form", expected: expected)
            }
            return .take(OpeningHours(days: days, from: range.from, to: range.to))
        case (.wrong(let wrong), _), (_, .wrong(let wrong)):
            return .again(wrong.clause, expected: expected, hint: wrong.advice)
        }
    }
}

/// `260`, or `Mon 320, Tue-Thu 260, Fri 240`.
struct CallsPerDay {
    var byDay: [(days: String, calls: Double)]

    var text: String {
        "{" + byDay.map { "\($0.days): \(Units.formatNumber($0.calls))" }.joined(separator: ", ") + "}"
    }

    static func read(_ text: String, open: [Int]) -> InitQuestions.Answer<CallsPerDay> {
        let expected = "a number such as 260, or one per weekday such as Mon 320, Tue-Fri 250"
        if text.isEmpty { return .again("needs a number", expected: expected) }
        if let calls = Units.number(text).value, calls >= 0 { return .take(CallsPerDay(split(open, calls))) }
        var byDay: [(days: String, calls: Double)] = []
        var seen: Set<Int> = []
        var names = ""
        for part in text.split(separator: ",") {
            names += (names.isEmpty ? "" : ",") + part
            guard let digit = names.firstIndex(where: \.isNumber) else { continue }
            let label = names[..<digit].trimmingCharacters(in: CharacterSet(charactersIn: " :="))
            switch (Units.days(label), Units.number(String(names[digit...]))) {
            case (.value(let days), .value(let calls)):
                if let closed = days.first(where: { !open.contains($0) }) {
                    return .again("\(Units.formatDays([closed])) is not an opening day", expected: expected)
                }
                if let again = days.first(where: seen.contains) {
                    return .again("\(Units.formatDays([again])) stands twice", expected: expected)
                }
                seen.formUnion(days)
                byDay += split(days, calls)
            case (.wrong(let wrong), _), (_, .wrong(let wrong)):
                return .again(wrong.clause, expected: expected, hint: wrong.advice)
            }
            names = ""
        }
        if !names.isEmpty || byDay.isEmpty { return .again("\(text) has no number", expected: expected) }
        return .take(CallsPerDay(byDay))
    }

    private init(_ byDay: [(days: String, calls: Double)]) { self.byDay = byDay }

    /// One entry for each run of days, as a scenario file names them.
    private static func split(_ days: [Int], _ calls: Double) -> [(days: String, calls: Double)] {
        Units.formatDays(days).components(separatedBy: ", ").map { ($0, calls) }
    }
}
