/// A result as rows and columns: the waist through which every number leaves, whatever the format.
public struct Table: Sendable {
    /// A name, what stands below it, and of what kind that is.
    public struct Column: Sendable, Hashable {
        /// What the cells of a column are, for readers that want to know (Frictionless Table Schema).
        public enum Kind: String, Sendable {
            /// Any text.
            case text = "string"
            /// A number that may have a fraction.
            case number
            /// A whole number.
            case count = "integer"
            /// True or false.
            case flag = "boolean"
            /// A date such as `2026-03-02`.
            case date
            /// A time of day such as `08:30`.
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

        /// The kind is what the cells turn out to be unless it is told.
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

    /// What stands in one column of one row.
    public enum Cell: Sendable, Hashable {
        /// A text as it is; each format quotes it where it must.
        case text(String)
        /// A number, written in the fewest digits that read back to it.
        case number(Double)
        /// A whole number.
        case count(Int)
        /// Undefined, such as 0/0.
        case blank
    }

    /// The file's name without ending, `contact_types`.
    public var name: String
    /// From left to right.
    public var columns: [Column]
    /// `[row][column]`, from top to bottom.
    public var rows: [[Cell]]
    /// The columns that tell rows apart.
    public var key: [String]

    /// `key` names the columns that tell rows apart.
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
