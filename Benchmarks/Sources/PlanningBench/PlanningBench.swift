import Center
import Foundation
import Planning
import Probability
import Queueing
import Simulator
import Tabular

/// CPU time for a week of 15-minute requirements of 10 contact types, round the clock: 6,720 questions, by model.
///
/// `plans` are forecasts rounded to tenths, in which questions repeat; `distinct` ones are not rounded, so that nothing is
/// asked twice.
@main
enum PlanningBench {
    static func main() {
        for (name, model) in [
            ("erlang-c", RequirementModel.erlangC), ("erlang-a", .erlangA), ("erlang-x", .erlangX),
            ("m/m/n+g", .anyPatience),
        ] {
            for isRounded in [true, false] {
                let scenario = week(isRounded: isRounded, weibull: model == .anyPatience)
                var times: [Double] = []
                var agents = 0
                for _ in 0..<(model == .anyPatience ? 1 : 5) {
                    let start = cpuSeconds()
                    let rows = Requirements(scenario, model: model).rows
                    times.append(cpuSeconds() - start)
                    agents = rows.reduce(0) { $0 + ($1.need ?? 0) }
                }
                times.sort()
                print(
                    "\(name) \(isRounded ? "plans" : "distinct"): "
                        + String(format: "%.1f ms of CPU (median; ", times[times.count / 2] * 1000)
                        + String(format: "%.1f to %.1f), ", times[0] * 1000, times[times.count - 1] * 1000)
                        + "\(agents) agents in all")
            }
        }
    }

    /// Two peaks a day, other volumes on each weekday and for each type: 1 to 60 contacts in 15 minutes.
    static func week(isRounded: Bool, weibull: Bool) -> Scenario {
        let count = 7 * 96
        let types = (0..<10).map { t -> ContactType in
            let portions = (0..<count).map { i -> ArrivalTimeSpan in
                let hour = Double(i % 96) / 4
                let shape = 0.1 + exp(-pow((hour - 10) / 3, 2)) + 0.7 * exp(-pow((hour - 16) / 2.5, 2))
                var contacts = (4 + 5 * Double(t)) * shape * (1 - 0.08 * Double(i / 96))
                if isRounded { contacts = (contacts * 10).rounded() / 10 }
                return ArrivalTimeSpan(TimeSpan(Double(i) * 900, Double(i + 1) * 900), contacts: contacts)
            }
            return ContactType(
                id: "type\(t)", open: [TimeSpan(0, Double(count) * 900)], arrivals: portions,
                talk: .exponential(Exponential(mean: 200 + 20 * Double(t))),
                patience: weibull ? .weibull(Weibull(mean: 180, spread: 1.3)) : .exponential(Exponential(mean: 180)),
                redial: Redial(share: 0.4, delay: .fixed(Fixed(600))), target: ServiceTarget(share: 0.8, within: 20),
                maxAbandonment: t % 2 == 0 ? 0.05 : nil)
        }
        return Scenario(
            id: "week", name: "Week", horizon: .plain(step: 900, count: count), contactTypes: types, agentGroups: [],
            shrinkage: 0.3)
    }

    static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(0, &usage)
        let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
