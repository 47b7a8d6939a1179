import CLimit
import Experiments
import Foundation
import Probability
import Queueing
import Simulator

/// CPU time per contact of the engine on the workloads of the field, one queue (W1), a day (W2), many groups (W3), each
/// paired with a run of a C program made for that workload, in turn, so that the ratio outlives the machine's mood.
///
///     EngineBench [W1 W2 W3] [--rounds 7] [--scale 1] [--threads 1] [--engine-only]
///
/// `--engine-only` leaves the C program out, for counting instructions. Each line has the figures that were simulated
/// beside the exact or agreed ones, so that a fast wrong answer is seen. With more than one thread, how much faster
/// they are than one alone is compared with how much faster the C program gets; each plays four times as long and 9
/// rounds unless told otherwise, because the C program is through with a short play before its second thread is up to
/// speed. Exit 1 when a limit is missed.
@main
enum EngineBench {
    static func main() throws {
        var names: [String] = []
        var options: [String: Double] = [:]
        var isEngineOnly = false
        var words = CommandLine.arguments.dropFirst().makeIterator()
        while let word = words.next() {
            if word == "--engine-only" {
                isEngineOnly = true
            } else if word.hasPrefix("--") {
                options[word] = words.next().flatMap(Double.init)
            } else {
                names.append(word)
            }
        }
        let threads = Int(options["--threads"] ?? 1)
        let rounds = Int(options["--rounds"] ?? (threads > 1 ? 9 : 7))
        let scale = options["--scale"] ?? (threads > 1 ? 4 : 1)
        var isGood = true
        for workload in Workload.all(scale: scale)
        where names.isEmpty || names.contains(workload.name) {
            if isEngineOnly {
                print(workload.name, try engine(workload, seed: 1, threads: threads).figures)
            } else if threads > 1 {
                isGood = try compareSpeedUps(workload, rounds: rounds, threads: threads) && isGood
            } else {
                isGood = try compare(workload, rounds: rounds) && isGood
            }
        }
        print(String(format: "peak memory %.1f MiB", Double(usage().ru_maxrss) / 1024))
        exit(isGood ? 0 : 1)
    }

    /// Nanoseconds of CPU per contact, wall seconds, and what was seen.
    struct Run {
        var nanoseconds: Double
        var wall: Double
        var figures: String
    }

    static func compare(_ workload: Workload, rounds: Int) throws -> Bool {
        var engines: [Run] = []
        var limits: [Run] = []
        for round in 0..<rounds {
            engines.append(try engine(workload, seed: UInt64(round + 1), threads: 1))
            limits.append(limit(workload, seed: UInt64(round + 1), threads: 1))
        }
        let ratio = median(zip(engines, limits).map { $0.nanoseconds / $1.nanoseconds })
        let isGood = ratio <= workload.mostRatio
        print(
            String(
                format: "%@  engine %.1f ns  C %.1f ns  ratio %.2f (limit %.1f: %@)", workload.name,
                median(engines.map(\.nanoseconds)), median(limits.map(\.nanoseconds)), ratio, workload.mostRatio,
                isGood ? "ok" : "above"))
        print("    engine     \(engines[0].figures)\n    C          \(limits[0].figures)")
        print("    reference  \(workload.reference)")
        return isGood
    }

    /// The least share of the C program's speed-up that the engine must reach.
    static let leastShare = 0.95

    /// Each thread plays as much as one alone does, so the speed-up is threads × time alone ÷ time together. All four
    /// are timed in turn, for the speed-up of two cores that others use is a matter of the minute.
    static func compareSpeedUps(_ workload: Workload, rounds: Int, threads: Int) throws -> Bool {
        var engines: [Double] = []
        var limits: [Double] = []
        for round in 0..<rounds {
            let seed = UInt64(round + 1)
            let alone = try engine(workload, seed: seed, threads: 1).wall
            let limitAlone = limit(workload, seed: seed, threads: 1).wall
            let together = try engine(workload, seed: seed, threads: threads).wall
            let limitTogether = limit(workload, seed: seed, threads: threads).wall
            engines.append(Double(threads) * alone / together)
            limits.append(Double(threads) * limitAlone / limitTogether)
        }
        let (engine, limit) = (median(engines), median(limits))
        let isGood = engine >= leastShare * limit
        print(
            String(
                format: "%@  %d threads: engine %.2f x one  C %.2f x one  %.0f %% of the C program's (limit %.0f: %@)",
                workload.name, threads, engine, limit, engine / limit * 100, leastShare * 100,
                isGood ? "ok" : "below"))
        return isGood
    }

    static func engine(_ workload: Workload, seed: UInt64, threads: Int) throws -> Run {
        var scenario = workload.scenario
        scenario.experiment.seed = seed
        // Each thread plays as much as one alone would.
        scenario.experiment.replications = (scenario.experiment.replications ?? 1) * threads
        let (cpu, wall) = (cpuSeconds(), wallSeconds())
        let results = try Experiment(scenario, threads: threads).run()
        let taken = cpuSeconds() - cpu
        let value = { (estimate: Estimate?) in estimate?.value ?? .nan }
        return Run(
            nanoseconds: taken / results.all.sum.offered * 1e9, wall: wallSeconds() - wall,
            figures: text(
                value(results.all.tally(.abandonment).estimate(confidence: 0.95)),
                value(results.all.serviceLevel.estimate(confidence: 0.95)),
                value(results.all.tally(.asa).estimate(confidence: 0.95))))
    }

    static func limit(_ workload: Workload, seed: UInt64, threads: Int) -> Run {
        let (cpu, wall) = (cpuSeconds(), wallSeconds())
        let run = workload.limit
        nonisolated(unsafe) let figures = UnsafeMutablePointer<limit_figures>.allocate(capacity: threads)
        nonisolated(unsafe) let body = { (i: Int) in figures[i] = run(seed + UInt64(i) * 1000) }
        if threads == 1 { body(0) } else { DispatchQueue.concurrentPerform(iterations: threads) { body($0) } }
        defer { figures.deallocate() }
        let contacts = (0..<threads).reduce(0) { $0 + figures[$1].contacts }
        return Run(
            nanoseconds: (cpuSeconds() - cpu) / contacts * 1e9, wall: wallSeconds() - wall,
            figures: text(figures[0].abandoned, figures[0].in_time, figures[0].asa))
    }

    static func text(_ abandoned: Double, _ inTime: Double, _ asa: Double) -> String {
        String(format: "abandoned %.5f  in time %.5f  ASA %.4f", abandoned, inTime, asa)
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func usage() -> rusage {
        var usage = rusage()
        getrusage(0, &usage)
        return usage
    }

    static func cpuSeconds() -> Double {
        let usage = usage()
        let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static func wallSeconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
