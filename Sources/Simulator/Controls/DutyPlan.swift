import Center
import Tabular

/// How many people of a group are on duty at the beginning of each time step, given who is away.
///
/// As planned: breaks that start late, contacts that last beyond a shift, people who are late and time lost in a shift
/// are left out.
struct DutyPlan: Sendable {
    /// The time steps that one person works, or in which a staffing curve keeps its value.
    private enum PlannedTime: Sendable {
        case person(number: Int, path: UInt64, day: Int, timeSteps: Range<Int>)
        case curve(agents: Double, day: Int, timeSteps: Range<Int>)
    }

    private var plannedTimes: [PlannedTime] = []
    private let timeStepCount: Int
    private let absences: Absences
    /// The most who can be on duty at once.
    private(set) var most = 0
    /// How many of them there are, each of one person or of one value of a staffing curve.
    var plannedTimeCount: Int { plannedTimes.count }
    /// Whether it depends on who is away.
    private(set) var varies = false

    init(_ group: AgentGroup, absences: Absences, horizon: Horizon, step: Double, timeStepCount: Int) {
        self.timeStepCount = timeStepCount
        self.absences = absences
        let presence = (1 - absences.evenedOut) * (1 - absences.inShift)
        func timeSteps(_ timeSpan: TimeSpan) -> Range<Int> {
            let start = min(timeStepCount, max(0, Int((timeSpan.start / step).rounded(.up))))
            return start..<max(start, min(timeStepCount, Int((min(timeSpan.end, horizon.length) / step).rounded(.up))))
        }
        switch group.staffing {
        case .asNeeded: break
        case .curve(let portions):
            for portion in portions {
                for (d, day) in horizon.days.enumerated() where day.start < portion.timeSpan.end {
                    let last = d + 1 == horizon.days.count
                    let start = max(portion.timeSpan.start, d == 0 ? 0 : day.start)
                    let end = min(portion.timeSpan.end, last ? horizon.length : horizon.days[d + 1].start)
                    guard start < end else { continue }
                    plannedTimes.append(
                        .curve(agents: portion.agents, day: d, timeSteps: timeSteps(TimeSpan(start, end))))
                    let present = portion.agents * presence
                    varies = varies || present != present.rounded() || absences.unplanned > 0
                }
            }
        case .shifts(let blocks):
            var numbers = DayNumbers(dayCount: horizon.days.count)
            for block in blocks {
                for person in 0..<block.people {
                    let number = numbers.number(person, of: block)
                    let path = UInt64(block.members.isEmpty ? number : block.members[person]) + 1
                    for timeSpan in PersonalDay(block, person: person).onDuty where timeSpan.end > 0 {
                        plannedTimes.append(
                            .person(number: number, path: path, day: block.day, timeSteps: timeSteps(timeSpan)))
                    }
                }
            }
            varies = (absences.evenedOut > 0 || absences.unplanned > 0) && !plannedTimes.isEmpty
        }
        var all = [Int32](repeating: 0, count: timeStepCount + 1)
        all.withUnsafeMutableBufferPointer { timeSteps in
            count(into: timeSteps.baseAddress!, everybody: true) { _ in 0 }
        }
        most = Int(all.max() ?? 0)
    }

    /// Writes people by time step to `counts`, which has one place more than there are steps; `draw` is the uniform of
    /// a day's absences, `staysAway` says who of those not on leave stays away. `surplus` gets, for each planned time,
    /// how many more people are there than expected, of those not on leave; its mean is 0 whatever the draw.
    func count(
        into counts: UnsafeMutablePointer<Int32>, surplus: UnsafeMutablePointer<Double>? = nil, everybody: Bool = false,
        staysAway: (_ day: Int, _ path: UInt64) -> Bool = { _, _ in false }, draw: (_ day: Int) -> Double
    ) {
        counts.update(repeating: 0, count: timeStepCount + 1)
        for (i, plannedTime) in plannedTimes.enumerated() {
            var planned = 0
            var people = 0
            let timeSteps: Range<Int>
            switch plannedTime {
            case .person(let number, let path, let day, let own):
                timeSteps = own
                planned = everybody || absences.isIn(number: number, draw: draw(day)) ? 1 : 0
                people = planned == 1 && (everybody || !staysAway(day, path)) ? 1 : 0
            case .curve(let agents, let day, let own):
                timeSteps = own
                if everybody {
                    people = Int(agents.rounded(.up))
                } else {
                    planned = absences.planned(agents, draw: draw(day))
                    people = absences.present(of: planned) { staysAway(day, $0) }
                }
            }
            counts[timeSteps.lowerBound] += Int32(people)
            counts[timeSteps.upperBound] -= Int32(people)
            surplus?[i] = Double(people) - (1 - absences.unplanned) * Double(planned)
        }
        for j in 0..<timeStepCount { counts[j + 1] += counts[j] }
    }

    /// For each planned time, the sum of what its steps have; `sums` are the running sums over all steps, from 0.
    func totals(_ sums: [Double]) -> [Double] {
        plannedTimes.map { plannedTime in
            switch plannedTime {
            case .person(_, _, _, let timeSteps), .curve(_, _, let timeSteps):
                sums[timeSteps.upperBound] - sums[timeSteps.lowerBound]
            }
        }
    }
}
