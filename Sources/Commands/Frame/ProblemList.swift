import Documents
import Reports
import Simulator
import Tabular

/// All problems of one reading, as people or programs see them.
struct ProblemList {
    /// Past this many, more text helps nobody.
    static let most = 20

    static let nothingRun = "Nothing was run."

    var problems: [Problem]
    /// What came of it nevertheless, in one sentence.
    var outcome: String

    init(_ problems: [Problem], outcome: String = Self.nothingRun) {
        self.problems = problems
        self.outcome = outcome
    }

    /// The first 20 with a line between them, then `3 errors, 1 warning. Nothing was run.`
    func text(color: Bool) -> String {
        var blocks = problems.prefix(Self.most).map { $0.rendered(color: color) }
        // One usage error speaks for itself; a file's problems are counted.
        let counted = problems.contains { $0.place != nil && $0.severity == .error } || problems.count > 1
        if counted && problems.contains(where: { $0.severity == .error }) { blocks.append(tally) }
        let roomy = problems.contains { $0.place != nil }
        return blocks.joined(separator: roomy ? "\n\n" : "\n")
    }

    /// How many of each kind, and what came of it.
    var tally: String {
        func count(_ severity: Problem.Severity) -> String? {
            let number = problems.count { $0.severity == severity }
            return number == 0 ? nil : "\(number) \(severity.rawValue)\(number == 1 ? "" : "s")"
        }
        let counts = [count(.error), count(.warning)].compactMap { $0 }.joined(separator: ", ")
        return counts + "." + (count(.error) == nil || outcome.isEmpty ? "" : " " + outcome)
    }

    /// A JSON array with the same fields for each problem, null where one has none.
    var json: String {
        let items = problems.map { problem -> JSON in
            .object([
                ("file", .text(problem.place?.file)),
                ("line", .count(problem.place?.line)),
                ("column", .count(problem.place?.column)),
                ("end_column", .count(problem.place?.endColumn)),
                ("severity", .text(problem.severity.rawValue)),
                ("code", .text(problem.code)),
                ("message", .text(problem.message)),
                ("expected", .text(problem.expected)),
                ("hint", .text(problem.hint)),
                ("suggestion", .text(problem.suggestion)),
            ])
        }
        return JSON.array(items).text()
    }
}
