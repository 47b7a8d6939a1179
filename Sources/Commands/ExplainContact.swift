import Center
import Experiments
import Foundation
import Planning
import Reports
import ScenarioReading
import Simulator
import Studies
import Tabular

/// `explain contact ID [RUN]`: finds the run, plays the one replication again and tells the contact's story.
///
/// Nothing needs to have been kept: scenario, seed and replication lead to the same bits, so a run without a trace will do.
struct ExplainContact {
    let id: String
    /// The run's folder, where one is named.
    let path: String?
    /// From 1.
    let run: Int

    /// Nil when the words ask for something else: `contact type` is a term.
    init?(_ words: [String], run: Int?) {
        guard words.first == "contact", (2...3).contains(words.count),
            Glossary.page(words.joined(separator: " ")) == nil
        else { return nil }
        id = words[1]
        path = words.count == 3 ? words[2] : nil
        self.run = run ?? 1
    }

    func story(on console: Console) throws -> ContactStoryText {
        guard let reference = ContactNames.Reference(id) else {
            throw Problem(
                .error, "E715", "\"\(id)\" is not the name of a contact",
                expected: "contact type and number, such as billing-000123, or billing-000123.2 for a second call",
                hint: "the column contact_id of contacts.csv.gz has the names; simulate --trace writes it")
        }
        let folder = try path.map { RunFolder(path: $0) } ?? newest()
        if path == nil { console.note("note: from \(folder.path), the newest run here") }
        let (scenario, record) = try scenario(of: folder, on: console)
        if scenario.experiment.longRun != nil {
            throw Problem(
                .error, "E715", "\(folder.path) is one long run, whose contacts are not told one by one",
                hint: "simulate it with --set experiment.mode=runs, and without \"length\" and \"warm_up\"")
        }
        guard (1...record.runsDone).contains(run) else {
            throw Problem(
                .error, "E708", "--run cannot be \"\(run)\"",
                expected: "1 to \(record.runsDone), the runs of \(folder.path)")
        }
        guard let type = scenario.contactTypes.firstIndex(where: { $0.id == reference.typeName }) else {
            throw Problem.unknown(
                reference.typeName, among: scenario.contactTypes.map(\.id), "E715",
                "\"\(reference.typeName)\" is no contact type of \(folder.path)")
        }
        let replay = Replay(scenario, replication: run - 1)
        guard
            let place = replay.place(
                type: type, path: reference.path, number: reference.number, attempt: reference.attempt)
        else {
            throw missing(reference, type, in: replay)
        }
        return ContactStoryText(replay, place: place, run: run)
    }

    private func missing(_ reference: ContactNames.Reference, _ type: Int, in replay: Replay) -> Problem {
        let calls = replay.entries.filter { $0.origin == type && $0.number == reference.number }
        let name = replay.names.contact(type: type, number: reference.number, attempt: reference.attempt)
        if let last = calls.last {
            return Problem(
                .error, "E715", "run \(run) has no \(name)",
                hint: "the last of this caller's contacts is \(replay.names.contact(last))")
        }
        let numbers = replay.entries.filter { $0.origin == type }.map(\.number)
        guard let least = numbers.min(), let most = numbers.max() else {
            return Problem(
                .error, "E715", "run \(run) has no contact of type \(replay.scenario.contactTypes[type].id)",
                hint: "ask for another with --run N")
        }
        let (first, last) = (
            replay.names.contact(type: type, number: least, attempt: 0),
            replay.names.contact(type: type, number: most, attempt: 0)
        )
        return Problem(.error, "E715", "run \(run) has no \(name)", expected: "\(first) to \(last)")
    }

    // MARK: The run

    /// `switchboard 0.1.0 with other numbers (revision 1, and this is 2)`; nil where it was this program.
    private static func otherProgram(_ record: RunFolder.Record) -> String? {
        let (version, numbers) = (record.program.version, record.program.numbers ?? 0)
        if version != Program.version { return "switchboard \(version), and this is \(Program.version)" }
        guard numbers != RunManifest.Program.currentNumbers else { return nil }
        return
            "switchboard \(version) with other numbers (revision \(numbers), and this is \(RunManifest.Program.currentNumbers))"
    }

    /// The newest simulated run under `output`; one with a trace before those without.
    private func newest() throws -> RunFolder {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "output")) ?? []
        let runs = names.filter { !$0.hasPrefix(".") }.compactMap { name -> (RunFolder, RunFolder.Record)? in
            let folder = RunFolder(path: "output/" + name)
            return folder.record.map { (folder, $0) }
        }.filter { $0.1.isSimulation && $0.1.runsDone > 0 }
        let newest = runs.max { a, b in
            (a.1.hasTrace ? 1 : 0, a.1.finishedAt, a.0.path) < (b.1.hasTrace ? 1 : 0, b.1.finishedAt, b.0.path)
        }
        guard let newest else {
            throw Problem(
                .error, "E711", "no run is saved under output",
                hint: "name a run's folder: switchboard explain contact \(id) RUN")
        }
        return newest.0
    }

    /// What the run simulated, from its own folder, which must be as the run wrote it.
    private func scenario(
        of folder: RunFolder, on console: Console
    ) throws -> (scenario: Scenario, record: RunFolder.Record) {
        let damage = folder.verify { $0 == "scenario.yaml" }
        let errors = damage.filter { $0.severity == .error }
        if !errors.isEmpty { throw Problems(errors) }
        console.report(damage)
        if folder.text(SimulationStudy.stateName) != nil {
            throw Problem(
                .error, "E715", "\(folder.path) begins in the middle of a day, whose contacts are not told one by one",
                hint: "simulate the scenario without --from-now")
        }
        guard let record = folder.record, record.runsDone > 0 else {
            throw Problem(.error, "E191", "\(folder.path) holds no replication")
        }
        if let writer = Self.otherProgram(record) {
            console.note("note: \(folder.path) was written by \(writer): the story may be another")
        }
        let reading = ScenarioFile.read(path: folder.path + "/scenario.yaml", overrides: [])
        if reading.problems.contains(where: { $0.severity == .error }) { throw Problems(reading.problems) }
        guard var scenario = reading.scenario else { throw Problems(reading.problems) }
        scenario = NeededStaffing(scenario).scenario
        scenario.experiment.seed = record.seedValue
        return (scenario, record)
    }
}
