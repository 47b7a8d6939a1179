import ArgumentParser
import Documents
import Queueing
import Reports
import Simulator
import Tabular

/// How many people for one time span, by exact formulas.
struct Staff: Command {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "How many people: the exact answer for one stretch of time, or for each row of a table.",
        usage: "switchboard staff --calls N --per D --aht D [options]",
        discussion: """
            switchboard staff --calls 22 --per 30m --aht 6m --target 80%/30s
            switchboard staff --calls 22 --per 30m --aht 6m --target 80%/30s --patience 3m --shrinkage 30%
            switchboard staff --calls 22 --per 30m --aht 6m --patience 3m --agents 6
            switchboard staff --calls "?" --per 30m --aht 6m --target 80%/30s --agents 7
            switchboard staff --table questions.csv > answers.csv
            """)

    @Argument(
        help: ArgumentHelp(
            "a scenario, or a CSV of arrivals (- for stdin): the needs by interval", valueName: "SCENARIO"))
    var scenario: String?

    @Option(help: ArgumentHelp("how many contacts come", valueName: "N"))
    var calls: String?

    @Option(help: ArgumentHelp("in how much time they come, e.g. 30m", valueName: "D"))
    var per: String?

    @Option(help: ArgumentHelp("talk, hold and after-contact work of one contact, e.g. 6m", valueName: "D"))
    var aht: String?

    @Option(help: ArgumentHelp("people on the phones; leave out to ask how many", valueName: "N"))
    var agents: String?

    @Option(help: ArgumentHelp("the share to answer, and how fast, e.g. 80%/30s", valueName: "P/D"))
    var target: String?

    @Option(
        name: .customLong("max-abandonment"),
        help: ArgumentHelp("the largest share that may hang up, e.g. 5%", valueName: "P"))
    var maxAbandonment: String?

    @Option(
        name: .customLong("max-occupancy"),
        help: ArgumentHelp("the busiest that people may be, e.g. 85%", valueName: "P"))
    var maxOccupancy: String?

    @Option(help: ArgumentHelp("people not available though paid, e.g. 30%", valueName: "P"))
    var shrinkage: String?

    @Option(help: ArgumentHelp("breaks and lunch, on top of shrinkage, e.g. 12%", valueName: "P"))
    var breaks: String?

    @Option(help: ArgumentHelp("a CSV file with one question a row, or - for stdin", valueName: "FILE.csv"))
    var table: String?

    @Flag(help: "split the number into its parts, each with its reason")
    var why = false

    @OptionGroup(title: "Model")
    var model: Model

    @OptionGroup(title: "Good and bad days")
    var days: Days

    @OptionGroup(title: "Output")
    var output: OutputOptions

    @OptionGroup(title: "Intervals")
    var intervals: StaffScenario.Options

    struct Model: ParsableArguments {
        @Option(help: ArgumentHelp("how long callers are willing to wait on average, e.g. 3m", valueName: "D"))
        var patience: String?

        @Option(help: ArgumentHelp("contacts that fit in, served and waiting; more are turned away", valueName: "N"))
        var lines: String?

        @Option(help: ArgumentHelp("the share of those who hang up who call again, e.g. 40%", valueName: "P"))
        var redial: String?

        @Option(help: ArgumentHelp("how much handling times vary: standard deviation / mean", valueName: "N"))
        var spread: String?

        @Option(
            help: ArgumentHelp(
                "what answers (default: by what is known)", valueName: "erlang-a|erlang-c|erlang-b|erlang-x|sim"))
        var model: String?

        @Flag(name: .customLong("all-models"), help: "show what each model says")
        var allModels = false
    }

    struct Days: ParsableArguments {
        @Option(help: ArgumentHelp("how often the target must be met, e.g. 90%", valueName: "P"))
        var chance: String?

        @Option(
            name: .customLong("day-to-day"),
            help: ArgumentHelp("how far volume strays from day to day, e.g. 7%", valueName: "P"))
        var dayToDay: String?

        @Option(help: ArgumentHelp("the chance that a person does not come, e.g. 5%", valueName: "P"))
        var absence: String?
    }

    mutating func run(on console: Console) async throws {
        if let scenario {
            let option = table != nil ? "--table" : why ? "--why" : model.allModels ? "--all-models" : nil
            if let option {
                throw Problem(
                    .error, "E712", "\(option) and \(scenario) exclude each other", hint: "leave out one of the two")
            }
            return try StaffScenario(path: scenario, given: texts(), options: intervals, output: output)
                .run(on: console)
        }
        if let option = intervals.given {
            throw Problem(
                .error, "E712", "\(option) is for a scenario or a table of arrivals, and none is named",
                hint: "switchboard staff clinic.yaml")
        }
        if let table {
            if why || model.allModels {
                let option = why ? "--why" : "--all-models"
                throw Problem(
                    .error, "E712", "\(option) is for one question, and --table has many", hint: "leave out \(option)")
            }
            return try answer(table: table, on: console)
        }
        if let unknown = try StaffUnknown(texts()) {
            let (question, sentence) = try solve(unknown)
            var answer = try answer(question, on: console)
            answer.found = sentence
            return try show(answer, on: console)
        }
        try show(answer(question(texts()), on: console), on: console)
    }

    private func answer(_ question: StaffQuestion, on console: Console) throws -> StaffAnswer {
        let progress = Progress("simulating", unit: "runs", style: output.progress, console: console)
        defer { progress.finish() }
        do {
            return try StaffAnswer(question, allModels: model.allModels) { state in
                progress.update(ProgressReport(state, named: false))
            }
        } catch {
            // The command line is right; what it describes cannot be.
            throw Failure([error], error.code == "E601" ? .wrongInput : .noPlan)
        }
    }

    private func show(_ answer: StaffAnswer, on console: Console) throws {
        let reasons = why ? StaffWhy(answer) : nil
        if why, reasons == nil {
            throw Problem(
                .error, "E712", "--why splits the number that is needed, and --agents gives one",
                hint: "leave out --agents")
        }
        if why, output.csv != nil {
            throw Problem(.error, "E712", "--why has no CSV form", hint: "take --json, or leave out one of the two")
        }
        if output.json {
            try console.result(answer.json(why: reasons).text() + "\n")
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(answer.table, as: dialect))
        } else {
            // Notes are part of this answer: numbers must not go without what was assumed for them.
            let report = console.verbosity == .quiet ? answer.report.withoutNotes : answer.report
            return try console.show(report + (reasons?.report ?? []))
        }
        for note in answer.notes { console.note("note: \(note)") }
    }

    private func texts() -> [StaffField: String] {
        let all: [(StaffField, String?)] = [
            (.calls, calls), (.per, per), (.aht, aht), (.agents, agents), (.patience, model.patience),
            (.lines, model.lines), (.target, target), (.model, model.model), (.shrinkage, shrinkage),
            (.maxAbandonment, maxAbandonment), (.maxOccupancy, maxOccupancy), (.redial, model.redial),
            (.spread, model.spread), (.dayToDay, days.dayToDay), (.chance, days.chance), (.absence, days.absence),
            (.breaks, breaks),
        ]
        return Dictionary(uniqueKeysWithValues: all.compactMap { field, text in text.map { (field, $0) } })
    }

    private func solve(_ unknown: StaffUnknown) throws -> (StaffQuestion, String) {
        let asked = try question(unknown.standIn(texts()))
        do {
            return try unknown.solved(asked)
        } catch {
            throw Failure([error], error.code == "E602" ? .noPlan : .wrongCommandLine)
        }
    }

    private func question(_ texts: [StaffField: String]) throws -> StaffQuestion {
        var reading = StaffReading(.options)
        switch reading.read({ texts[$0] }) {
        case .success(let question): return question
        case .failure(let found): throw Failure(found.all, .wrongCommandLine)
        }
    }

    private func answer(table: String, on console: Console) throws {
        if let field = StaffField.allCases.first(where: { texts()[$0] != nil }) {
            throw Problem(
                .error, "E712", "\(field.option) and --table exclude each other",
                hint: "give \(field.rawValue) as a column of the table")
        }
        let answered = try StaffTable(path: table)
        if answered.answered == 0, !answered.problems.isEmpty { throw Problems(answered.problems) }
        if output.json {
            let answer: [(String, JSON)] = [
                ("schema", .string("switchboard/staff/1")), ("rows", JSON(answered.table)),
            ]
            try console.result(JSON.object(answer).bytes() + Array("\n".utf8))
        } else {
            try console.result(CSV.bytes(answered.table, as: output.csv ?? .plain))
        }
        console.report(answered.warnings)
        guard answered.problems.isEmpty else {
            throw Failure(
                answered.problems, .wrongInput,
                outcome: "\(answered.answered) of \(answered.asked) rows were answered.")
        }
    }
}
