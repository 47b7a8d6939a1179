/// Reads a column of dates, whose order of day and month is found from the dates themselves.
package struct TableDates {
    enum Order: String {
        case iso = "yyyy-mm-dd"
        case dayFirst = "dd/mm/yyyy"
        case monthFirst = "mm/dd/yyyy"
    }

    let order: Order
    /// `.`, `/` or `-`, as the dates are written.
    private let mark: Character

    /// As in the note that says how a table was read: `dd.mm.yyyy`.
    package var words: String { order == .iso ? order.rawValue : order.rawValue.replacing("/", with: String(mark)) }

    /// Three numbers and what stands between them; a time of day after a space or `T` is left out.
    private static func numbers(_ text: String) -> (Int, Int, Int, Character, String)? {
        let day = String(text.prefix { $0 != " " && $0 != "T" })
        guard let mark = day.first(where: { !$0.isNumber }), "./-".contains(mark) else { return nil }
        let parts = day.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isASCII) }),
            let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2])
        else { return nil }
        return (a, b, c, mark, day)
    }

    /// Finds the order; fails when two orders fit every date. `option` is the command's way to settle it, if it has
    /// one.
    package static func infer(
        _ cells: [DelimitedText.Cell], in table: DelimitedText, option: String? = nil
    ) -> Result<TableDates, Problem> {
        var dayFirstFits = true
        var monthFirstFits = true
        var undecided: (cell: DelimitedText.Cell, day: String, numbers: (Int, Int, Int), mark: Character)?
        for cell in cells {
            guard let (a, b, c, mark, day) = numbers(cell.text), a < 1000 else { continue }
            if CivilDate(year: c, month: b, day: a) == nil { dayFirstFits = false }
            if CivilDate(year: c, month: a, day: b) == nil { monthFirstFits = false }
            if undecided == nil { undecided = (cell, day, (a, b, c), mark) }
        }
        guard let undecided else { return .success(TableDates(order: .iso, mark: "-")) }
        // A point between the numbers is only ever written with the day first.
        if undecided.mark == "." { monthFirstFits = false }
        switch (dayFirstFits, monthFirstFits) {
        case (true, false): return .success(TableDates(order: .dayFirst, mark: undecided.mark))
        case (false, true): return .success(TableDates(order: .monthFirst, mark: undecided.mark))
        case (false, false): return .success(TableDates(order: .iso, mark: "-"))
        case (true, true):
            let (a, b, c) = undecided.numbers
            let start = undecided.cell.bytes.lowerBound
            let iso = CivilDate(year: c, month: b, day: a)?.iso ?? "2026-04-03"
            let rows = "no date in these \(grouped(cells.count)) rows settles it"
            return .failure(
                Problem(
                    .error, ProblemCode.ambiguousDates, "the dates can be read two ways",
                    at: table.source.place(ofBytes: start..<start + undecided.day.utf8.count),
                    caretNote: "\(a) \(months[b - 1]) or \(months[a - 1]) \(b)?",
                    expected: "dates as \(iso)" + (option == nil ? "" : ", or their order given"),
                    hint: option.map { "add \($0) dd/mm/yyyy (\(rows))" } ?? "write the dates as \(iso) (\(rows))"))
        }
    }

    /// The date in a cell.
    package func read(_ text: String) -> Reading<CivilDate> {
        if order != .iso, let (a, b, c, _, _) = Self.numbers(text), a < 1000 {
            let date =
                order == .dayFirst
                ? CivilDate(year: c, month: b, day: a) : CivilDate(year: c, month: a, day: b)
            if let date { return .value(date) }
        }
        return Units.date(String(text.prefix { $0 != " " && $0 != "T" }))
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `2,016`.
    package static func grouped(_ number: Int) -> String {
        var digits = Array(String(abs(number)))
        var position = digits.count - 3
        while position > 0 {
            digits.insert(",", at: position)
            position -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }
}
