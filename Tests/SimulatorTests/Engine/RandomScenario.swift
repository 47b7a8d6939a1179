import Foundation
import Queueing
import TestSupport

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Contact centers drawn from a seed, with most of what a scenario can say; the seed replays one.
///
/// Days are short so that hundreds of them fit into seconds, and one of several is an hour shorter, as on the day when
/// clocks go forward.
struct RandomScenario {
    private var dice: Dice
    private let seed: UInt64
    /// Every fourth day runs by whole half minutes, so that many events fall on the same instant.
    private let isOnGrid: Bool

    static func make(_ seed: UInt64) -> Scenario {
        var maker = RandomScenario(dice: Dice(seed: seed &* 0x9E37_79B9), seed: seed, isOnGrid: seed % 4 == 0)
        return maker.scenario()
    }

    private mutating func scenario() -> Scenario {
        let horizon = horizon()
        let typeCount = 1 + chance(5)
        let types = (0..<typeCount).map { type($0, horizon) }
        let groups = (0..<(1 + chance(6))).map { group($0, typeCount, horizon) }
        return Scenario(
            id: "random", name: "Random", horizon: horizon, contactTypes: types, agentGroups: groups,
            shrinkage: dice.pick([0, 0, 0.15, 0.3]),
            routing: Routing(
                pickContact: dice.pick([.priorityThenLongestWait, .priorityThenLongestWait, .priorityThenRank]),
                pickAgent: dice.pick([.longestIdle, .longestIdle, .random])),
            rules: Rules(
                waitingAtClose: dice.pick([.serve, .turnAway]), waitingLimit: dice.pick([nil, nil, nil, 0, 3])),
            experiment: ExperimentSettings(replications: 3, seed: seed))
    }

    /// 0 to `count` − 1.
    private mutating func chance(_ count: Int) -> Int { Int(dice.next() % UInt64(count)) }

    // MARK: Days

    private mutating func horizon() -> Horizon {
        let lengths: [Double] = dice.pick([[14_400], [14_400], [10_800, 14_400], [14_400, 10_800, 14_400]])
        let step = dice.pick([900.0, 1800, 3600])
        var days: [Horizon.Day] = []
        var periods: [Horizon.Period] = []
        var start = 0.0
        for (d, length) in lengths.enumerated() {
            days.append(Horizon.Day(date: "2026-03-0\(d + 1)", weekday: d, start: start, end: start + length))
            for p in 0..<Int(length / step) {
                let from = start + Double(p) * step
                periods.append(
                    Horizon.Period(
                        day: d, start: from, end: from + step, clockStart: from, clockEnd: from + step))
            }
            start += length
        }
        return Horizon(timeZone: "UTC", days: days, periods: periods)
    }

    // MARK: Contacts

    private mutating func type(_ t: Int, _ horizon: Horizon) -> ContactType {
        let cut = dice.pick([0.0, 0, 1200])
        // Some close in the middle of a period, with contacts still to come; some make a pause.
        let open = horizon.days.flatMap { day -> [TimeSpan] in
            let end = dice.pick([day.end, day.end, day.end - 2700])
            guard dice.pick([true, true, true, false]) else {
                return [TimeSpan(day.start + cut, day.start + 5400), TimeSpan(day.start + 7200, end)]
            }
            return [TimeSpan(day.start + cut, end)]
        }
        let busy = dice.logUniform(0.5, 12)
        var arrivals: [ArrivalTimeSpan] = []
        for period in horizon.periods {
            let volume = busy * (period.end - period.start) / 1800 * dice.uniform(0, 2)
            let factor = isOnGrid ? 1 : dice.pick([1.0, 1, 1, 1.25])
            if isOnGrid {
                let steps = Int((period.end - period.start) / 30)
                for instant in (0..<Int(volume)).map({ _ in period.start + 30 * Double(chance(steps)) }).sorted() {
                    arrivals.append(ArrivalTimeSpan(TimeSpan(instant, instant), contacts: 1))
                }
            } else if chance(8) > 0 {
                arrivals.append(
                    ArrivalTimeSpan(TimeSpan(period.start, period.end), contacts: volume, handlingFactor: factor))
            }
        }
        // What happened, counted by interval, is beyond the naive twin.
        let counted = !isOnGrid && chance(10) == 0
        return ContactType(
            id: "type\(t)", priority: 1 + chance(3),
            languages: dice.pick([
                [], [], [LanguageShare("en", 0.7), LanguageShare("es", 0.3)], [LanguageShare("es", 1)],
            ]), open: open, arrivals: arrivals, volumes: isOnGrid || counted ? .actual : .expected,
            dayToDay: isOnGrid || counted ? 0 : dice.pick([0, 0, 0.2]), talk: duration(dice.uniform(60, 500)),
            hold: isOnGrid ? nil : maybe(30), wrapUp: isOnGrid ? nil : maybe(60),
            patience: dice.pick([true, true, false]) ? duration(dice.logUniform(10, 600)) : nil,
            redial: dice.pick([true, false, false]) ? redial() : nil,
            target: ServiceTarget(share: 0.8, within: dice.pick([20, 30, 60])))
    }

