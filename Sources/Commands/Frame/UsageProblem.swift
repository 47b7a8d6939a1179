import ArgumentParser
import Simulator
import Tabular

/// A wrong command line in our words (E701 …), made from what the parser says.
///
/// The parser keeps its errors to itself and gives only their text; `UsageProblemTests` holds every text that it can
/// say, so that another release cannot change one unseen.
enum UsageProblem {
    static let noCommand = Problem(
        .error, "E705", "which command?", hint: "switchboard --help lists them")

    static func unknownCommand(_ word: String) -> Problem {
        let names = Switchboard.commands.flatMap { [$0._commandName] + $0.configuration.aliases }
        let near = Spelling.nearest(to: word, among: names)
        return Problem(
            .error, "E702", "unknown command \"\(word)\"",
            hint: near.map { "did you mean \"switchboard \($0)\"?" } ?? "switchboard --help lists the commands",
            suggestion: near)
    }

    /// The problem that the parser's message is about.
    static func problem(parserText text: String, arguments: [String]) -> Problem {
        let word = arguments.first { !$0.hasPrefix("-") } ?? ""
        let command = Switchboard.command(named: word)
        let options = OptionList(of: command ?? Switchboard.self)
        let quoted = Quotes(text)
        if text.hasPrefix("Unknown option") {
            // The parser looks for options first: with a command that does not exist, that is the thing to say.
            if command == nil && !word.isEmpty { return unknownCommand(word) }
            let isKnown = Switchboard.commands.contains { OptionList(of: $0).option(quoted[0]) != nil }
            return command == nil && isKnown ? noCommand : unknownOption(quoted[0], options)
        }
        if text.hasPrefix("Missing value for") { return missingValue(quoted[0], options, arguments) }
        if text.hasPrefix("The option"), text.contains("does not take any value") {
            return Problem(
                .error, "E707", "\(quoted[0]) takes no value, but \"\(quoted[1])\" was given",
                hint: "write \(quoted[0]) alone")
        }
        if text.contains("nexpected argument") {
            if command == nil { return unknownCommand(quoted[0]) }
            return unexpectedArgument(quoted[0], options)
        }
        if text.hasPrefix("Missing expected argument") { return missingArgument(quoted[0], options, command) }
        if text.hasPrefix("The value") { return wrongValue(quoted[0], of: quoted[1], options) }
        if text.hasPrefix("Invalid option") { return unknownOption(String(text.dropFirst(16)), options) }
        return Problem(.error, "E709", text, hint: command.map { "switchboard \($0._commandName) --help" })
    }

    private static func unknownOption(_ spelled: String, _ options: OptionList) -> Problem {
        let bare = String(spelled.drop { $0 == "-" })
        let near =
            spelled.hasPrefix("--") ? Spelling.nearest(to: bare, among: options.longNames).map { "--" + $0 } : nil
        var hint: String?
        if let near, let entry = options.option(near) {
            hint = "did you mean \"\(near)\"?" + (entry.name == near ? "" : " (the same as \"\(entry.name)\")")
        }
        return Problem(.error, "E701", "unknown option \"\(spelled)\"", hint: hint, suggestion: near)
    }

    private static func missingValue(_ spelled: String, _ options: OptionList, _ arguments: [String]) -> Problem {
        let name = String(spelled.prefix { $0 != " " })
        let entry = options.option(name)
        // The parser takes "-5" for an option, people for a number below 0.
        if let index = arguments.firstIndex(of: name), let next = arguments.dropFirst(index + 1).first,
            next.hasPrefix("-"), next.dropFirst().first.map({ $0.isNumber || $0 == "." }) ?? false
        {
            return Problem(
                .error, "E708", "\(name) cannot be \"\(next)\", which is below 0",
                hint: entry?.abstract.map { "\(name): \($0)" })
        }
        return Problem(
            .error, "E703", "\(name) needs a value", expected: entry.flatMap(\.valueName).map { "\(name) \($0)" },
            hint: entry?.abstract.map { "\(name): \($0)" })
    }

    private static func unexpectedArgument(_ word: String, _ options: OptionList) -> Problem {
        let near = Spelling.nearest(to: word, among: options.longNames).map { "--" + $0 }
        return Problem(
            .error, "E704", "unexpected \"\(word)\"",
            hint: Spelling.hint(near) ?? "quote a value that has spaces in it", suggestion: near)
    }

    private static func missingArgument(
        _ synopsis: String, _ options: OptionList, _ command: (any Command.Type)?
    ) -> Problem {
        let name = synopsis.filter { !"<>".contains($0) }.prefix { $0 != " " }
        let entry = options.entries.first { $0.valueName == String(name) || $0.name == String(name) }
        return Problem(
            .error, "E706", "\(name) is missing", expected: command?.configuration.usage,
            hint: entry?.abstract.map { "\(name): \($0)" })
    }

    private static func wrongValue(_ value: String, of synopsis: String, _ options: OptionList) -> Problem {
        let name = String(synopsis.split(separator: " ").last { $0.hasPrefix("-") } ?? synopsis.prefix { $0 != " " })
        let entry = options.entries.first { $0.names?.contains { synopsis.contains($0.spelled) } ?? false }
        let choices = entry?.valueName?.split(separator: "|").map(String.init) ?? []
        // "N" stands for a number: nobody means the letter.
        let words = choices.filter { $0 != "N" }
        let near = choices.count > 1 ? Spelling.nearest(to: value, among: words) : nil
        let shown = entry?.name ?? name
        let expected = choices.contains("N") ? ["a whole number from 1"] + words : words
        return Problem(
            .error, "E708", "\(shown) cannot be \"\(value)\"",
            expected: choices.count > 1 ? Spelling.list(expected) : expectedValue(entry),
            hint: near.map { "did you mean \"\(shown) \($0)\"?" } ?? entry?.abstract.map { "\(shown): \($0)" },
            suggestion: near)
    }

    private static func expectedValue(_ entry: OptionList.Entry?) -> String? {
        switch (entry?.name, entry?.valueName) {
        case (_, "N"): "a whole number, such as 8"
        case (let name, let value): value.map { "\(name ?? "") \($0)" }
        }
    }

    /// The parts of a message between single quotes, in order; empty where there is none.
    private struct Quotes {
        var parts: [String]

        init(_ text: String) {
            parts = text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }

        subscript(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
    }
}
