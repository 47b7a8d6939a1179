/// A result as rows and columns: the waist through which every number leaves, whatever the format.
public struct Table: Sendable {
    public struct Column: Sendable, Hashable {
        /// With its unit as suffix: `_s` seconds, `_h` hours, `_pct` 0…100, `_lo`/`_hi` interval bounds.
        public var name: String
        /// One sentence for the data package and the reports.
        public var summary: String

        public init(_ name: String, _ summary: String = "") {
            self.name = name
            self.summary = summary
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

    public init(_ name: String, columns: [Column], rows: [[Cell]] = []) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}
