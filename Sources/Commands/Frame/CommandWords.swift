import ArgumentParser

/// The words of a command line before they are parsed: what is asked for, and how messages about them should look.
struct CommandWords {
    enum Request: Equatable {
        case introduction
        case version
        /// Of the named command, or of the program.
        case help(String?)
        case run
    }

    /// The words as the parser shall see them.
    var arguments: [String]
    var request: Request

    init(_ words: [String]) {
        // After "--" everything is a name, however it begins.
        let end = words.firstIndex(of: "--") ?? words.endIndex
        let options = words[..<end]
        // The parser knows no option whose value may be left out: "--csv" alone means the plain form.
        var parsed = options.map { $0 == "--csv" ? "--csv=plain" : $0 }
        // It wants options after the command; people also write them before.
        if words.first?.hasPrefix("-") == true,
            let place = parsed.firstIndex(where: { Switchboard.command(named: $0) != nil })
        {
            parsed.insert(parsed.remove(at: place), at: 0)
        }
        if parsed.first == Explain._commandName { parsed = Self.askedOptions(parsed) }
        arguments = parsed + words[end...]
        let command = parsed.first { !$0.hasPrefix("-") }
        if words.isEmpty {
            request = .introduction
        } else if command == "help" {
            request = .help(options.drop { $0 != "help" }.dropFirst().first { !$0.hasPrefix("-") })
        } else if options.contains("--help") || options.contains("-h") {
            request = .help(command)
        } else if options.contains("--version") {
            request = .version
        } else {
            request = .run
        }
    }

    /// `explain --patience` asks about an option: what `explain` itself does not take becomes the words of a question.
    private static func askedOptions(_ words: [String]) -> [String] {
        let own = OptionList(of: Explain.self)
        let helps = ["--help", "-h", "--version"]
        return words.enumerated().flatMap { place, word -> [String] in
            let spelled = String(word.prefix { $0 != "=" })
            // `explain option --json` asks about one of its own.
            if place > 0, words[place - 1] == "option" { return [String(spelled.drop { $0 == "-" })] }
            guard word.hasPrefix("-"), word != "-", own.option(spelled) == nil, !helps.contains(spelled) else {
                return [word]
            }
            return ["option", String(spelled.drop { $0 == "-" })]
        }
    }

    /// A console for messages about the words themselves, as far as the words say how it should be.
    var console: Console {
        var color = Console.ColorChoice.auto
        for (index, word) in arguments.enumerated() {
            if word.hasPrefix("--color=") {
                color = Console.ColorChoice(rawValue: String(word.dropFirst(8))) ?? color
            } else if word == "--color", index + 1 < arguments.count {
                color = Console.ColorChoice(rawValue: arguments[index + 1]) ?? color
            }
        }
        let quiet = arguments.contains("-q") || arguments.contains("--quiet")
        return .standard(color: color, verbosity: quiet ? .quiet : .normal, json: arguments.contains("--json"))
    }
}