    private mutating func redial() -> Redial {
        var redial = Redial(share: dice.pick([0.5, 1]), delay: duration(400), atMost: 1 + chance(3))
        redial.laterShares = dice.pick([[], [0.3], [0.9, 0.2]])
        return redial
    }

    private mutating func maybe(_ mean: Double) -> Distribution? { chance(2) == 0 ? nil : duration(mean) }

    private mutating func duration(_ mean: Double) -> Distribution {
        if isOnGrid { return .fixed(Fixed((mean / 60).rounded(.up) * 60)) }
        switch chance(8) {
        case 0: return .fixed(Fixed(mean))
        case 1, 2: return .exponential(Exponential(mean: mean))
        case 3: return .lognormal(Lognormal(mean: mean, spread: 0.9))
        case 4: return .weibull(Weibull(mean: mean, spread: 1.3))
        case 5: return .gamma(Gamma(mean: mean, spread: 0.6))
        case 6: return .uniform(Uniform(mean / 2, 3 * mean / 2))
        default:
            return .hyperexponential(
                Hyperexponential([
                    .init(share: 0.1, mean: 0), .init(share: 0.5, mean: mean), .init(share: 0.4, mean: 1.25 * mean),
                ]))
        }
    }

    // MARK: People

    private mutating func group(_ g: Int, _ typeCount: Int, _ horizon: Horizon) -> AgentGroup {
        let skills = (0..<typeCount).compactMap { t -> Skill? in
            chance(3) == 0 ? nil : Skill(t, rank: 1 + chance(3), handlingFactor: dice.pick([1, 1, 1.1, 0.75]))
        }
        return AgentGroup(
            id: "group\(g)", languages: dice.pick([["en", "es"], ["en"], []]), skills: skills,
            staffing: chance(2) == 0 ? curve(horizon) : shifts(horizon))
    }

    private mutating func curve(_ horizon: Horizon) -> Staffing {
        var portions: [StaffingTimeSpan] = []
        for period in horizon.periods where chance(6) > 0 {
            let agents = dice.pick([1, 2, 3, dice.uniform(0, 5)])
            portions.append(StaffingTimeSpan(TimeSpan(period.start, period.end), agents: agents))
        }
        return .curve(portions)
    }

    private mutating func shifts(_ horizon: Horizon) -> Staffing {
        var blocks: [ShiftBlock] = []
        for (d, day) in horizon.days.enumerated() {
            for _ in 0..<(1 + chance(2)) {
                let start = day.start + 900 * Double(chance(5))
                let timeSpan = TimeSpan(start, min(start + 7200 + 900 * Double(chance(5)), day.end))
                let hasLunch = chance(2) == 0
                blocks.append(
                    ShiftBlock(
                        shift: "shift", day: d, timeSpan: timeSpan, people: 1 + chance(4),
                        lunch: hasLunch
                            ? Lunch(length: 1800, window: TimeSpan(timeSpan.start + 1800, timeSpan.end - 1200)) : nil,
                        breaks: dice.pick([[], [600], [300, 600]])))
            }
        }
        return .shifts(blocks)
    }
}
