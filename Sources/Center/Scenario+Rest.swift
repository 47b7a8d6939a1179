import Queueing
import Tabular

extension Scenario {
    /// The same center from a moment of one of its days until another: times count from there, plans that are over are
    /// left out, and the first reporting period may be a part of one.
    public func rest(of day: RunningDay) -> Scenario {
        var rest = self
        var day = day
        rest.horizon = horizon.part(from: day.at, until: day.until)
        let length = day.until - day.at
        day.factors = []
        day.overtime = agentGroups.indices.map { plannedOvertime(ofGroup: $0, within: TimeSpan(day.at, day.until)) }
        day.planned = contactTypes.map { plannedToday($0, until: day.at) }
        day.clocks = (rest.horizon.periods.first?.startClock ?? "", rest.horizon.periods.last?.endClock ?? "")
        day.openBefore = []
        day.before = HoursBefore(self, until: day)
        for (t, type) in contactTypes.enumerated() {
            let moved = type.open.map { TimeSpan($0.start - day.at, $0.end - day.at) }
            day.openBefore.append(moved.filter { $0.start < 0 }.map { TimeSpan($0.start, min(0, $0.end)) })
            func left(_ moved: [TimeSpan]) -> [TimeSpan] {
                moved.filter { $0.end > 0 && $0.start < length }.map {
                    TimeSpan(max(0, $0.start), min(length, $0.end))
                }
            }
            rest.contactTypes[t].open = left(moved)
            rest.contactTypes[t].callable = type.callable.map { timeSpans in
                left(timeSpans.map { TimeSpan($0.start - day.at, $0.end - day.at) })
            }
            var factor: Double?
            switch day.forecast(of: t, contactTypes) {
            case nil: break
            case (.told(let told), _)?:
                factor = told
                rest.contactTypes[t].dayToDay = 0
            case (.soFar(let seen), let counted)?:
                let known = RunningDay.factor(seen: seen, planned: day.planned[counted], spread: type.dayToDay)
                factor = known.mean
                rest.contactTypes[t].dayToDay = known.spread
            }
            day.factors.append(factor)
            rest.contactTypes[t].arrivals = type.arrivals.compactMap {
                $0.part(from: day.at, until: day.until, factor ?? 1)
            }
        }
        let today = horizon.days.lastIndex { $0.start <= day.at } ?? 0
        for g in agentGroups.indices {
            rest.agentGroups[g].paces = agentGroups[g].paces.map {
                DayPace(TimeSpan($0.timeSpan.start - day.at, $0.timeSpan.end - day.at), pace: $0.pace)
            }
            rest.agentGroups[g].tiers = agentGroups[g].tiers.map { $0.rest(from: day.at) }
            let served = day.inService.count { $0.group == g }
            rest.agentGroups[g].paidLeave = agentGroups[g].paidLeave.compactMap { leave in
                let left = TimeSpan(max(0, leave.timeSpan.start - day.at), min(day.until, leave.timeSpan.end) - day.at)
                return left.end > left.start ? StaffingTimeSpan(left, agents: leave.agents) : nil
            }
            rest.agentGroups[g].staffing = agentGroups[g].staffing.rest(
                of: day, today: today, here: g < day.present.count ? day.present[g] : nil, busy: served,
                presence: 1 - shrinkage)
        }
        // What is known to be chance is worked out for days that begin empty.
        rest.experiment.varianceReduction = .none
        rest.experiment.longRun = nil
        rest.runningDay = day
        return rest
    }

    /// Expected contacts of a type on the day of a moment, up to it.
    public func plannedToday(_ type: ContactType, until moment: Double) -> Double {
        let start = horizon.days.last { $0.start <= moment }?.start ?? 0
        return type.arrivals.reduce(0) { $0 + ($1.part(from: start, until: moment, 1)?.contacts ?? 0) }
    }
}

extension ArrivalTimeSpan {
    /// What of it lies in a time span, counted from there; nil when nothing does.
    func part(from: Double, until: Double, _ factor: Double) -> ArrivalTimeSpan? {
        if timeSpan.length <= 0 {
            guard timeSpan.start >= from, timeSpan.start < until else { return nil }
            return ArrivalTimeSpan(
                TimeSpan(timeSpan.start - from, timeSpan.end - from), contacts: contacts * factor,
                handlingFactor: handlingFactor)
        }
        let (start, end) = (max(timeSpan.start, from), min(timeSpan.end, until))
        guard start < end else { return nil }
        return ArrivalTimeSpan(
            TimeSpan(start - from, end - from), contacts: contacts * factor * ((end - start) / timeSpan.length),
            handlingFactor: handlingFactor)
    }
}

