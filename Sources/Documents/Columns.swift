import Probability

/// The columns of a table, each with what stands in it: a header and its cells cannot part.
///
///     let columns: Columns<Horizon.Day> = [
///         .text("date", "the day, as 2026-03-02") { $0.date },
///         .number("length_s", "from midnight to midnight") { $0.end - $0.start },
///     ]
///
/// An element is one column or several that belong together, such as a value with its bounds.
public struct Columns<Row>: Sendable, ExpressibleByArrayLiteral {
    /// What stands in one column of one row.
    public typealias Cell = Table.Cell

    /// Columns that are filled together.
    private struct Part: Sendable {
        let heads: [Table.Column]
        let fill: @Sendable (Row, inout [Cell]) -> Void
    }

    private let parts: [Part]
    /// Names and kinds of the columns, from left to right.
    public let heads: [Table.Column]

    /// Columns side by side, from left to right.
    public init(arrayLiteral elements: Columns...) { self.init(joining: elements) }

    /// The same from an array, for columns that are worked out.
    public init(joining columns: [Columns]) { self.init(parts: columns.flatMap(\.parts)) }

    private init(parts: [Part]) {
        self.parts = parts
        heads = parts.flatMap(\.heads)
    }

    private init(_ heads: [Table.Column], fill: @escaping @Sendable (Row, inout [Cell]) -> Void) {
        self.init(parts: [Part(heads: heads, fill: fill)])
    }

    /// What stands in a row, a cell for each head.
    public func cells(_ row: Row) -> [Cell] {
        var cells: [Cell] = []
        cells.reserveCapacity(heads.count)
        for part in parts { part.fill(row, &cells) }
        assert(cells.count == heads.count, "a row of another width than its header")
        return cells
    }

    /// The same columns of what a row holds; blank where it holds nothing.
    public func of<Outer>(_ inner: @escaping @Sendable (Outer) -> Row?) -> Columns<Outer> {
        let count = heads.count
        return Columns<Outer>(heads) { outer, cells in
            if let row = inner(outer) {
                for part in parts { part.fill(row, &cells) }
            } else {
                cells.append(contentsOf: repeatElement(.blank, count: count))
            }
        }
    }
}

// MARK: Kinds of columns

/// A value that is nil is undefined and leaves its cell blank.
extension Columns {
    /// `kind` is said where the cells may not show it: of a column that can be blank in every row.
    public static func cell(
        _ name: String, _ summary: String = "", kind: Table.Column.Kind? = nil,
        _ value: @escaping @Sendable (Row) -> Cell
    ) -> Columns {
        Columns([Table.Column(name, summary, kind: kind)]) { row, cells in cells.append(value(row)) }
    }

    /// A column of texts.
    public static func text(
        _ name: String, _ summary: String = "", kind: Table.Column.Kind? = nil,
        _ value: @escaping @Sendable (Row) -> String?
    ) -> Columns {
        cell(name, summary, kind: kind) { row in value(row).map { .text($0) } ?? .blank }
    }

    /// A column of whole numbers.
    public static func count(
        _ name: String, _ summary: String = "", kind: Table.Column.Kind? = nil,
        _ value: @escaping @Sendable (Row) -> Int?
    ) -> Columns {
        cell(name, summary, kind: kind) { row in value(row).map { .count($0) } ?? .blank }
    }

    /// What is not finite is undefined.
    public static func number(
        _ name: String, _ summary: String = "", kind: Table.Column.Kind? = nil,
        _ value: @escaping @Sendable (Row) -> Double?
    ) -> Columns {
        cell(name, summary, kind: kind) { row in Cell(finite: value(row)) }
    }

    /// A share of 0…1 as 0…100.
    public static func percent(
        _ name: String, _ summary: String = "", kind: Table.Column.Kind? = nil,
        _ value: @escaping @Sendable (Row) -> Double?
    ) -> Columns {
        cell(name, summary, kind: kind) { row in Cell(finite: value(row).map { $0 * 100 }) }
    }

    /// A column of `yes` and `no`.
    public static func yesOrNo(
        _ name: String, _ summary: String = "", _ value: @escaping @Sendable (Row) -> Bool?
    ) -> Columns {
        text(name, summary, kind: .text) { row in value(row).map { $0 ? "yes" : "no" } }
    }

    /// A value that is not below 0, and the bounds of its interval.
    package static func estimate(
        _ name: String, _ summary: String, _ value: @escaping @Sendable (Row) -> Estimate?
    ) -> Columns {
        withBounds(name, summary) { row in value(row).map { $0.clipped(isShare: false) } }
    }

    /// A share of 0…1 and the bounds of its interval, as 0…100.
    package static func percentEstimate(
        _ name: String, _ summary: String, _ value: @escaping @Sendable (Row) -> Estimate?
    ) -> Columns {
        withBounds(name, summary) { row in
            value(row).map { $0.clipped(isShare: true) }.map { ($0.value * 100, $0.low * 100, $0.high * 100) }
        }
    }

    private static func withBounds(
        _ name: String, _ summary: String,
        _ figures: @escaping @Sendable (Row) -> (value: Double, low: Double, high: Double)?
    ) -> Columns {
        Columns([
            Table.Column(name, summary), Table.Column(name + "_lo", "lower bound of \(name)"),
            Table.Column(name + "_hi", "upper bound of \(name)"),
        ]) { row, cells in
            let found = figures(row)
            cells.append(Cell(finite: found?.value))
            cells.append(Cell(finite: found?.low))
            cells.append(Cell(finite: found?.high))
        }
    }
}

extension Table.Cell {
    /// Blank where there is no number, or none that is finite.
    package init(finite number: Double?) {
        if let number, number.isFinite { self = .number(number) } else { self = .blank }
    }
}

extension Estimate {
    /// Value and bounds kept where the figure can be, 0…1 or from 0 on: taking off what controls explain may lead past the
    /// end of the scale by a hair. An infinite bound, after one replication, stays undefined.
    package func clipped(isShare: Bool) -> (value: Double, low: Double, high: Double) {
        func clipped(_ bound: Double) -> Double { Estimate.clipped(bound, isShare: isShare) }
        // A share's value may stray too; that of any other figure is what was counted.
        return (isShare ? clipped(value) : value, clipped(low), isShare ? clipped(high) : high)
    }

    package static func clipped(_ bound: Double, isShare: Bool) -> Double {
        guard bound.isFinite else { return bound }
        return isShare ? min(1, max(0, bound)) : max(0, bound)
    }
}
