/// A result as rows and columns: the waist through which every number leaves, whatever the format.
public struct Table: Sendable {
    public struct Column: Sendable, Hashable {
        /// What the cells of a column are, for readers that want to know (Frictionless Table Schema).
        public enum Kind: String, Sendable {
            case text = "string"
            case number
            case count = "integer"
            case flag = "boolean"
            case date
            case time
            /// A moment with its offset, `2026-11-01T01:30:00-06:00`.
            case instant = "datetime"
        }

        /// With its unit as suffix: `_s` seconds, `_h` hours, `_pct` 0…100, `_lo`/`_hi` interval bounds.
        public var name: String
        /// One sentence for the data package and the reports.
        public var summary: String
        /// Nil: what the cells are.
        public var kind: Kind?

        public init(_ name: String, _ summary: String = "", kind: Kind? = nil) {
            self.name = name
            self.summary = summary
            self.kind = kind
        }

        /// The unit that the name's suffix says, or nil: `s`, `h`, `%`.
        public var unit: String? {
            let suffixes = ["lo", "hi", "sd"]
            var words = name.split(separator: "_")
            while words.count > 1, let last = words.last, suffixes.contains(String(last)) { words.removeLast() }
            guard words.count > 1 else { return nil }
            return switch words.last {
            case "s": "s"
            case "h": "h"
            case "pct": "%"
            default: nil
            }
        }
    }

    public enum Cell: Sendable, Hashable {
        case text(String)
        case number(Double)
        case count(Int)
        /// Undefined, such as 0/0.
        case blank
    }

    /// The file's name without ending, `contact_types`.
    public var name: String
    public var columns: [Column]
    public var rows: [[Cell]]
    /// The columns that tell rows apart.
    public var key: [String]

    public init(_ name: String, columns: [Column], rows: [[Cell]] = [], key: [String] = []) {
        self.name = name
        self.columns = columns
        self.rows = rows
        self.key = key
    }

    /// What the cells of a column are: as declared, else as found (blank columns pass for numbers).
    public func kind(of index: Int) -> Column.Kind {
        if let declared = columns[index].kind { return declared }
        var found = Column.Kind.count
        var isEmpty = true
        for row in rows {
            switch row[index] {
            case .text: return .text
            case .number: found = .number
            case .count, .blank: break
            }
            if row[index] != .blank { isEmpty = false }
        }
        return isEmpty ? .number : found
    }
}
