import ArgumentParser
import Documents
import Foundation
import Planning
import Queueing
import Reports
import ScenarioReading
import Simulator
import Tabular

/// `switchboard staff SCENARIO|CSV|-`: what every contact type needs in every interval.
struct StaffScenario {
    /// The options that only a scenario or a table of arrivals has.
    struct Options: ParsableArguments {
        @Option(
            name: .customLong("set"), parsing: .unconditionalSingleValue,
            help: ArgumentHelp("change one setting of the scenario", valueName: "PATH=VALUE"))
        var settings: [String] = []

        @Option(
            help: ArgumentHelp(
                "count work in hand from earlier intervals (auto: contacts longer than half an interval)",
                valueName: "auto|always|never"))
        var lag: LagRule?

        @Option(
            name: .shortAndLong,
            help: ArgumentHelp("write the needs of every interval", valueName: "FOLDER|FILE.csv"))
        var out: String?

        @Flag(help: "write over what is there")
        var force = false

        /// The first option given, for a question that has no intervals.
        var given: String? {
            if !settings.isEmpty { return "--set" }
            if lag != nil { return "--lag" }
            if out != nil { return "--out" }
            return force ? "--force" : nil
        }
    }

    let path: String
    /// The texts of the options that the quick question has too.
    let given: [StaffField: String]
    let options: Options
    let output: OutputOptions

    func run(on console: Console) throws {
        let file = try options.out.map(checkedFile)
        let reading = try isTable ? readTable(on: console) : readScenario(on: console)
        guard let scenario = reading.scenario else { return }
        let requirements = try Requirements(
            scenario, model: given[.model].map(model), lag: options.lag ?? .auto, maxOccupancy: question.maxOccupancy)
        if let chance = try question.chance {
            let summary = try days(requirements, chance: chance, on: console)
            if let file { try save(summary.table, to: file) }
            try show(summary, kept: file, on: console)
            if let file { console.note("saved \(file) (\(summary.table.rows.count) rows)") }
            return
        }
        // Saved first: whatever happens to stdout, the work is not lost.
        if let file { try save(requirements.table, to: file) }
        try show(requirements, assumed: reading.assumed, kept: file, on: console)
        if let file { console.note("saved \(file) (\(requirements.table.rows.count) rows)") }
    }

    private var isTable: Bool {
        path == "-" || [".csv", ".tsv", ".txt"].contains { path.lowercased().hasSuffix($0) }
    }

    // MARK: What is asked

    private static let ofScenario: Set<StaffField> = [.model, .maxOccupancy, .chance, .absence]
    private static let ofTable: Set<StaffField> = [
        .model, .maxOccupancy, .aht, .target, .maxAbandonment, .patience, .shrinkage, .chance, .absence,
    ]

    private func readScenario(on console: Console) throws -> ReadScenario {
        try refuse(allBut: Self.ofScenario) { field in
            let setting =
                switch field {
                case .target, .patience, .maxAbandonment: "contact_types.NAME.\(field.rawValue)=..."
                case .shrinkage: "shrinkage=..."
                case .agents: "agents=..."
                case .aht: "contact_types.NAME.talk=..."
                default: ""
                }
            return setting.isEmpty ? "leave out \(field.option)" : "change the scenario with --set \(setting)"
        }
        return try ScenarioArgument.read(path, settings: options.settings, on: console)
    }

    private func readTable(on console: Console) throws -> ReadScenario {
        try refuse(allBut: Self.ofTable) { "leave out \($0.option)" }
        if !options.settings.isEmpty {
            throw Problem(
                .error, "E712", "--set changes a scenario, and \(path) is a table of arrivals",
                hint: "give options such as --aht 6m --target 80%/30s")
        }
        let question = try question
        let isPromised = question.target != nil || question.maxAbandonment != nil || question.maxOccupancy != nil
        let target = isPromised ? question.target : StaffAnswer.assumedTarget
        let reading = ArrivalsFile.read(
            path: path,
            settings: .init(
                handlingTime: given[.aht] == nil ? nil : question.handlingTime, target: target,
                maxAbandonment: question.maxAbandonment, patience: question.patience,
                shrinkage: question.shrinkage?.share ?? 0))
        if !reading.errors.isEmpty { throw Problems(reading.problems) }
        if question.patience == nil, let model = given[.model], try self.model(model).needsPatience {
            throw Failure(
                [
                    Problem(
                        .error, "E712", "--model \(model) needs --patience",
                        hint: "add --patience 3m, the time that callers are willing to wait")
                ], .wrongCommandLine)
        }
        console.report(reading.warnings)
        for input in reading.inputs {
            console.note("read \(input.path): \(input.rows) row\(input.rows == 1 ? "" : "s"), \(input.dialect ?? "")")
        }
        if !isPromised { console.note("note: no --target was given, so 80% in 30s is assumed.") }
        if question.patience == nil {
            console.note("note: no --patience was given, so this is Erlang C, in which nobody hangs up.")
        }
        return reading
    }

