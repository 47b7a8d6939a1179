import Foundation

/// A table of reference numbers: plain CSV without quotes, by column name.
public struct ReferenceTable: Sendable {
    public let header: [String]
    public let rows: [[String: String]]

    public init(_ url: URL) throws {
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        self.header = header
        rows = lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(uniqueKeysWithValues: zip(header, cells))
        }
    }
}

extension [String: String] {
    /// The number in a column; nil where it is blank.
    public func number(_ column: String) -> Double? { self[column].flatMap(Double.init) }
}
