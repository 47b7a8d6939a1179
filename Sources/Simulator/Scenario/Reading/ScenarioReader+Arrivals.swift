extension ScenarioReader {
    /// A table, a rate, or numbers by days; `calls` in a short file.
    func readArrivals(of block: Block, key: Node, into draft: inout ContactTypeDraft) {
        guard let entry = block.entry("arrivals") else {
            block.missing("arrivals", at: key)
            return
        }
        draft.arrivals = entry
        let name = entry.key.text ?? "arrivals"
        if entry.value.isNone {
            block.expansion.set("arrivals", "none")
            return
        }
        if let entries = entry.value.entries {
            if entries.contains(where: { Settings.arrivals[$0.name] != nil }) {
                readTableBlock(entry, block, &draft)
            } else if let days = DayMap.read(
                entries, name: name, example: "320", at: entry.value, log: log, value: { self.amount($0, name) })
            {
                draft.volume = .daily(days)
                block.expansion.set("arrivals", DayMap.text(days))
            }
        } else if let text = block.text(entry) {
            if Self.isFileName(text) {
                block.expansion.set("arrivals", Expansion.quoted(text))
                readTable(entry.value, gapsAreZero: gapsAreZero, &draft)
            } else {
                readRate(text, entry, name, block, &draft)
            }
        }
        readShape(of: block, into: &draft)
        readOutsideHours(of: block, into: &draft)
    }

    /// Only a number for a whole day says nothing of when its contacts come.
    private func readOutsideHours(of block: Block, into draft: inout ContactTypeDraft) {
        guard let share = block.share("outside_hours"), let entry = block.entry("outside_hours") else { return }
        let reason: String
        switch draft.volume {
        case .daily:
            draft.outsideHours = share
            return
        case .none: return
        case .table(let table, _): reason = "\(table.name) says itself when contacts come"
        case .rate: reason = "a rate holds in opening hours"
        }
        block.expansion.remove("outside_hours")
        guard share > 0, block.isOwn("outside_hours") else { return }
        log.error(
            ProblemCode.conflict, "outside_hours is a part of a day's number, and \(reason)", at: entry.key.place,
            hint: "leave it out, or give a day's number such as {Mon: 320, Tue-Fri: 260}")
    }

    private func readShape(of block: Block, into draft: inout ContactTypeDraft) {
        // Only a day's total needs to be spread.
        guard case .daily = draft.volume else {
            if block.has("day_shape") {
                _ = block.word("day_shape")
                block.expansion.remove("day_shape")
            }
            return
        }
        if let word = block.word("day_shape"), let shape = DayShape(rawValue: word) { draft.shape = shape }
    }

    static func isFileName(_ text: String) -> Bool {
        [".csv", ".tsv", ".txt"].contains { text.lowercased().hasSuffix($0) }
    }

    /// A number of contacts under a day, such as `320`.
    private func amount(_ node: Node, _ name: String) -> Double? {
        guard let text = node.text, !node.isEmpty else {
            log.error(
                ProblemCode.noValue, "\(name) needs a number for each day", at: node.place, expected: "such as 320")
            return nil
        }
        switch Units.number(text) {
        case .wrong(let wrong):
            // `320 per day` says the same with more words.
            if case .value(let (amount, per)) = Units.volume(text), per == 86400 { return amount }
            log.add(wrong.problem(for: .setting(name), at: node.place))
            return nil
        case .value(let value):
            if value >= 0, value <= 1e7 { return value }
            log.error(ProblemCode.range, "\(name) cannot be \(text)", at: node.place, expected: "from 0 to 10000000")
            return nil
        }
    }

    private func readRate(
        _ text: String, _ entry: Node.Entry, _ name: String, _ block: Block, _ draft: inout ContactTypeDraft
    ) {
        switch Units.volume(text) {
        case .wrong(let wrong): log.add(wrong.problem(for: .setting(name), at: entry.value.place))
        case .value(let (amount, per)):
            guard amount / per <= 1000 else {
                log.error(
                    ProblemCode.range, "\(name) cannot be \(text)", at: entry.value.place,
                    expected: "at most 1000 contacts a second")
                return
            }
            if per == 86400 {
                draft.volume = .daily(Array(repeating: amount, count: 7))
                block.expansion.set("arrivals", "\(Units.formatNumber(amount)) per day")
            } else if per < 86400 {
                draft.volume = .rate(amount / per)
                let unit = per == 3600 ? "hour" : per == 60 ? "minute" : Units.formatDuration(per)
                block.expansion.set("arrivals", "\(Units.formatNumber(amount)) per \(unit)")
            } else {
                log.error(
                    "E205", "\(text) is longer than a day", at: entry.value.place,
                    expected: "a number per day, or one for each day such as {Mon: 320, Tue-Fri: 260}")
            }
        }
    }

    private func readTableBlock(_ entry: Node.Entry, _ block: Block, _ draft: inout ContactTypeDraft) {
        guard let inner = Block(Settings.arrivals, path: block.fullName("arrivals"), at: entry.value, log: log) else {
            return
        }
        guard let file = inner.entry("file") else {
            inner.missing("file")
            return
        }
        guard inner.freeText("file") != nil else { return }
        let gaps = inner.word("gaps") == "zero"
        inner.expansion.order(by: Settings.arrivals)
        block.expansion.set("arrivals", inner.expansion.flow)
        readTable(file.value, gapsAreZero: gaps || gapsAreZero, &draft)
    }

    private func readTable(_ node: Node, gapsAreZero: Bool, _ draft: inout ContactTypeDraft) {
        let name = node.text ?? ""
        if arrivalTables[name] == nil {
            guard let text = files.table(node) else { return }
            let before = log.problems.count
            let table = IntervalTable(
                text, name: name, subject: .arrivals, known: allTypeNames, interval: interval, log: log)
            arrivalTables[name] = table
            let isRead = !log.problems[before...].contains { $0.severity == .error }
            if isRead { files.describe(name, dialect: table.dialectWords, zone: calendar.zone) }
            tableIsRead[name] = isRead
        }
        guard let table = arrivalTables[name], tableIsRead[name] == true else { return }
        if !table.hasOwners, let other = ownerlessUse[name], other != draft.id {
            log.error(
                ProblemCode.header, "the header lacks a column \"contact_type\"",
                at: table.text.place(table.text.header[0]),
                expected: "weekday (or date), start, contact_type, contacts",
                hint: "\(other) and \(draft.id) both take their contacts from it")
            return
        }
        ownerlessUse[name] = draft.id
        draft.volume = .table(table, gapsAreZero: gapsAreZero)
    }

    // MARK: Volumes to pieces of the horizon

    /// Expected contacts over the horizon; `dropped` gains what falls into an hour that the clocks skip.
    func pieces(of draft: ContactTypeDraft, dropped: inout [CivilDate: Double]) -> [ArrivalPiece] {
        var pieces: [ArrivalPiece] = []
        let handling = (draft.talk?.mean ?? 0) + (draft.hold?.mean ?? 0) + (draft.wrapUp?.mean ?? 0)
        let end = calendar.day(calendar.count - 1).end
        func add(day index: Int, from: Double, to: Double, contacts: Double, factor: Double = 1) {
            guard contacts > 0 else { return }
            let spans = calendar.spans(day: index, from: from, to: to)
            for span in spans {
                let cut = Span(max(0, span.start), min(end, span.end))
                guard cut.end > cut.start else { continue }
                pieces.append(
                    ArrivalPiece(cut, contacts: contacts * (cut.length / (to - from)), handlingFactor: factor))
            }
            let covered = spans.reduce(0) { $0 + $1.length }
            if covered < to - from, index >= 0, index < calendar.count, let change = calendar.day(index).change,
                change.to > change.from, from < change.to, to > change.from
            {
                dropped[calendar.day(index).date, default: 0] += contacts * (1 - covered / (to - from))
            }
        }
        switch draft.volume {
        case .none: break
        case .rate(let rate):
            for index in -1..<calendar.count {
                for range in ranges(draft.hours, day: index) {
                    add(day: index, from: range.from, to: range.to, contacts: rate * (range.to - range.from))
                }
            }
        case .daily(let amounts):
            for index in -1..<calendar.count {
                let open = ranges(draft.hours, day: index)
                guard let amount = amounts[calendar.day(index).date.weekday], let first = open.first,
                    let last = open.last
                else { continue }
                let closed = draft.outsideHours > 0 ? closedRanges(draft.hours, day: index) : []
                let outside = closed.isEmpty ? 0 : amount * draft.outsideHours
                spread(amount - outside, over: open, from: first.from, to: last.to, shape: draft.shape) {
                    from, to, contacts in add(day: index, from: from, to: to, contacts: contacts)
                }
                let length = closed.reduce(0) { $0 + $1.to - $1.from }
                for range in closed {
                    add(
                        day: index, from: range.from, to: range.to,
                        contacts: outside * (range.to - range.from) / length)
                }
            }
        case .table(let table, _):
            let step = Double(table.step)
            for index in 0..<calendar.count {
                let date = calendar.day(index).date
                for start in starts(of: table) {
                    guard let entry = table.entry(owner: draft.id, date: date, start: start) else { continue }
                    let factor = entry.handlingTime.map { $0 / handling } ?? 1
                    let from = Double(start)
                    // A weekday's usual numbers do not hold on a holiday outside its hours.
                    if holidays[date] != nil, !table.isDated(owner: draft.id, date: date, start: start) {
                        for range in ranges(draft.hours, day: index) {
                            let low = max(from, range.from)
                            let high = min(from + step, range.to)
                            if high > low {
                                add(
                                    day: index, from: low, to: high, contacts: entry.amount * (high - low) / step,
                                    factor: factor)
                            }
                        }
                    } else {
                        add(day: index, from: from, to: from + step, contacts: entry.amount, factor: factor)
                    }
                }
            }
        }
        return pieces.sorted { $0.span.start < $1.span.start }
    }

    /// Splits a day's contacts over slots of one reporting interval, by the shape's weight in the middle of each.
    private func spread(
        _ amount: Double, over open: [WeeklyHours.Range], from: Double, to: Double, shape: DayShape,
        slot: (Double, Double, Double) -> Void
    ) {
        var slots: [(from: Double, to: Double, weight: Double)] = []
        for range in open {
            var start = range.from
            while start < range.to {
                let end =
                    shape == .flat
                    ? range.to : min(range.to, ((start / interval).rounded(.down) + 1) * interval)
                slots.append((start, end, shape.weight(at: (start + end) / 2, from: from, to: to) * (end - start)))
                start = end
            }
        }
        let sum = slots.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return }
        for part in slots { slot(part.from, part.to, amount * part.weight / sum) }
    }

    /// What of a calendar day lies outside of its opening hours and of those of the evening before.
    private func closedRanges(_ hours: WeeklyHours, day index: Int) -> [WeeklyHours.Range] {
        let before = index > -1 ? ranges(hours, day: index - 1) : []
        let open = WeeklyHours.joined(
            ranges(hours, day: index)
                + before.filter { $0.to > 86400 }.map { WeeklyHours.Range(from: 0, to: $0.to - 86400) })
        var closed: [WeeklyHours.Range] = []
        var start = 0.0
        for range in open {
            if range.from > start { closed.append(WeeklyHours.Range(from: start, to: range.from)) }
            start = max(start, range.to)
        }
        if start < 86400 { closed.append(WeeklyHours.Range(from: start, to: 86400)) }
        return closed
    }

    private func starts(of table: IntervalTable) -> [Int] {
        if let known = sortedStarts[table.name] { return known }
        let starts = Set(table.entries.keys.map(\.start)).sorted()
        sortedStarts[table.name] = starts
        return starts
    }

    // MARK: What a table leaves out

    /// Open intervals without a row, unless `gaps: zero` says that they mean 0.
    func warnOfGaps(_ draft: ContactTypeDraft) {
        guard case .table(let table, let gapsAreZero) = draft.volume else { return }
        let step = Double(table.step)
        var first: (index: Int, start: Double)?
        var count = 0
        // Days without any row although the type is open, by their weekday or their date.
        var empty: [CivilDate] = []
        let phase = Double((table.entries.keys.first?.start ?? 0) % max(1, table.step))
        for index in 0..<calendar.count {
            let date = calendar.day(index).date
            if ranges(draft.hours, day: index).isEmpty == false,
                !starts(of: table).contains(where: { table.entry(owner: draft.id, date: date, start: $0) != nil })
            {
                empty.append(date)
                continue
            }
            if gapsAreZero { continue }
            for range in ranges(draft.hours, day: index) {
                var start = ((range.from - phase) / step).rounded(.down) * step + phase
                while start < range.to {
                    let day = start >= 86400 ? index + 1 : index
                    let clock = start >= 86400 ? start - 86400 : start
                    let isInside = day < calendar.count && clock >= 0
                    let onDay = day == index ? date : date + 1
                    // An hour that the clocks skip needs no row.
                    let exists = !calendar.spans(day: day, from: clock, to: clock + step).isEmpty
                    if isInside, exists, table.entry(owner: draft.id, date: onDay, start: Int(clock)) == nil {
                        if first == nil { first = (day, clock) }
                        count += 1
                    }
                    start += step
                }
            }
        }
        warnOfEmptyDays(empty, draft, table)
        guard let first else { return }
        let date = calendar.day(first.index).date
        let when =
            (table.days.contains(.date(date)) ? date.iso : Horizon.weekdayNames[date.weekday])
            + " " + Units.formatClock(first.start)
        // The row before the gap is where one would add the missing one.
        let before = table.entry(owner: draft.id, date: date, start: Int(first.start) - table.step)?.cell
        let more = count > 1 ? ", nor for \(count - 1) more interval\(count == 2 ? "" : "s")" : ""
        log.warn(
            ProblemCode.gap, "no row for \(draft.id) \(when)\(more)",
            at: table.text.place(before ?? table.text.header[0]),
            hint: "0 contacts are taken; if that is meant, write \"gaps: zero\" on a line of its own in the scenario")
    }

    /// Whole days of opening hours of which a table says nothing.
    private func warnOfEmptyDays(_ days: [CivilDate], _ draft: ContactTypeDraft, _ table: IntervalTable) {
        guard let first = days.first else { return }
        let hasDates = table.days.contains { $0.date != nil }
        let words =
            hasDates || days.count == 1
            ? Calendar.words(first) : Units.formatDays(Array(Set(days.map(\.weekday))).sorted())
        let more = hasDates && days.count > 1 ? ", nor for \(days.count - 1) more day\(days.count == 2 ? "" : "s")" : ""
        log.warn(
            ProblemCode.gap, "\(table.name) has no row for \(draft.id) on \(words)\(more), when it is open",
            at: (draft.arrivals?.value ?? draft.key).place,
            hint: "0 contacts are taken; write rows of 0 if that is meant, or close it on that day")
    }

    /// Counts of a day that was are whole.
    func checkCounts(_ draft: ContactTypeDraft) {
        guard draft.volumes == .actual, case .table(let table, _) = draft.volume else { return }
        let parts = table.entries.filter { key, entry in
            (key.owner ?? draft.id) == draft.id && entry.amount != entry.amount.rounded()
        }
        guard let first = parts.values.map({ ($0, table.text.place($0.cell)) }).min(by: { $0.1.line < $1.1.line })
        else {
            return
        }
        let more = parts.count > 1 ? ", nor are \(parts.count - 1) more" : ""
        log.error(
            ProblemCode.range, "\(Units.formatNumber(first.0.amount)) is not a count of \(draft.id)\(more)",
            at: first.1,
            expected: "a whole number, as the volumes are actual ones",
            hint: "leave out \"volumes: actual\" for a forecast")
    }

    /// Contacts told for days on which the type is closed.
    func warnOfClosedDays(_ draft: ContactTypeDraft) {
        guard case .daily(let amounts) = draft.volume, let entry = draft.arrivals,
            entry.value.entries != nil
        else { return }
        let closed = (0..<7).filter { (amounts[$0] ?? 0) > 0 && draft.hours.days[$0].isEmpty }
        guard !closed.isEmpty else { return }
        log.warn(
            ProblemCode.closedVolume,
            "\(draft.id) is closed on \(Units.formatDays(closed)), so that these contacts are left out",
            at: entry.key.place, hint: "add the day to the opening hours, or take it out here")
    }

    /// A table's live contacts outside opening hours do come, and are turned away unless a setting says otherwise.
    func warnOfClosedHours(_ draft: ContactTypeDraft, _ type: ContactType) {
        guard case .table(let table, _) = draft.volume, draft.channel.kind == .live,
            draft.whenClosed.word == .turnedAway
        else { return }
        let all = type.arrivals.reduce(0) { $0 + $1.contacts }
        let closed = contacts(of: type, outside: type.open)
        guard closed > max(0.5, 0.001 * all) else { return }
        let number = Units.formatNumber((closed * 10).rounded() / 10)
        log.warn(
            ProblemCode.closedVolume,
            "\(number) contacts of \(draft.id) come while it is closed, and are turned away",
            at: (draft.arrivals?.value ?? draft.key).place,
            hint: "open longer, leave those rows out of \(table.name), or say \"when_closed: voicemail\"")
    }

    /// A table that has nothing for a type, or nothing in the period, would leave it without contacts.
    func checkUse(of draft: ContactTypeDraft) {
        guard case .table(let table, _) = draft.volume else { return }
        let place = (draft.arrivals?.value ?? draft.key).place
        if table.hasOwners, !table.owners.contains(draft.id) {
            log.error(
                ProblemCode.emptyTable, "\(table.name) has no row for \(draft.id)", at: place,
                expected: "rows whose contact_type is \(draft.id)",
                hint: "write \"arrivals: none\" in \(draft.id) if nobody contacts you that way")
            return
        }
        let isUsed = (0..<calendar.count).contains { index in
            starts(of: table).contains {
                table.entry(owner: draft.id, date: calendar.day(index).date, start: $0) != nil
            }
        }
        if isUsed { return }
        let period = (calendar.day(0).date, calendar.day(calendar.count - 1).date)
        let dates = table.entries.keys.compactMap { key -> CivilDate? in
            guard case .date(let date) = key.day, key.owner == nil || key.owner == draft.id else { return nil }
            return date
        }
        if let first = dates.min(), let last = dates.max() {
            log.error(
                ProblemCode.emptyTable, "no row of \(table.name) for \(draft.id) lies in the period", at: place,
                expected: "dates from \(period.0.iso) to \(period.1.iso); the table has \(first.iso) to \(last.iso)",
                hint: "change \"period\", or give weekdays instead of dates")
            return
        }
        let weekdays = Set(
            table.entries.keys.compactMap { key -> Int? in
                guard case .weekday(let day) = key.day, key.owner == nil || key.owner == draft.id else { return nil }
                return day
            })
        log.error(
            ProblemCode.emptyTable, "no row of \(table.name) for \(draft.id) lies in the period", at: place,
            expected:
                "rows for \(Units.formatDays(Array(Set(calendar.days.map(\.date.weekday))).sorted())); the table has "
                + Units.formatDays(weekdays.sorted()),
            hint: "change \"period\", or write \"arrivals: none\" in \(draft.id)")
    }
}