    /// The options of the quick question by its own grammar; what a table gives by interval is filled in.
    private var question: StaffQuestion {
        get throws {
            var texts = given
            texts[.model] = nil
            texts[.calls] = "1"
            texts[.per] = "30m"
            if texts[.aht] == nil { texts[.aht] = "1m" }
            // Each contact type has its own target and its own patience.
            if texts[.chance] != nil, texts[.target] == nil,
                texts[.maxOccupancy] != nil || texts[.maxAbandonment] != nil
            {
                texts[.target] = "80%/30s"
            }
            var reading = StaffReading(.options)
            switch reading.read({ texts[$0] }) {
            case .success(let question): return question
            case .failure(let found): throw Failure(found.all, .wrongCommandLine)
            }
        }
    }

    private func refuse(allBut known: Set<StaffField>, hint: (StaffField) -> String) throws {
        let problems = StaffField.allCases.filter { given[$0] != nil && !known.contains($0) }.map { field in
            Problem(.error, "E712", "\(field.option) and \(path) exclude each other", hint: hint(field))
        }
        if !problems.isEmpty { throw Failure(problems, .wrongCommandLine) }
    }

    private static let models: [String: RequirementModel] = [
        "a": .erlangA, "c": .erlangC, "x": .erlangX, "g": .anyPatience,
    ]

    private func model(_ written: String) throws -> RequirementModel {
        let word = written.lowercased()
        if let model = RequirementModel(rawValue: word) ?? Self.models[word] { return model }
        let names = RequirementModel.allCases.map(\.rawValue)
        throw Failure(
            [.unknown(word, among: names, "E210", "--model cannot be \"\(written)\" for intervals")],
            .wrongCommandLine)
    }

    // MARK: Days

    /// Plays each contact type's days: what they need for the chance.
    private func days(_ requirements: Requirements, chance: Double, on console: Console) throws -> DayStaffingSummary {
        let progress = Progress("playing", unit: "days", style: output.progress, console: console)
        let days = requirements.days(chance: chance, absence: try question.absence ?? 0) { done, all in
            progress.update(ProgressReport(done: done, total: all))
        }
        progress.finish()
        return DayStaffingSummary(requirements, days: days, chance: chance)
    }

    // MARK: Showing

    private func show(_ summary: DayStaffingSummary, kept: String?, on console: Console) throws {
        let report = summary.report
        if output.json {
            try console.result(summary.json.text() + "\n", kept: kept)
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(summary.table, as: dialect), kept: kept)
        } else {
            try console.show(report.withoutNotes, kept: kept)
        }
        for note in report.notes { console.note("note: \(note)") }
    }

    private func show(
        _ requirements: Requirements, assumed: [Assumption], kept: String?, on console: Console
    ) throws {
        let summary = RequirementsSummary(requirements)
        let report = summary.report
        if output.json {
            try console.result(summary.json.text() + "\n", kept: kept)
        } else if let dialect = output.csv {
            try console.result(CSV.bytes(requirements.table, as: dialect), kept: kept)
        } else {
            try console.show(report.withoutNotes, kept: kept)
        }
        for note in report.notes { console.note("note: \(note)") }
        let patience = assumed.filter { $0.isWhole && $0.setting.hasSuffix(".patience") }
        if !patience.isEmpty {
            let words = patience.map { "\($0.value) for \($0.setting.split(separator: ".").dropFirst().first ?? "")" }
            console.note("note: patience is assumed: \(words.joined(separator: ", ")).")
        }
    }

    /// Where to save: a file by its ending, else `requirements.csv` in a folder.
    private func checkedFile(_ out: String) throws -> String {
        let isFile = out.lowercased().hasSuffix(".csv")
        let file =
            isFile
            ? out
            : (out.hasSuffix("/") ? out : out + "/") + (given[.chance] == nil ? "requirements.csv" : "chances.csv")
        try WholeFile.check(file, replacing: options.force)
        return file
    }

    /// Whole or not at all; the folder is made where it is missing.
    private func save(_ table: Table, to file: String) throws {
        if let out = options.out, out != file {
            do {
                try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            } catch {
                throw Problem(.error, "E721", "cannot create \(out)", hint: "choose another place for the folder")
            }
        }
        try WholeFile.write(CSV.bytes(table, as: output.csv ?? .plain), to: file, replacing: options.force)
    }
}

extension LagRule: ExpressibleByArgument {}
