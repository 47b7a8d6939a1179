import CStaffing
@preconcurrency import Foundation
import Queueing

/// CPU time of the exact mathematics: 100,000 staffing questions (W4) beside a plain C program and pyworkforce, a week
/// of requirements, and exact days.
///
/// Rivals take turns with ours in the same run, and medians of the rounds' ratios are printed: those survive a machine
/// that others slow down. `QueueingBench large` adds the days of 500 agents; `QueueingBench count MODEL N` answers N
/// questions and nothing else, for a count of instructions. Exit 1 when an answer is wrong or a limit is missed.
@main
enum QueueingBench {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "count", arguments.count == 3, let count = Int(arguments[2]) {
            return print(sum(Question.random(count), arguments[1] == "erlang-a" ? 120 : .infinity))
        }
        // Lines as they come, also into a file.
        setvbuf(stdout, nil, _IOLBF, 0)
        var good = staffing()
        good = week() && good
        good = day(100, limit: 1) && good
        if arguments.contains("large") { good = day(500, limit: .infinity) && good }
        exit(good ? 0 : 1)
    }

    static func sum(_ questions: [Question], _ patience: Double) -> Int {
        questions.reduce(0) { $0 + $1.agents(patience: patience) }
    }

    static func staffing() -> Bool {
        let questions = Question.random(100_000)
        var reference: [Double] = []
        var patient: [Double] = []
        var impatient: [Double] = []
        var sums: Set<[Int]> = []
        for _ in 0..<7 {
            let (c, plain) = timed {
                questions.reduce(0) { $0 + Int(least_agents_erlang_c($1.load, $1.handling, 20, 0.8)) }
            }
            let (ours, erlangC) = timed { sum(questions, .infinity) }
            let (theirs, erlangA) = timed { sum(questions, 120) }
            reference.append(c * 1e4)
            patient.append(ours * 1e4)
            impatient.append(theirs * 1e4)
            sums.insert([plain, erlangC, erlangA])
        }
        let ratio = median(zip(patient, reference).map { $0 / $1 })
        let perSecond = 1e9 / median(impatient)
        let isRight = sums == [[59_220_787, 59_220_787, 52_419_944]]
        print("100,000 questions, loads 1 to 5,000, 80 % in 20 s; medians of 7 rounds, ns of CPU an answer")
        print(line("Erlang C, plain C program", median(reference)))
        print(line("Erlang C", median(patient), format("%.2f x the C program", ratio), "at most 3", ratio <= 3))
        print(
            line(
                "Erlang A, patience 2 min", median(impatient), format("%.0f a second", perSecond),
                "at least 200,000", perSecond >= 200_000))
        print("    sums \(sums.first ?? []) \(isRight ? "as they must be" : "WRONG")")
        return rival(Array(questions.prefix(1000))) && isRight && ratio <= 3 && perSecond >= 200_000
    }

    /// The first thousand, again by ours right before and after.
    static func rival(_ questions: [Question]) -> Bool {
        func ours() -> Double {
            timed { (0..<20).reduce(0) { sum, _ in sum + self.sum(questions, .infinity) } }.seconds / 20
        }
        let before = ours()
        guard let theirs = Rival.answer(questions) else { return true }
        let seconds = (before + ours()) / 2
        let differing = zip(theirs.agents, questions).filter { $0 != $1.agents() }.count
        let ratio = theirs.seconds / seconds
        print(
            line(
                "Erlang C, pyworkforce 0.5.1", theirs.seconds * 1e6, format("%.0f x ours", ratio), "at least 1,000",
                ratio >= 1000)
                + ", \(questions.count) questions, \(differing) answers differ")
        return ratio >= 1000
    }

    static func week() -> Bool {
        var good = true
        for (name, patience) in [("Erlang C", Double.infinity), ("Erlang A", 120)] {
            let times = (0..<7).map { _ in timed { sum(Question.week, patience) }.seconds * 1e3 }
            let found = median(times)
            print(
                format("A week of 15 min, 10 contact types, \(name): %.2f ms", found)
                    + format(" (%.0f ns an answer), limit 20 ms", found * 1e6 / Double(Question.week.count)))
            good = good && found < 20
        }
        return good
    }

    static func day(_ agents: Double, limit: Double) -> Bool {
        var good = true
        for end in VaryingDay.ShiftEnd.allCases {
            let day = twoPeaks(agents, end)
            var level = 0.0
            let times = (0..<(limit < .infinity ? 3 : 1)).map { _ in
                timed {
                    let measures = day.exactMeasures(within: 20)
                    level = zip(measures, day.intervals).reduce(0) {
                        $0 + ($1.0.serviceLevels.ofAllOffered ?? 1) * $1.1.arrivalRate
                    }
                }.seconds
            }
            level /= day.intervals.reduce(0) { $0 + $1.arrivalRate }
            print(
                format("The exact day, 96 intervals, %.0f agents, ", agents) + end.rawValue
                    + format(": %.2f s", median(times)) + (limit < .infinity ? format(", limit %.0f s", limit) : "")
                    + format("; service level %.12f", level))
            good = good && median(times) < limit
        }
        return good
    }

    static func timed<Value>(_ work: () -> Value) -> (seconds: Double, value: Value) {
        let start = processorSeconds()
        let value = work()
        return (processorSeconds() - start, value)
    }

    static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func format(_ text: String, _ values: Double...) -> String { String(format: text, arguments: values) }

    static func line(_ name: String, _ nanoseconds: Double) -> String {
        "    " + name.padding(toLength: 28, withPad: " ", startingAt: 0) + format("%12.0f ns", nanoseconds)
    }

    static func line(_ name: String, _ nanoseconds: Double, _ figure: String, _ limit: String, _ isMet: Bool) -> String
    {
        line(name, nanoseconds) + "  \(figure), must be \(limit): \(isMet ? "ok" : "MISSED")"
    }
}
