import Simulator
import Tabular

/// The settings that `--set PATH=VALUE` changes.
struct SettingOverrides {
    /// In the order given; later ones win.
    var all: [(path: String, value: String)] = []

    init(_ texts: [String]) throws {
        var problems: [Problem] = []
        for text in texts {
            guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
                problems.append(
                    Problem(
                        .error, "E708", "--set cannot be \"\(text)\"",
                        expected: "PATH=VALUE, such as agents=10"))
                continue
            }
            all.append((String(text[..<sign]), String(text[text.index(after: sign)...])))
        }
        if !problems.isEmpty { throw Failure(problems, .wrongCommandLine) }
    }
}
