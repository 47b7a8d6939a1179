import ArgumentParser
import Documents
import Reports
import Simulator
import Tabular

/// The glossary: what a word, a setting, a column, an option or a code means.
struct Explain: Command {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What does a word mean, and why did a contact wait? Offline.",
        usage: "switchboard explain [TERM|SETTING|CODE|contact ID [RUN]] [options]",
        discussion: """
            switchboard explain
            switchboard explain shrinkage
            switchboard explain contact_types.scheduling.talk
            switchboard explain E201
            switchboard explain --patience
            switchboard explain contact billing-000123
            switchboard explain contact billing-000123 output/clinic-simulate-7f3a2c1e --run 7
            """)

    @Argument(
        help: ArgumentHelp(
            "a word, a setting's path, a column, an option or a code; none lists the words; contact, its name and "
                + "the run's folder (default: the newest here) tell a contact's story",
            valueName: "TERM"))
    var words: [String] = []

    @Option(help: ArgumentHelp("which of the replications of a contact's run (default 1)", valueName: "N"))
    var run: Int?

    @OptionGroup(title: "Output")
    var output: OutputOptions

    mutating func run(on console: Console) async throws {
        let question = words.joined(separator: " ")
        guard !question.isEmpty else {
            return try console.result(output.json ? Self.list.text() + "\n" : Glossary.overview + "\n")
        }
        if let contact = ExplainContact(words, run: run) {
            let story = try contact.story(on: console)
            return try console.result((output.json ? story.json.text() : story.text) + "\n")
        }
        if run != nil {
            throw Problem(
                .error, "E709", "--run goes with a contact's name", hint: "switchboard explain contact ID --run N")
        }
        guard let page = Self.page(question) else { throw Self.unknown(question) }
        try console.result((output.json ? page.json.text() : page.text) + "\n")
    }

    /// The page about an option, a command, or what the glossary knows.
    static func page(_ question: String) -> GlossaryPage? {
        let words = question.split(separator: " ").map(String.init)
        if words.count == 2, words[0] == "option" {
            let name = words[1].drop { $0 == "-" }
            return optionPage((name.count == 1 ? "-" : "--") + name)
        }
        if words.count == 2, words[0] == "command" { return commandPage(words[1]) }
        if question.hasPrefix("-"), question != "-" { return optionPage(question) }
        return Glossary.page(question) ?? commandPage(question)
    }

    /// The options of every command, by its name.
    private static let lists = Switchboard.commands.map { ($0._commandName, OptionList(of: $0)) }

    /// An option means the same in every command that has it, or says what it means in each.
    private static func optionPage(_ spelled: String) -> GlossaryPage? {
        var meanings: [(text: String, commands: [String])] = []
        var name = spelled
        for (command, list) in lists {
            guard let entry = list.option(spelled) else { continue }
            name = entry.name
            let value = entry.takesValue ? " " + (entry.valueName ?? "VALUE") : ""
            let text = "\(entry.name)\(value): \(entry.abstract ?? "")."
            if let index = meanings.firstIndex(where: { $0.text == text }) {
                meanings[index].commands.append(command)
            } else {
                meanings.append((text, [command]))
            }
        }
        if spelled == "--help" || spelled == "-h" {
            meanings = [("-h, --help: the help of the program or a command.", [])]
        }
        if spelled == "--version" { meanings = [("--version: the program's version.", [])] }
        guard !meanings.isEmpty else { return nil }
        let all = Switchboard.commands.count
        let lines = meanings.map { meaning in
            let commands =
                meaning.commands.isEmpty || meaning.commands.count == all
                ? "every command" : Spelling.list(meaning.commands, "and")
            return "\(meaning.text) Option of \(commands)."
        }
        let term = Glossary.entry(name)?.name ?? terms[name]
        return GlossaryPage(kind: "option", name: name, paragraphs: lines, seeAlso: term.map { [$0] } ?? [])
    }

    /// Options that are not called after their term.
    private static let terms = [
        "--calls": "offered", "--per": "interval", "--agents": "on the phones", "--max-abandonment": "hang-up promise",
        "--max-occupancy": "occupancy cap", "--model": "requirement methods", "--all-models": "requirement methods",
        "--why": "need", "--set": "scenario", "--template": "scenario", "--expand": "assumed", "--strict": "verdict",
        "--trace": "trace", "--run": "simulation", "--max": "precision", "--fail-if-missed": "exit code",
        "--require-precision": "exit code",
        "--out": "run folder", "--no-save": "run folder",
    ]

    private static func commandPage(_ name: String) -> GlossaryPage? {
        guard let command = Switchboard.command(named: name.lowercased()) else { return nil }
        return GlossaryPage(
            kind: "command", name: command._commandName,
            paragraphs: [
                "\(command._commandName), a command: \(command.configuration.abstract)",
                "Usage: " + (command.configuration.usage ?? "switchboard \(command._commandName)"),
                "Examples and options: switchboard \(command._commandName) --help",
            ])
    }

    private static func unknown(_ question: String) -> Problem {
        let options = lists.flatMap { $0.1.longNames.map { "--" + $0 } }
        let near =
            question.hasPrefix("option ")
            ? Spelling.nearest(to: String(question.dropFirst(7)), among: options.map { String($0.dropFirst(2)) })
                .map { "--" + $0 } : Spelling.nearest(to: question, among: Glossary.words + Switchboard.commandNames)
        let asked = question.hasPrefix("option ") ? "--" + question.dropFirst(7) : question
        return Problem(
            .error, "E714", "no entry for \"\(asked)\"",
            hint: Spelling.hint(near) ?? "switchboard explain lists the words", suggestion: near)
    }

    /// Every term for programs.
    private static var list: JSON {
        .object([
            ("schema", .string("switchboard/explain/1")),
            (
                "terms",
                .array(
                    Glossary.terms.map {
                        .object([
                            ("name", .string($0.name)), ("theme", .string($0.theme.rawValue)),
                            ("also_called", .array($0.aliases.map { .string($0) })), ("sentence", .string($0.sentence)),
                        ])
                    })
            ),
        ])
    }
}
