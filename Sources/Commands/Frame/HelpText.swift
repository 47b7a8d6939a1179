import ArgumentParser
import Documents
import Reports
import Simulator

/// The help of a command: what it is for, examples, then its options by group; one screen of text.
struct HelpText {
    /// Characters a line; the same everywhere, so that help in a log reads as help on a screen.
    static let width = 100

    var text: String

    /// Of the named command, or of the program for nil.
    init(of name: String?) throws {
        guard let name else {
            text = Self.program
            return
        }
        guard let command = Switchboard.command(named: name) else { throw UsageProblem.unknownCommand(name) }
        text = Self.text(of: command)
    }

    private static var program: String {
        var lines = Introduction.text(commands: Switchboard.commandNames).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        // The last line but one points here.
        lines.removeLast(2)
        let entries = Switchboard.commands.map { type -> (String, String) in
            let aliases = type.configuration.aliases
            let also = aliases.isEmpty ? "" : " (also: \(aliases.joined(separator: ", ")))"
            return ("  " + type._commandName, type.configuration.abstract + also)
        }
        lines += ["Usage: \(Switchboard.configuration.usage ?? "")", "", "Commands"]
        lines += layOut(entries, column: column(for: entries))
        lines += ["", "Options of a command: switchboard COMMAND --help", ""]
        return lines.joined(separator: "\n")
    }

    private static func text(of command: any Command.Type) -> String {
        let configuration = command.configuration
        let entries = OptionList(of: command).entries.filter { $0.name != "--help" }
        var lines = [configuration.abstract, ""]
        lines += configuration.discussion.split(separator: "\n").map { "  " + $0 }
        lines += ["", "Usage: \(configuration.usage ?? "switchboard \(command._commandName) [options]")"]
        var titles = ["Common"]
        for title in entries.compactMap(\.sectionTitle) where !titles.contains(title) { titles.append(title) }
        var groups: [(title: String, rows: [(String, String)])] = []
        for title in titles {
            var rows = entries.filter { ($0.sectionTitle ?? "Common") == title }.map { (syntax($0), summary($0)) }
            if title == "Output" { rows += [("  -h, --help", "this text"), ("  --version", "the program's version")] }
            if !rows.isEmpty { groups.append((title, rows)) }
        }
        let column = column(for: groups.flatMap(\.rows))
        for group in groups { lines += ["", group.title] + layOut(group.rows, column: column) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func syntax(_ entry: OptionList.Entry) -> String {
        if entry.isPositional { return "  " + (entry.valueName ?? "") }
        let names = (entry.names ?? []).sorted { $0.kind == "short" && $1.kind != "short" }
        let shown = names.filter { $0.kind == "short" || $0.name == entry.preferredName?.name }.map(\.spelled)
        let value = entry.takesValue ? (entry.valueName ?? "VALUE") : ""
        // The one option whose value may be left out is written as it is typed.
        let separator = entry.name == "--csv" ? "[=" : " "
        let tail = value.isEmpty ? "" : separator + value + (separator == " " ? "" : "]")
        return "  " + shown.joined(separator: ", ") + tail
    }

    private static func summary(_ entry: OptionList.Entry) -> String {
        let text = entry.abstract ?? ""
        guard let value = entry.defaultValue, entry.takesValue, !text.contains("default"), value != "auto" else {
            return text
        }
        return "\(text) (default \(value))"
    }

    /// Two columns; what is too long for the first stands on a line of its own.
    private static func layOut(_ rows: [(String, String)], column: Int) -> [String] {
        rows.flatMap { head, tail -> [String] in
            var lines = WrappedText.lines(tail, width: width - column)
            let indent = String(repeating: " ", count: column)
            if head.count + 2 > column { return [head] + lines.map { indent + $0 } }
            let first = head + String(repeating: " ", count: column - head.count) + lines.removeFirst()
            return [first] + lines.map { indent + $0 }
        }
    }

    private static func column(for rows: [(String, String)]) -> Int {
        min(34, max(23, (rows.map(\.0.count).max() ?? 0) + 2))
    }
}
