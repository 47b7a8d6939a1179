import Center
import Documents
import Experiments
import Planning
import Probability
import Queueing
import Simulator
import Tabular

/// What `simulate` prints: the question answered on one screen.
public struct SimulationSummary {
    let results: Results
    let requirements: Requirements?
    var scenario: Scenario { results.scenario }

    /// `requirements` of the results' scenario, where they are known already; else they are worked out when asked for.
    public init(_ results: Results, requirements: Requirements? = nil) {
        self.results = results
        self.requirements = requirements
    }

    /// The report: a headline, what is promised and kept, and what else there is to say.
    public var report: Report {
        var promises = ShownTable(PromiseTable(results).table, footnote: footnote)
        promises.namesWhatIsHidden = true
        return [.words([headline]), .table(promises), .words(closing)]
    }

    /// Which promises are missed by their value, as `--fail-if-missed` goes by; nil where none is.
    public static func missed(_ results: Results) -> String? { PromiseTable.missed(results) }

    var headline: String {
        let runs = results.replications
        var text = scenario.shownName
        if let timeSpan = PlainDates.timeSpan(scenario.horizon) { text += ", \(timeSpan)" }
        let confidence = PlainNumbers.percent(results.confidence, digits: 0)
        if let day = scenario.runningDay { text = beginning(day) }
        if let run = results.longRun { return text + ". " + longRunWords(run, confidence) }
        text += ". \(PlainNumbers.grouped(Double(runs))) run\(runs == 1 ? "" : "s"), \(confidence) intervals"
        return text + (results.stopReason == .maximum ? ", precision not reached." : ".")
    }

    /// `Riverbend. From Tue 3 Mar 2026 10:30 to 24:00, with 15 waiting and 8 in service`.
    private func beginning(_ day: RunningDay) -> String {
        let date =
            scenario.horizon.days.first.flatMap { CivilDate(iso: $0.date) }.map { PlainDates.day($0) + " " } ?? ""
        return
            "\(scenario.shownName). From \(date)\(day.clocks.from) to \(day.clocks.to), with \(day.waitingCount) waiting and "
            + "\(day.inService.count) in service"
    }

    /// `One run of 200 days, the first 5 left out, 95% intervals from 30 batches.`
    private func longRunWords(_ run: LongRunOutcome, _ confidence: String) -> String {
        let length = run.leftOut + run.counted
        var text = "One run of \(PlainNumbers.grouped(Double(length))) \(repeats)"
        if run.leftOut > 0 { text += ", the first \(PlainNumbers.grouped(Double(run.leftOut))) left out" }
        text += ", \(confidence) intervals from \(run.batchCount) batches."
        switch run.failure {
        case .unsettled: text += " NOT SETTLED."
        case .correlated: text += " Batches hang together: the intervals are too narrow."
        case nil: break
        }
        return text
    }

    /// What the horizon is one of.
    var repeats: String {
        switch scenario.horizon.days.count {
        case 1: scenario.runningDay == nil ? "days" : "runs"
        case 7: "weeks"
        default: results.longRun == nil ? "runs" : "periods"
        }
    }
}
