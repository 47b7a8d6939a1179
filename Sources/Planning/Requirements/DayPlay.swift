import Center
import Queueing
import Simulator
import Tabular

/// One contact type's day as it is played: when contacts come and are taken, how long each takes, who is there.
///
/// The day has the scenario's own arrivals, interval by interval with their handling times, opening hours and lunch
/// hours; its contacts' talk, hold and after-contact work are drawn each by its own law, and whoever hangs up may call
/// again. Contacts that come while it is closed count as offered, as everywhere.
struct DayPlay {
    /// What is asked of a day, whatever its date.
    struct Question: Hashable, Sendable {
        var day: UncertainDay
        var usual: [Int]
        var planned: [Int]?
    }

    struct Answer: Sendable {
        var usual: ChanceOfMeeting?
        var fewest: FewestForChance
    }

    let question: Question
    private let day: Int
    private let contactType: Int
    private let periods: [Int]
    private let contacts: [Double]
    private let comeWhileClosed: Double

    /// Of the requirements of one type on one day, which must have its target; nil without any.
    init?(_ type: ContactType, _ rows: [Requirement], in scenario: Scenario, absence: Double, planned: PeoplePresent?) {
        let horizon = scenario.horizon
        guard let first = rows.first, let last = rows.last, let target = type.target else { return nil }
        let periods = Array(first.period...last.period)
        self.periods = periods
        contactType = first.contactType
        self.day = horizon.periods[first.period].day
        let byPeriod = Dictionary(uniqueKeysWithValues: rows.map { ($0.period, $0) })
        contacts = periods.map { byPeriod[$0]?.contacts ?? 0 }
        let usual = periods.map { byPeriod[$0]?.need ?? 0 }
        let timeSpan = TimeSpan(horizon.periods[first.period].start, horizon.periods[last.period].end)
        let hours = type.waitingHours.filter { $0.end > timeSpan.start && $0.start < timeSpan.end }
        let intervals = periods.map { p in
            let length = horizon.periods[p].end - horizon.periods[p].start
            return VaryingDay.Interval(
                arrivalRate: (byPeriod[p]?.contacts ?? 0) / length, agents: byPeriod[p]?.need ?? 0, duration: length)
        }
        var day = UncertainDay(
            intervals: intervals, handlingTime: type.talk, patience: type.patience,
            target: DayTarget(
                share: target.share, within: target.acceptableWait, counting: target.rule,
                shortAbandon: type.shortAbandon, maximumAbandonment: type.maxAbandonment),
            busyness: type.dayToDay > 0 ? BusynessFactor(spread: type.dayToDay) : nil,
            absenteeism: Absenteeism(share: absence))
        day.furtherHandling = [type.hold, type.wrapUp].compactMap { $0 }
        day.setUp = type.setUp
        day.besides = max(0, type.handlingTimeMean - day.handlingParts - type.setUp)
        day.isCounted = type.volumes.isCounted
        // What lies beyond the day is the same for every day.
        day.hours = hours.map {
            UncertainDay.Hours(
                start: $0.start < timeSpan.start ? -.infinity : $0.start - timeSpan.start,
                end: $0.end > timeSpan.end ? .infinity : $0.end - timeSpan.start)
        }
        day.turnsAwayAtClose = scenario.rules.waitingAtClose == .turnAway
        day.leavesClosedOut = scenario.rules.closed == .leftOut
        // Who still waits at closing is served by those who were there.
        day.end =
            scenario.rules.waitingAtClose == .serve || hours.contains { $0.end > timeSpan.end }
            ? .agentsStay : .agentsLeave
        day.callingAgain = type.redial.map {
            UncertainDay.CallingAgain(
                share: $0.share, delay: $0.delay, atMost: $0.atMost,
                until: horizon.days[horizon.periods[first.period].day].end - timeSpan.start)
        }
        day.workload = periods.map { p in
            UncertainDay.Workload(
                load: byPeriod[p]?.load ?? 0, handlingTime: byPeriod[p]?.handlingTime ?? type.handlingTimeMean)
        }
        var arrivals = type.arrivals.filter {
            $0.timeSpan.end > timeSpan.start && $0.timeSpan.start < timeSpan.end && $0.contacts > 0
        }
        .map { portion in
            let part = TimeSpan(max(portion.timeSpan.start, timeSpan.start), min(portion.timeSpan.end, timeSpan.end))
            return UncertainDay.Arrivals(
                start: part.start - timeSpan.start, duration: part.length,
                contacts: portion.contacts * part.length / portion.timeSpan.length,
                handlingFactor: portion.handlingFactor)
        }
        comeWhileClosed = arrivals.reduce(0) { sum, own in
            let taken = (day.hours ?? []).reduce(0) {
                $0 + max(0, min($1.end, own.start + own.duration) - max($1.start, own.start))
            }
            return sum + own.contacts * max(0, 1 - taken / own.duration)
        }
        // Where it was open before, contacts are in hand when the day begins.
        if timeSpan.start > 0, hours.contains(where: { $0.start < timeSpan.start }), let next = arrivals.first,
            next.start <= 0
        {
            let before = 10 * type.handlingTimeMean * next.handlingFactor
            arrivals.insert(
                .init(
                    start: -before, duration: before, contacts: next.contacts / next.duration * before,
                    handlingFactor: next.handlingFactor), at: 0)
        }
        day.arrivals = arrivals
        question = Question(
            day: day, usual: usual,
            planned: planned.map { people in
                periods.map { people.whole(period: $0, contactType: first.contactType) }
            })
    }

    /// The answer as that of this day.
    func staffing(_ answer: Answer) -> DayStaffing {
        DayStaffing(
            day: day, contactType: contactType, periods: periods, contacts: contacts,
            comeWhileClosed: comeWhileClosed, usual: question.usual, usualChance: answer.usual,
            planned: question.planned, plannedChance: nil, plannedTogether: nil, fewest: answer.fewest)
    }
}

extension DayPlay.Question {
    /// Plays it.
    func answer(chance: Double, seed: UInt64, precision: Double) -> DayPlay.Answer {
        let played = DayChance(day, seed: seed, precision: precision)
        return DayPlay.Answer(usual: played.of(staffing: usual), fewest: played.fewest(for: chance))
    }
}
