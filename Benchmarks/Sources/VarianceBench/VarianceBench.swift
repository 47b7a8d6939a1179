import Center
import Experiments
import Foundation
import Queueing
import ScenarioReading
import Simulator

/// What each way of reducing variance is worth: half-widths at equal runs, CPU time, and the factor by which the CPU time
/// to one half-width falls.
///
///     VarianceBench SCENARIO... [--runs 640] [--seed 1]
///
/// For each contact type with a target: the half-width of its service level, and how many times less CPU time than plain
/// runs it takes to any given half-width, (half-width plain ÷ half-width)² × CPU plain ÷ CPU. The last column is the CPU
/// time to a half-width of 1 point at the widest of the watched types.
@main
enum VarianceBench {
    static func main() throws {
        var paths: [String] = []
        var options: [String: Double] = [:]
        var words = CommandLine.arguments.dropFirst().makeIterator()
        while let word = words.next() {
            if word.hasPrefix("--") { options[word] = words.next().flatMap(Double.init) } else { paths.append(word) }
        }
        let runs = Int(options["--runs"] ?? 640)
        let seed = UInt64(options["--seed"] ?? 1)
        let ways: [VarianceReduction] = [
            .none, .auto, VarianceReduction([.stratified]), VarianceReduction([.quasiRandom]),
            VarianceReduction([.antithetic]), VarianceReduction([.controlVariates, .stratified]),
            VarianceReduction([.controlVariates, .quasiRandom]), VarianceReduction([.controlVariates, .antithetic]),
        ]
        for path in paths {
            guard var scenario = ScenarioFile.read(path: path).scenario else {
                FileHandle.standardError.write(Data("\(path) cannot be read\n".utf8))
                exit(1)
            }
            print("\(scenario.name), \(runs) runs, seed \(seed)")
            scenario.experiment.replications = runs
            scenario.experiment.seed = seed
            let watched = scenario.contactTypes.indices.filter { scenario.contactTypes[$0].target != nil }
            var plain: [Double] = []
            var plainCPU = 0.0
            for way in ways {
                scenario.experiment.varianceReduction = way
                let (results, cpu) = try play(scenario)
                let halves = watched.map {
                    100 * (results.types[$0].serviceLevel.estimate(confidence: 0.95)?.halfWidth ?? .infinity)
                }
                if plain.isEmpty { (plain, plainCPU) = (halves, cpu) }
                var line = way.text.padding(toLength: 36, withPad: " ", startingAt: 0)
                for (i, half) in halves.enumerated() {
                    let factor = plain[i] * plain[i] / (half * half) * plainCPU / cpu
                    line += String(format: "  ±%.3f ×%5.2f", half, factor)
                }
                let widest = halves.max() ?? 0
                line += String(
                    format: "  %6.3f ms a run, to 1 point %.1f ms", 1000 * cpu / Double(runs),
                    1000 * cpu * widest * widest)
                print(line)
            }
            print("columns:", watched.map { scenario.contactTypes[$0].id }.joined(separator: ", "))
        }
    }

    /// The least CPU time of three plays on one thread.
    private static func play(_ scenario: Scenario) throws -> (Results, Double) {
        var least = Double.infinity
        var results: Results?
        for _ in 0..<3 {
            let start = cpuSeconds()
            results = try Experiment(scenario, threads: 1).run()
            least = min(least, cpuSeconds() - start)
        }
        return (results!, least)
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(0, &usage)
        func seconds(_ t: timeval) -> Double { Double(t.tv_sec) + Double(t.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
