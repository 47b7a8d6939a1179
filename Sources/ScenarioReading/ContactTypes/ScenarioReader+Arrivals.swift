import Center
import ScenarioText
import Tabular

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

    /// Only a number for a whole day leaves open when its contacts come.
    private func readOutsideHours(of block: Block, into draft: inout ContactTypeDraft) {
        guard let share = block.share("outside_hours"), let entry = block.entry("outside_hours") else { return }
        let reason: String
        switch draft.volume {
        case .daily:
            if draft.comesAtAnyTime {
                block.expansion.remove("outside_hours")
                guard share > 0, block.isOwn("outside_hours") else { return }
                log.error(
                    ProblemCode.conflict,
                    "outside_hours is a part of a day's number, and written contacts come at any time",
                    at: entry.key.place, hint: "leave it out, or \"day_shape: written\"")
                return
            }
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
        // People write without waiting for opening, unless the type itself says otherwise.
        if draft.channel.isWritten, !block.isOwn("day_shape"), !block.isOwn("outside_hours") {
            draft.shape = .written
            block.expansion.set("day_shape", DayShape.written.rawValue, remark: "assumed")
        }
        if draft.comesAtAnyTime { block.expansion.remove("outside_hours") }
    }

    static func isFileName(_ text: String) -> Bool {
        [".csv", ".tsv", ".txt"].contains { text.lowercased().hasSuffix($0) }
    }

    /// A number of contacts for a day, such as `320`.
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
                text, name: name, subject: .arrivals, known: allTypeNames, interval: interval, log: log,
                occurrences: centerCalendar.occurrences)
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

    // MARK: Volumes to time spans of the horizon

    /// Expected contacts over the horizon; `dropped` gains what falls into an hour that the clocks skip.
    ///
    /// Forecasts are rates: in an hour that comes twice they hold twice. Counts are of everything that their interval, or
    /// their day, was.
    func portions(of draft: ContactTypeDraft, dropped: inout [CivilDate: Double]) -> [ArrivalTimeSpan] {
        var portions: [ArrivalTimeSpan] = []
        let days = workingDays([draft.hours])
        let isCounted = draft.volumes.isCounted
        func add(_ timeSpans: [TimeSpan], contacts: Double, factor: Double = 1) {
            let length = timeSpans.reduce(0) { $0 + $1.length }
            for timeSpan in timeSpans {
                let cut = TimeSpan(max(0, timeSpan.start), min(calendar.horizonEnd, timeSpan.end))
                guard contacts > 0, cut.end > cut.start else { continue }
                portions.append(
                    ArrivalTimeSpan(cut, contacts: contacts * (cut.length / length), handlingFactor: factor))
            }
        }
        /// Spans of the clock, with contacts as for a usual day, and what becomes of them on this one.
        func add(day index: Int, slots: [(from: Double, to: Double, amount: Double)]) {
            let parts = slots.map { slot -> (timeSpans: [TimeSpan], contacts: Double) in
                let timeSpans = calendar.timeSpans(day: index, from: slot.from, to: slot.to)
                return (timeSpans, slot.amount * (timeSpans.reduce(0) { $0 + $1.length } / (slot.to - slot.from)))
            }
            let told = slots.reduce(0) { $0 + $1.amount }
            let come = parts.reduce(0) { $0 + $1.contacts }
            if isCounted, come > 0 {
                for part in parts { add(part.timeSpans, contacts: part.contacts * (told / come)) }
                return
            }
            for part in parts { add(part.timeSpans, contacts: part.contacts) }
            for slot in slots { drop(day: index, from: slot.from, to: slot.to, slot.amount, &dropped) }
        }
        let usual = WorkingDays([draft.hours])
        switch draft.volume {
        case .none: break
        case .rate(let rate):
            for index in calendar.starting {
                let date = calendar.day(index).date
                let weights = { (ranges: [WeeklyHours.Range]) in ranges.map { ($0.from, $0.to, $0.to - $0.from) } }
                let row = holidays.row(date, for: draft.hours)
                let open = weights(days.hours(date))
                let day = HolidayVolume(
                    usual: row == nil ? open : weights(usual.hours(date)), open: open, row: row,
                    dayAfter: holidays.dayAfter(date, for: draft.hours))
                for slot in day.slots(rate) {
                    let timeSpans = calendar.timeSpans(day: index, from: slot.from, to: slot.to)
                    let length = timeSpans.reduce(0) { $0 + $1.length }
                    add(timeSpans, contacts: slot.amount * length / (slot.to - slot.from))
                    drop(day: index, from: slot.from, to: slot.to, slot.amount, &dropped)
                }
                lose(day.lost(rate), draft, day: index)
            }
        case .daily(let amounts):
            for index in calendar.starting {
                let date = calendar.day(index).date
                let open = days.hours(date)
                let row = holidays.row(date, for: draft.hours)
                guard let amount = amounts[date.weekday] else { continue }
                if draft.comesAtAnyTime {
                    let day = [WeeklyHours.Range(from: 0, to: 86400)]
                    let weights = weights(over: day, shape: draft.shape, as: day)
                    let share = holidays.share(date, for: draft.hours)
                    let each = amount * share / weights.reduce(0) { $0 + $1.amount }
                    add(day: index, slots: weights.map { ($0.from, $0.to, $0.amount * each) })
                    continue
                }
                guard !open.isEmpty || row != nil else { continue }
                let closed = draft.outsideHours > 0 && !open.isEmpty ? days.closed(date) : []
                let outside = closed.isEmpty ? 0 : amount * draft.outsideHours
                let shareOutside = holidays.share(date, for: draft.hours)
                let length = closed.reduce(0) { $0 + $1.to - $1.from }
                let hours = row == nil ? open : usual.hours(date)
                let weights = weights(over: hours, shape: draft.shape, as: hours)
                let day = HolidayVolume(
                    usual: weights,
                    open: row == nil ? weights : self.weights(over: open, shape: draft.shape, as: hours),
                    row: row, dayAfter: holidays.dayAfter(date, for: draft.hours))
                let sum = weights.reduce(0) { $0 + $1.amount }
                guard sum > 0 else { continue }
                let own = day.slots((amount - outside) / sum)
                let others = closed.map { ($0.from, $0.to, outside * shareOutside * ($0.to - $0.from) / length) }
                add(day: index, slots: own + others)
                lose(day.lost((amount - outside) / sum), draft, day: index)
            }
        case .table(let table, _):
            let handling = (draft.talk.mean) + (draft.hold?.mean ?? 0) + (draft.wrapUp?.mean ?? 0)
            let volumes = holidays.isEmpty ? [] : tableVolumes(table, draft)
            forEachRow(of: table, owner: draft.id) { index, from, to, turn, entry, isDated in
                let timeSpans = calendar.timeSpans(day: index, from: from, to: to, turn: turn)
                let length = timeSpans.reduce(0) { $0 + $1.length }
                guard length > 0 else {
                    drop(day: index, from: from, to: to, entry.amount, &dropped)
                    return
                }
                var contacts = entry.amount
                if turn == nil, !isCounted {
                    contacts *= length / (to - from)
                    drop(day: index, from: from, to: to, entry.amount, &dropped)
                }
                let factor = entry.handlingTime.map { $0 / handling } ?? 1
                var usual = timeSpans
                // A weekday's usual numbers do not hold on a holiday, nor on the day after one that says so.
                for volume in isDated ? [] : volumes {
                    for part in usual.flatMap({ WorkingTime.cut(volume.parts, to: $0) }) {
                        add([part], contacts: contacts * volume.factor * part.length / length, factor: factor)
                    }
                    usual = usual.flatMap { WorkingTime.without($0, [volume.day]) }
                }
                let share = usual.reduce(0) { $0 + $1.length } / length
                add(usual, contacts: contacts * share, factor: factor)
            }
        }
        return portions.sorted { $0.timeSpan.start < $1.timeSpan.start }
    }

    /// Contacts planned evenly over a time span of the clock of which a part is skipped.
    private func drop(
        day index: Int, from: Double, to: Double, _ contacts: Double, _ dropped: inout [CivilDate: Double]
    ) {
        // A night has a part on the next date.
        for (day, shift) in [(index, 0.0), (index + 1, 86400)] {
            let lost = contacts * calendar.skipped(day: day, from: from - shift, to: to - shift) / (to - from)
            if lost > 0 { dropped[calendar.day(day).date, default: 0] += lost }
        }
    }

    /// The rows of a table that have a part in the horizon: the day, seconds since its midnight, and, of two rows for an
    /// hour that comes twice, whether it is the first or the second; and whether the row holds on holidays too, as it is for
    /// the date itself.
    func forEachRow(
        of table: IntervalTable, owner: String,
        _ body: (Int, Double, Double, Int?, IntervalTable.Entry, Bool) -> Void
    ) {
        let starts = starts(of: table)
        for index in -1..<calendar.count {
            let date = calendar.day(index).date
            for start in starts where index >= 0 || start + table.step > 86400 {
                let (from, to) = (Double(start), Double(start + table.step))
                guard let entry = table.entry(owner: owner, date: date, start: start) else { continue }
                let isDated = holidays.isEmpty || table.isDated(owner: owner, date: date, start: start)
                let second = table.hasTurns ? table.entry(owner: owner, date: date, start: start, turn: 1) : nil
                body(index, from, to, second == nil ? nil : 0, entry, isDated)
                if let second { body(index, from, to, 1, second, isDated) }
            }
        }
    }

    /// Working days on which a table's usual rows do not hold as they are: each whole, what of it has contacts, and how many
    /// for each of the table's. Disjoint.
    private func tableVolumes(
        _ table: IntervalTable, _ draft: ContactTypeDraft
    ) -> [(day: TimeSpan, parts: [TimeSpan], factor: Double)] {
        let days = workingDays([draft.hours])
        var volumes: [(day: TimeSpan, parts: [TimeSpan], factor: Double)] = []
        for index in calendar.starting {
            let date = calendar.day(index).date
            let row = holidays.row(date, for: draft.hours)
            let dayAfter = holidays.dayAfter(date, for: draft.hours)
            guard row != nil || dayAfter != 1 else { continue }
            let whole = calendar.timeSpans(day: index, from: days.start(date), to: days.end(date))
            let open = days.hours(date).flatMap { calendar.timeSpans(day: index, from: $0.from, to: $0.to) }
            guard let first = whole.first, let last = whole.last else { continue }
            guard let row else {
                volumes.append((TimeSpan(first.start, last.end), whole, dayAfter))
                continue
            }
            // What usual rows say of the whole day, and of the hours that are left.
            var (all, left) = (0.0, 0.0)
            forEachRow(of: table, owner: draft.id) { index, from, to, turn, entry, isDated in
                guard !isDated else { return }
                let timeSpans = calendar.timeSpans(day: index, from: from, to: to, turn: turn)
                let length = timeSpans.reduce(0) { $0 + $1.length }
                guard length > 0 else { return }
                for timeSpan in timeSpans {
                    all += entry.amount * WorkingTime.cut(whole, to: timeSpan).reduce(0) { $0 + $1.length } / length
                    left += entry.amount * WorkingTime.cut(open, to: timeSpan).reduce(0) { $0 + $1.length } / length
                }
            }
            let isClosed = left <= 0
            let factor = row.volume.map { isClosed ? $0 : $0 * all / left } ?? dayAfter
            let parts = isClosed && row.volume != nil ? whole : open
            volumes.append((TimeSpan(first.start, last.end), parts, factor))
            if row.volume == nil { lose(all - left, draft, day: index) }
        }
        return volumes
    }

    /// What a usual day has that does not come on a holiday, of which nothing else is said.
    private func lose(_ contacts: Double, _ draft: ContactTypeDraft, day index: Int) {
        guard contacts > 0.5, 0..<calendar.count ~= index else { return }
        lostToHolidays[calendar.day(index).date, default: []].append((draft.id, contacts))
    }

    /// Slots of one reporting interval with the shape's weight in the middle of each, as on a day with these usual hours.
    private func weights(
        over open: [WeeklyHours.Range], shape: DayShape, as usual: [WeeklyHours.Range]
    ) -> [(from: Double, to: Double, amount: Double)] {
        guard let first = usual.first?.from, let last = usual.last?.to else { return [] }
        var slots: [(from: Double, to: Double, amount: Double)] = []
        for range in open {
            var start = range.from
            while start < range.to {
                let end =
                    shape == .flat
                    ? range.to : min(range.to, ((start / interval).rounded(.down) + 1) * interval)
                let weight = shape.weight(at: (start + end) / 2, from: first, to: last) * (end - start)
                slots.append((start, end, weight))
                start = end
            }
        }
        return slots
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
        if case .daily(let amounts) = draft.volume { warnOfWeekdays(amounts, draft) }
        guard case .table(let table, let gapsAreZero) = draft.volume else { return }
        let step = Double(table.step)
        let days = workingDays([draft.hours])
        var first: (index: Int, start: Double)?
        var count = 0
        // Days without any row although the type is open, by their weekday or their date.
        var empty: [CivilDate] = []
        var latest: (index: Int, start: Double) = (-1, 0)
        let phase = Double((table.entries.keys.first?.start ?? 0) % max(1, table.step))
        for index in calendar.starting {
            let date = calendar.day(index).date
            let open = days.hours(date)
            if 0..<calendar.count ~= index, !open.isEmpty,
                !starts(of: table).contains(where: { table.entry(owner: draft.id, date: date, start: $0) != nil })
            {
                empty.append(date)
                continue
            }
            if gapsAreZero { continue }
            for range in open {
                var start = ((range.from - phase) / step).rounded(.down) * step + phase
                while start < range.to {
                    let day = start >= 86400 ? index + 1 : index
                    let clock = start >= 86400 ? start - 86400 : start
                    start += step
                    // Two open times may meet in one interval.
                    guard day >= 0, day < calendar.count, clock >= 0, (day, clock) > latest else { continue }
                    latest = (day, clock)
                    // An hour that the clocks skip needs no row.
                    let exists = !calendar.timeSpans(day: day, from: clock, to: clock + step).isEmpty
                    let date = calendar.day(day).date
                    if exists, table.entry(owner: draft.id, date: date, start: Int(clock)) == nil {
                        if first == nil { first = (day, clock) }
                        count += 1
                    }
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

    /// Weekdays of the period on which it is open and of which `calls` or `arrivals` says nothing.
    private func warnOfWeekdays(_ amounts: [Double?], _ draft: ContactTypeDraft) {
        let days = workingDays([draft.hours])
        let silent = (0..<calendar.count).map { calendar.day($0).date }
            .filter { amounts[$0.weekday] == nil && !days.hours($0).isEmpty }
        guard !silent.isEmpty else { return }
        let words = Units.formatDays(Array(Set(silent.map(\.weekday))).sorted())
        log.warn(
            ProblemCode.gap, "no number of \(draft.id) for \(words), when it is open",
            at: (draft.arrivals?.value ?? draft.key).place,
            hint: "0 contacts are taken; write \(words.prefix(3)): 0 if that is meant, or close it on that day")
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
        guard draft.volumes.isCounted, case .table(let table, _) = draft.volume else { return }
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
            entry.value.entries != nil, !draft.comesAtAnyTime
        else { return }
        let closed = (0..<7).filter { (amounts[$0] ?? 0) > 0 && draft.hours.days[$0].isEmpty }
        guard !closed.isEmpty else { return }
        log.warn(
            ProblemCode.closedVolume,
            "\(draft.id) is closed on \(Units.formatDays(closed)), so that these contacts are left out",
            at: entry.key.place, hint: "add the day to the opening hours, or take it out here")
    }

    /// In a table, live contacts outside opening hours do come, and are turned away unless a setting says otherwise.
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
