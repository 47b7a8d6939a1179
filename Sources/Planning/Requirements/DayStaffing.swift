import Dispatch
import Queueing
import Simulator
import Synchronization

/// One contact type on one day: the smallest staffing with which the day as a whole meets the target with a given chance.
///
/// The type is taken on its own, first come first served; the day begins empty and drains at its end. Contacts come by
/// chance, their number strays from day to day as the scenario says, and each person stays away with a given chance.
public struct DayStaffing: Sendable {
    /// Index into the horizon's days.
    public let day: Int
    /// Index into the scenario's contact types.
    public let contactType: Int
    /// Indices of the horizon's periods from the day's first with a need to its last.
    public let periods: [Int]
    /// Expected, by period; redials are not among them.
    public let contacts: [Double]
    /// On the phones for the target on average, by period.
    public let usual: [Int]
    /// How often such a day meets the target with the usual staffing; nil where a day is too large to be played.
    public let usualChance: ChanceOfMeeting?
    /// On the phones as planned, by period, whichever types they serve; nil where nobody is planned.
    public let planned: [Int]?
    public let plannedChance: ChanceOfMeeting?
    /// On the phones for the chance asked for, by period, or why there is no such staffing.
    public let fewest: FewestForChance

    /// Seconds on the phones.
    public func paidTime(_ staffing: [Int], in horizon: Horizon) -> Double {
        zip(periods, staffing).reduce(0) {
            $0 + (horizon.periods[$1.0].end - horizon.periods[$1.0].start) * Double($1.1)
        }
    }
}

extension Requirements {
    /// Every day of every contact type with a target, in the order of days, then types.
    ///
    /// Days are independent, so they are worked out on all processors; the answer does not depend on how many.
    /// - Parameters:
    ///   - chance: the share of such days, 0…1, that must meet the target.
    ///   - absence: the chance 0…1 that a person does not come that day.
    ///   - progress: called with the number of days done and of all, from any thread.
    public func days(
        chance: Double, absence: Double = 0, seed: UInt64 = 1,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) -> [DayStaffing] {
        var questions: [[Requirement]] = []
        for day in scenario.horizon.days.indices {
            for (index, type) in scenario.contactTypes.enumerated() where type.target != nil && type.isOnTheLine {
                let rows = rows.filter { $0.contactType == index && scenario.horizon.periods[$0.period].day == day }
                if rows.contains(where: { $0.contacts > 0 && ($0.need ?? 0) > 0 }) { questions.append(rows) }
            }
        }
        let answers = Mutex([DayStaffing?](repeating: nil, count: questions.count))
        let done = Mutex(0)
        let asked = questions
        let people = PeoplePresent(scenario)
        let present = people.isAnybodyPlanned ? people : nil
        DispatchQueue.concurrentPerform(iterations: asked.count) { index in
            let answer = staffing(asked[index], present, chance: chance, absence: absence, seed: seed)
            answers.withLock { $0[index] = answer }
            let count = done.withLock { done in
                done += 1
                return done
            }
            progress(count, asked.count)
        }
        return answers.withLock { $0.compactMap { $0 } }
    }

    private func staffing(
        _ rows: [Requirement], _ present: PeoplePresent?, chance: Double, absence: Double, seed: UInt64
    ) -> DayStaffing? {
        guard let first = rows.first, let last = rows.last, let target = scenario.contactTypes[first.contactType].target
        else { return nil }
        let type = scenario.contactTypes[first.contactType]
        let byPeriod = Dictionary(uniqueKeysWithValues: rows.map { ($0.period, $0) })
        let periods = Array(first.period...last.period)
        let contacts = periods.map { byPeriod[$0]?.contacts ?? 0 }
        let usual = periods.map { byPeriod[$0]?.need ?? 0 }
        let intervals = zip(periods, zip(contacts, usual)).map { period, pair in
            let length = scenario.horizon.periods[period].end - scenario.horizon.periods[period].start
            // Those who call again count as so many more contacts, as Erlang X has it.
            let again = (byPeriod[period]?.measures?.abandonment ?? 0) * (type.redial?.share ?? 0)
            return VaryingDay.Interval(
                arrivalRate: pair.0 / length / max(0.1, 1 - again), agents: pair.1, duration: length)
        }
        let work = contacts.reduce(0, +)
        let mean =
            work > 0
            ? zip(periods, contacts).reduce(0) {
                $0 + $1.1 * (byPeriod[$1.0]?.handlingTime ?? type.handlingTimeMean)
            } / work : type.handlingTimeMean
        let day = UncertainDay(
            intervals: intervals,
            handlingTime: .lognormal(Lognormal(mean: mean, spread: type.handlingTimeSpread)),
            patience: type.patience,
            target: DayTarget(
                share: target.share, within: target.acceptableWait, counting: target.rule,
                shortAbandon: type.shortAbandon),
            busyness: type.dayToDay > 0 ? BusynessFactor(spread: type.dayToDay) : nil,
            absenteeism: Absenteeism(share: absence))
        let played = DayChance(day, seed: seed)
        let planned = present.map { people in
            periods.map { people.whole(period: $0, contactType: first.contactType) }
        }
        return DayStaffing(
            day: scenario.horizon.periods[first.period].day, contactType: first.contactType, periods: periods,
            contacts: contacts, usual: usual, usualChance: played.of(staffing: usual), planned: planned,
            plannedChance: planned.flatMap { played.of(staffing: $0) }, fewest: played.fewest(for: chance))
    }
}

extension ContactType {
    /// Whether an agent has one contact in hand at a time and somebody waits for it, so that a day can be played.
    package var isOnTheLine: Bool { channel.kind == .live && channel.atOnce == 1 }

    /// Standard deviation ÷ mean of a contact's talk, hold and after-contact work together, which are independent.
    var handlingTimeSpread: Double {
        let parts = [talk] + [hold, wrapUp].compactMap { $0 }
        let variance = parts.reduce(0) { $0 + ($1.mean * $1.spread) * ($1.mean * $1.spread) }
        return handlingTimeMean > 0 ? variance.squareRoot() / handlingTimeMean : 0
    }
}
