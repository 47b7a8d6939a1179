import ArgumentParser
import Foundation

/// A command's options and arguments as the parser itself lists them: the source of help and of "did you mean".
struct OptionList {
    struct Entry: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
            /// With its dashes.
            var spelled: String { kind == "long" ? "--" + name : "-" + name }
        }

        var kind: String
        var shouldDisplay: Bool
        var sectionTitle: String?
        var names: [Name]?
        var preferredName: Name?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
        var isOptional: Bool

        /// `--runs`, the name that the documents use.
        var name: String { preferredName?.spelled ?? valueName ?? "" }
        var isPositional: Bool { kind == "positional" }
        var takesValue: Bool { kind == "option" }
    }

    var entries: [Entry]

    init(of command: any ParsableCommand.Type) {
        struct Document: Decodable {
            struct Command: Decodable { var arguments: [Entry]? }
            var command: Command
        }
        let text = Data(command._dumpHelp().utf8)
        entries = ((try? JSONDecoder().decode(Document.self, from: text))?.command.arguments ?? [])
            .filter { $0.shouldDisplay }
    }

    /// The option with this spelling, dashes included.
    func option(_ spelled: String) -> Entry? {
        entries.first { $0.names?.contains { $0.spelled == spelled } ?? false }
    }

    /// Every long spelling without its dashes, in order of declaration.
    var longNames: [String] {
        entries.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.name)
    }
}

extension Switchboard {
    /// Names as typed, in order of listing.
    static var commandNames: [String] { commands.map { $0._commandName } }

    /// The command with this name or alias.
    static func command(named name: String) -> (any Command.Type)? {
        commands.first { $0._commandName == name || $0.configuration.aliases.contains(name) }
    }
}
