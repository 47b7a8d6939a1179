import ScenarioReading
import Simulator
import Tabular

/// One slip, the message about it and the way out: messages are those of the program, read anew when they are shown.
struct CodeExample: Sendable {
    /// Where the message comes from.
    enum Input: Sendable {
        /// One of the small scenarios with `right` replaced by `wrong`.
        case scenario(Base, right: String, wrong: String)
        /// A table of staffing questions, right and wrong.
        case questions(right: String, wrong: String)
        /// A command line with what it says; a test runs it.
        case line(String, Problem)
        /// Nothing that a small example can show.
        case none
    }

    let code: String
    let input: Input
    /// What to do, where it is more than writing `right`.
    let advice: String?

    init(_ code: String, _ input: Input, cure advice: String? = nil) {
        self.code = code
        self.input = input
        self.advice = advice
    }

    /// The message with this code; nil where there is none.
    var problem: Problem? {
        if case .line(_, let problem) = input { return problem }
        return reported(wrong: true).first { $0.code == code }
    }

    /// `write "talk: 280s"`.
    var cureWords: String? {
        if let advice { return advice }
        return switch input {
        case .scenario(_, let right, _): "write \"\(right)\"."
        case .questions(let right, _): "write \"\(right)\"."
        case .line, .none: nil
        }
    }

    /// What is said of the example, or of what it is when cured.
    func reported(wrong isWrong: Bool) -> [Problem] {
        switch input {
        case .scenario(let base, let right, let wrong):
            var files = base.files
            if right.isEmpty, isWrong { files[base.main] = wrong }
            for (name, text) in files where isWrong && text.contains(right) {
                files[name] = text.replacing(right, with: wrong)
            }
            // The one example that is not UTF-8 is spelled with a letter of Latin-1.
            let bytes = files.mapValues { text in
                code == "E107" && isWrong
                    ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
            }
            return ScenarioFile.read(name: base.main, of: bytes).problems
        case .questions(let right, let wrong):
            let text = "calls,per,aht,agents,target,lines,model\n" + (isWrong ? wrong : right) + "\n"
            do {
                let table = try StaffTable(SourceText(name: "questions.csv", text: text))
                return table.problems + table.warnings
            } catch {
                return error.all
            }
        case .line(_, let problem): return isWrong ? [problem] : []
        case .none: return []
        }
    }

    /// The small scenarios that examples break; nothing is wrong with them.
    enum Base: Sendable, CaseIterable {
        case clinic
        case center
        case night
        case table
        /// As `table`, with the contact type in a column of its own.
        case typed

        var main: String {
            switch self {
            case .clinic, .table, .typed: "clinic.yaml"
            case .center, .night: "center.yaml"
            }
        }

        var files: [String: String] {
            switch self {
            case .clinic:
                [
                    "clinic.yaml": """
                    name: Clinic
                    timezone: America/Chicago
                    days: 7
                    interval: 30m
                    open: Mon-Fri 08:00-17:00
                    calls: {Mon-Fri: 60}
                    day_shape: healthcare
                    talk: 4m30s
                    target: 80% in 30s
                    agents: 9
                    shrinkage: 30%
                    """
                ]
            case .center:
                [
                    "center.yaml": """
                    timezone: America/Chicago
                    period: {from: 2026-03-02, to: 2026-03-06}
                    defaults: {hours: Mon-Fri 08:00-17:00, arrivals: 60 per day}
                    contact_types:
                      one: {talk: 4m, languages: {en: 90%, es: 10%}}
                      two: {talk: 4m}
                    agent_groups:
                      first: {skills: {one: 1, two: 1}, languages: [en, es], wage: 19.30 per hour}
                      second: {skills: {two: 1}, people: 9}
                    shifts:
                      day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:00-14:00}, breaks: 2 x 15m}
                    staffing:
                      first: {Mon-Fri: {day: 2}}
                      second: {Mon-Fri: {day: 2}}
                    shrinkage: {leave: 10%, meetings: 2%}
                    """
                ]
            case .night:
                [
                    "center.yaml": """
                    timezone: America/Chicago
                    period: {from: 2026-03-08, to: 2026-03-08}
                    contact_types: {one: {hours: Sun 04:00-08:00, arrivals: 60 per day, talk: 4m}}
                    agent_groups: {all: {skills: {one: 1}}}
                    shifts: {night: {start: 03:30, length: 5h}}
                    staffing: {all: {Sun: {night: 9}}}
                    """
                ]
            case .typed:
                [
                    "clinic.yaml": """
                    timezone: America/Chicago
                    period: {from: 2026-03-02, to: 2026-03-02}
                    contact_types: {march: {hours: Mon 08:00-09:00, arrivals: calls.csv, talk: 1m}}
                    agent_groups: {all: {skills: {march: 1}, agents: 5}}
                    """,
                    "calls.csv": """
                    date,start,contact_type,contacts
                    2026-03-02,08:00,march,3
                    2026-03-02,08:30,march,3
                    """,
                ]
            case .table:
                [
                    "clinic.yaml": """
                    timezone: America/Chicago
                    period: {from: 2026-03-02, to: 2026-03-02}
                    open: Mon 08:00-10:00
                    calls: calls.csv
                    talk: 1m
                    agents: 5
                    """,
                    "calls.csv": """
                    date,start,contacts
                    2026-03-02,08:00,3
                    2026-03-02,08:30,3
                    2026-03-02,09:00,4
                    2026-03-02,09:30,3
                    """,
                ]
            }
        }
    }
}