extension Horizon {
    /// The periods before a moment, and one for all that comes after it.
    func periods(until moment: Double) -> [Period] {
        var before = periods.filter { $0.start < moment }
        guard var rest = before.last, moment < length else { return before }
        before[before.count - 1].end = moment
        rest.start = moment
        rest.end = length
        return before + [rest]
    }

    /// A time span of one day, counted from its beginning.
    func part(from: Double, until: Double) -> Horizon {
        let day = days.last { $0.start <= from }
        let periods = self.periods.filter { $0.end > from && $0.start < until }.map { period in
            var part = period
            part.day = 0
            // The clocks do not change within a period.
            part.clockStart += max(0, from - period.start)
            part.clockEnd -= max(0, period.end - until)
            part.start = max(period.start, from) - from
            part.end = min(period.end, until) - from
            return part
        }
        return Horizon(
            timeZone: timeZone,
            days: [Day(date: day?.date ?? "", weekday: day?.weekday ?? 0, start: 0, end: until - from)],
            periods: periods)
    }
}

extension Staffing {
    /// What is planned from a moment on, with the people who are really there. Who is missing stays away for the rest
    /// of the shift (under a curve, of the day); who is there beyond the plan stays as long as the last of the others.
    func rest(of day: RunningDay, today: Int, here: Int?, busy: Int, presence: Double) -> Staffing {
        switch self {
        case .asNeeded: return self
        case .curve(let portions):
            let now = portions.first { $0.timeSpan.start <= day.at && day.at < $0.timeSpan.end }
            // Paid people, of whom shrinkage is taken off again.
            let more = here.map { Double($0) / presence - (now?.agents ?? 0) } ?? 0
            var rest = portions.compactMap { portion -> StaffingTimeSpan? in
                let (start, end) = (max(portion.timeSpan.start, day.at), min(portion.timeSpan.end, day.until))
                guard start < end else { return nil }
                let agents = portion.agents > 0 ? max(0, portion.agents + more) : 0
                return StaffingTimeSpan(TimeSpan(start - day.at, end - day.at), agents: agents)
            }
            if now?.agents ?? 0 <= 0, more > 0 {
                rest.removeAll { $0.timeSpan.start <= 0 }
                let next = rest.first?.timeSpan.start ?? day.until - day.at
                rest.insert(StaffingTimeSpan(TimeSpan(0, next), agents: more), at: 0)
            }
            return .curve(rest)
        case .shifts(let blocks):
            var rest = blocks.compactMap { block -> ShiftBlock? in
                guard block.timeSpan.end > day.at, block.timeSpan.start < day.until else { return nil }
                var moved = block
                moved.day = 0
                moved.timeSpan = TimeSpan(block.timeSpan.start - day.at, block.timeSpan.end - day.at)
                moved.lunch = block.lunch.map {
                    Lunch(length: $0.length, window: TimeSpan($0.window.start - day.at, $0.window.end - day.at))
                }
                moved.pauses = block.pauses?.map { $0.moved(by: -day.at) }
                moved.placed = block.placed.map { $0.map { $0.moved(by: -day.at) } }
                return moved
            }
            let planned = rest.reduce(0) { $0 + $1.onDutyAtStart.count }
            if let here, here > planned {
                let last = rest.filter { $0.timeSpan.start <= 0 }.map(\.timeSpan.end).max() ?? day.until - day.at
                rest.append(ShiftBlock(shift: "here", day: 0, timeSpan: TimeSpan(0, last), people: here - planned))
            }
            if here == nil, busy > planned {
                // Their shifts are over: they go when they are through.
                rest.append(ShiftBlock(shift: "late", day: 0, timeSpan: TimeSpan(0, 0), people: busy - planned))
            }
            return .shifts(rest)
        }
    }
}

extension ShiftBlock {
    /// Of a shift under way at 0: the people who are not on a break then.
    var onDutyAtStart: [Int] {
        guard timeSpan.start <= 0, timeSpan.end >= 0 else { return [] }
        return (0..<people).filter { person in
            !PersonalDay(self, person: person).pauses.contains { $0.timeSpan.start <= 0 && $0.timeSpan.end > 0 }
        }
    }
}
