import Simulator
import Tabular

/// Reads option texts by the grammar that files use, and keeps every problem until all are read.
struct OptionValues {
    private(set) var problems: [Problem] = []

    /// The value of `text`, or nil where it is absent or wrong.
    ///
    ///     let talk = values.read(aht, of: "--aht", by: Units.duration)
    mutating func read<Value>(
        _ text: String?, of option: String, by grammar: (String) -> Reading<Value>
    ) -> Value? {
        guard let text else { return nil }
        switch grammar(text) {
        case .value(let value): return value
        case .wrong(let wrong):
            problems.append(wrong.problem(for: .option(option)))
            return nil
        }
    }

    /// Adds what no single value shows, such as two options that exclude each other.
    mutating func refuse(_ problem: Problem) { problems.append(problem) }

    /// Throws everything found, as a wrong command line.
    func check() throws {
        if problems.contains(where: { $0.severity == .error }) { throw Failure(problems, .wrongCommandLine) }
    }
}
