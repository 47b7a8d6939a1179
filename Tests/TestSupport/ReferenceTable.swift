import Foundation

/// A table of reference numbers: plain CSV without quotes, whose first column names the row.
public struct ReferenceTable: Sendable {
    public struct Row: Sendable, CustomStringConvertible {
        public let cells: [String: String]
        public let id: String
        public var description: String { id }

        /// The cell as a number; fails the run where there is none, because a reference must not be skipped silently.
        public func number(_ column: String) -> Double {
            guard let value = optional(column) else { fatalError("row \(id) has no number in \(column)") }
            return value
        }

        /// The cell as a number; nil where it is empty.
        public func optional(_ column: String) -> Double? {
            guard let text = cells[column], !text.isEmpty else { return nil }
            // A C routine, because it rounds what is below the least double to 0 as the tables mean it.
            return strtod(text, nil)
        }

        public func text(_ column: String) -> String { cells[column] ?? "" }
    }

    public let columns: [String]
    public let rows: [Row]

    public init(_ file: URL) throws {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let names = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        columns = names
        rows = lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Row(cells: Dictionary(uniqueKeysWithValues: zip(names, cells)), id: cells[0])
        }
    }
}

/// How far a computed number may lie from its reference.
public enum Tolerance: Sendable {
    /// |x − reference| ≤ tolerance × |reference|.
    case relative(Double)
    /// |x − reference| ≤ tolerance.
    case absolute(Double)

    public func accepts(_ value: Double, _ reference: Double) -> Bool {
        switch self {
        case .relative(let tolerance): abs(value - reference) <= tolerance * abs(reference)
        case .absolute(let tolerance): abs(value - reference) <= tolerance
        }
    }
}
