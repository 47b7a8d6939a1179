/// A table for people: a title and a text for each column, some of them with a tone.
///
///     let table = TextTable(
///         [.left("contact type") { $0.id }, .left("verdict") { .init("MISSED by 2 points", .bad) }], of: types)
public struct TextTable: Sendable {
    /// A title, and how the texts below it are set.
    public struct Column: Sendable {
        /// On which side texts of different widths line up.
        public enum Alignment: Sendable {
            /// Words.
            case left
            /// Numbers, whose units then stand below each other.
            case right
        }
        /// What stands above the texts; may be empty.
        public var title: String
        /// For the title and for every text below it.
        public var alignment: Alignment
        /// At least this many characters wide.
        public var minimumWidth: Int

        /// Where a table is too wide, columns with a rank go, the lowest first; nil never goes.
        public var yieldRank: Int?
        /// Where a table is too wide, a text that is longer than its column is not cut but has a line of its own: before
        /// the row in the first column, after it in the last.
        public var takesOwnLine = false

        /// A column of words; `minimumWidth` in characters.
        public static func left(_ title: String, minimumWidth: Int = 0) -> Column {
            Column(title: title, alignment: .left, minimumWidth: minimumWidth, yieldRank: nil)
        }
        /// A column of numbers; `minimumWidth` in characters.
        public static func right(_ title: String, minimumWidth: Int = 0) -> Column {
            Column(title: title, alignment: .right, minimumWidth: minimumWidth, yieldRank: nil)
        }
    }

    /// The text of one column in one row.
    public struct Cell: Sendable {
        /// What is printed, on one line.
        public var text: String
        /// What the cell's first word says, for its colour; the word alone says it too.
        public var tone: Tone
        /// What stands before the text, as wide as that of all rows: `Mon 08:00` before `billing`.
        public var lead: String?

        /// A text without a colour unless it has a tone.
        public init(_ text: String, _ tone: Tone = .plain, lead: String? = nil) {
            self.text = text
            self.tone = tone
            self.lead = lead
        }
    }

    /// What a word tells the reader: met, over, or MISSED and short.
    public enum Tone: Sendable {
        /// Nothing.
        case plain
        /// Met.
        case good
        /// Neither: too close to call, or over what is needed.
        case warning
        /// Missed, or short.
        case bad
    }

    /// From left to right.
    public var columns: [Column]
    /// `[row][column]`, from top to bottom; each row has a cell for every column.
    public private(set) var rows: [[Cell]] = []
    /// Spaces between two columns.
    public var gap: Int

    /// A table without rows; `gap` is the number of spaces between columns.
    public init(_ columns: [Column], gap: Int = 3) {
        self.columns = columns
        self.gap = gap
    }

    /// Adds a row; missing cells at its end are empty.
    public mutating func add(_ row: [Cell]) {
        precondition(row.count <= columns.count, "a row has more cells than the table has columns")
        rows.append(row + Array(repeating: Cell(""), count: columns.count - row.count))
    }

    /// Adds a row of plain texts.
    public mutating func add(_ texts: String...) { add(texts.map { Cell($0) }) }
}

// MARK: Columns with what stands in them

/// A column with what stands in it of each row, so that title and cells cannot part.
package struct TextColumn<Row>: Sendable {
    var column: TextTable.Column
    let cell: @Sendable (Row) -> TextTable.Cell

    package static func left(_ title: String, minimumWidth: Int = 0, cell: @escaping @Sendable (Row) -> TextTable.Cell)
        -> Self
    {
        Self(column: .left(title, minimumWidth: minimumWidth), cell: cell)
    }

    package static func left(_ title: String, minimumWidth: Int = 0, _ text: @escaping @Sendable (Row) -> String)
        -> Self
    {
        left(title, minimumWidth: minimumWidth, cell: { .init(text($0)) })
    }

    package static func right(_ title: String, _ text: @escaping @Sendable (Row) -> String) -> Self {
        Self(column: .right(title)) { .init(text($0)) }
    }

    /// The same column, which goes when the table is too wide and those of lower ranks have gone.
    package func yielding(_ rank: Int) -> Self {
        var column = self
        column.column.yieldRank = rank
        return column
    }

    /// The same column, whose long texts have a line of their own.
    package var onItsOwnLine: Self {
        var column = self
        column.column.takesOwnLine = true
        return column
    }
}

extension TextTable {
    package init<Row>(_ columns: [TextColumn<Row>], of rows: [Row]) {
        self.init(columns.map(\.column))
        self.rows = rows.map { row in columns.map { $0.cell(row) } }
    }
}
