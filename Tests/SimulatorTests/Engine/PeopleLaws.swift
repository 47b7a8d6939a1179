import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// What must hold of people who are away, late, or lose time, whatever the draws.
@Suite("Laws of people's time")
struct PeopleLaws {
    private static let shift = TimeSpan(0, 30600)
    private static let pauses = [
        Pause(TimeSpan(7200, 8100), isPaid: true), Pause(TimeSpan(14400, 16200), isPaid: false),
        Pause(TimeSpan(23400, 24300), isPaid: true),
    ]
    private static var day: Double { 30600 - 3600 }

    private static func group(_ people: Int, _ pauses: [Pause] = pauses, days: Int = 1) -> AgentGroup {
        AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .shifts(
                (0..<days).map { day in
                    let start = Double(day) * 86400
                    let moved = pauses.map {
                        Pause(TimeSpan($0.timeSpan.start + start, $0.timeSpan.end + start), isPaid: $0.isPaid)
                    }
                    return ShiftBlock(
                        shift: "", day: day, timeSpan: TimeSpan(start, start + 30600), people: people, pauses: moved)
                }))
    }

    /// Present seconds by replication of a day without contacts.
    private func present(_ group: AgentGroup, _ absences: Absences, runs: Int) -> [Double] {
        var day = SmallDay(
            [SmallDay.type(at: [], talk: 60, open: TimeSpan(0, 30600))], [group], step: 30600, periods: 1)
        day.scenario.absences = absences
        var play = Replication(Blueprint(day.scenario), seed: 11)
        return (0..<runs).map { number in
            play.play(number)
            return play.seen.groups[Observations.Group.present.rawValue]
        }
    }

    @Test("capacity is, on average, the product of what each kind of shrinkage leaves")
    func product() {
        let absences = Absences(evenedOut: 0.1, unplanned: 0.2, inShift: 0.05)
        #expect(abs(absences.share - 0.316) < 1e-12)
        let seconds = present(Self.group(12), absences, runs: 500)
        let mean = seconds.reduce(0, +) / 500
        let expected = 12 * Self.day * 0.9 * 0.8 * 0.95
        // Binomial: standard deviation of a run about sqrt(10.8 x 0.2 x 0.8) of 12 people, 1.3 shifts.
        #expect(abs(mean - expected) < 4 * 1.35 * Self.day / 500.0.squareRoot())
        let curve = AgentGroup(
            id: "agents", skills: [Skill(0)], staffing: .curve([StaffingTimeSpan(TimeSpan(0, 30600), agents: 12.4)]))
        let slots = present(curve, absences, runs: 500).reduce(0, +) / 500
        #expect(abs(slots - 12.4 * 30600 * 0.9 * 0.8 * 0.95) < 4 * 1.35 * 30600 / 500.0.squareRoot())
    }

    @Test("unplanned absence is each person's own: a team of 12 has 0, 1, 2 away as the binomial says")
    func binomial() {
        let seconds = present(Self.group(12), Absences(unplanned: 0.08), runs: 1200)
        var counts = [Double](repeating: 0, count: 13)
        for run in seconds { counts[12 - Int((run / Self.day).rounded())] += 1 }
        var chance = 0.36766638  // 0.92^12
        for away in 0...3 {
            let share = counts[away] / 1200
            #expect(abs(share - chance) < 4 * (chance * (1 - chance) / 1200).squareRoot(), "\(away): \(share)")
            chance *= Double(12 - away) / Double(away + 1) * 0.08 / 0.92
        }
    }

    @Test("leave that evens out leaves whole heads, as ever")
    func evenedOut() {
        for seconds in present(Self.group(10), Absences(evenedOut: 0.15), runs: 50) {
            #expect([8, 9].contains((seconds / Self.day).rounded()))
        }
    }

    @Test("time lost in a shift is exactly its share, never in a break, and every moment is as likely to be lost")
    func inShift() {
        var covered = [Int](repeating: 0, count: 102)
        let count = 100
        for i in 0..<count {
            let drawn = DrawnDay(Self.shift, Self.pauses, Timekeeping(), inShift: 0.1) { _, _ in
                (Double(i) + 0.5) / Double(count)
            }
            let away = drawn.pauses.reduce(0) { $0 + $1.timeSpan.length }
            #expect(abs(away - 3600 - 0.1 * Self.day) < 1e-6)
            for (a, b) in zip(drawn.pauses, drawn.pauses.dropFirst()) { #expect(a.timeSpan.end < b.timeSpan.start) }
            for cell in covered.indices {
                let time = Double(cell) * 300 + 150
                if drawn.pauses.contains(where: { $0.timeSpan.start <= time && time < $0.timeSpan.end }) {
                    covered[cell] += 1
                }
            }
        }
        for (cell, times) in covered.enumerated() {
            let time = Double(cell) * 300 + 150
            let isPlanned = Self.pauses.contains { $0.timeSpan.start <= time && time < $0.timeSpan.end }
            // Two pieces a day on a grid of places: up to one grid point for each end.
            #expect(isPlanned ? times == count : abs(times - count / 10) <= 4, "\(cell): \(times)")
        }
    }

    @Test("adherence is the share of the shift in which the state is the planned one")
    func adherence() {
        for adherence in [0.98, 0.94, 0.86] {
            let times = [0, 7200, 8100, 14400, 16200, 23400, 24300, 30600.0]
            let strays = DrawnDay.strays(times, adherence: adherence)
            #expect(abs(strays.reduce(0, +) / 2 - (1 - adherence) * 30600) < 1e-6)
            #expect(strays[1] <= 450 && strays[3] <= 900)
            var wrong = 0.0
            let count = 400
            for i in 0..<count {
                var dice = Dice(seed: UInt64(i))
                let drawn = DrawnDay(Self.shift, Self.pauses, Timekeeping(adherence: adherence), inShift: 0) { _, _ in
                    dice.uniform(0, 1)
                }
                let shift = drawn.shift ?? TimeSpan(0, 0)
                #expect(shift.start >= 0 && shift.end <= 30600)
                wrong += shift.start + 30600 - shift.end
                for (mine, planned) in zip(drawn.pauses, Self.pauses) {
                    wrong +=
                        abs(mine.timeSpan.start - planned.timeSpan.start)
                        + abs(mine.timeSpan.end - planned.timeSpan.end)
                }
            }
            let share = wrong / Double(count) / 30600
            #expect(abs(share - (1 - adherence)) < 0.08 * (1 - adherence), "\(share)")
        }
        // Half the gaps to the nearer neighbour: 3600, 450, 450, 900, 900, 450, 450 and 3150, each half on average.
        #expect(abs(DrawnDay.leastAdherence(Self.shift, Self.pauses) - (1 - 10350 / 2 / 30600)) < 1e-9)
    }

    @Test("what lateness costs on average is what planning takes off")
    func lateness() {
        var group = Self.group(20)
        group.timekeeping = Timekeeping(
            late: Timekeeping.Stray(share: 0.3, by: .exponential(Exponential(mean: 900))),
            leavesEarly: Timekeeping.Stray(share: 0.2, by: .fixed(Fixed(600))), adherence: 0.95)
        let seconds = present(group, Absences(inShift: 0.04), runs: 150)
        let mean = seconds.reduce(0, +) / 150
        var day = SmallDay([SmallDay.type(at: [], talk: 60)], [group])
        day.scenario.absences = Absences(inShift: 0.04)
        let planned = 20 * Self.day * day.scenario.kept(ofGroup: 0) * 0.96
        #expect(abs(mean / planned - 1) < 0.01, "\(mean / planned)")
        #expect(day.scenario.kept(ofGroup: 0) < 0.985)
    }

    @Test("the draws of a person are nobody else's: one more in the group changes nothing for the rest")
    func ownDraws() {
        let absences = Absences(unplanned: 0.3, inShift: 0.1)
        func times(_ people: Int) -> [Blueprint.Appointment] {
            var day = SmallDay([SmallDay.type(at: [], talk: 60)], [Self.group(people, days: 2)])
            day.scenario.horizon = .plain(step: 3600, count: 48)
            day.scenario.horizon.days = [
                Horizon.Day(date: "2026-01-05", weekday: 0, start: 0, end: 86400),
                Horizon.Day(date: "2026-01-06", weekday: 1, start: 86400, end: 172_800),
            ]
            day.scenario.absences = absences
            return Blueprint(day.scenario).drawnAppointments(RandomAddress(seed: 5, replication: 2))
        }
        let few = times(3)
        let more = times(4)
        // The first three of the first day come first in both.
        let first = { (all: [Blueprint.Appointment]) in
            all.filter { $0.subject < 3 }.map { "\($0.kind) \($0.time) \($0.amount)" }
        }
        #expect(first(few) == first(more))
        #expect(few.count > 20)
    }
}
