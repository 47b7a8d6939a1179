import Simulator
import Testing

@testable import Commands
@testable import Studies
@testable import Tabular

@Suite("Wrong command lines")
struct UsageProblemTests {
    /// What the parser says to these words, in our words.
    private func message(_ words: String...) -> String {
        do {
            _ = try Switchboard.parseAsRoot(CommandWords(words).arguments)
            return "parsed"
        } catch {
            return UsageProblem.problem(parserText: Switchboard.message(for: error), arguments: words)
                .rendered()
        }
    }

    @Test("each of the parser's texts has its own code")
    func codes() {
        #expect(message("init", "--nothing").contains("[E701]"))
        #expect(message("nothing", "--nothing").contains("[E702]"))
        #expect(message("init", "--template").contains("[E703]"))
        #expect(message("init", "a", "b").contains("[E704]"))
        #expect(message("init", "a", "b", "c").contains("unexpected \"b\" [E704]"))
        #expect(message("-q").contains("[E705]"))
        #expect(message("init", "--list=3").contains("--list takes no value, but \"3\" was given [E707]"))
        #expect(message("init", "--color", "no").contains("--color cannot be \"no\" [E708]"))
        #expect(message("init", "-q", "-v").contains("[E709]"))
    }

    @Test("a number below 0 is refused as such, not taken for an option")
    func negative() {
        #expect(message("staff", "--calls", "-5").contains("--calls cannot be \"-5\", which is below 0 [E708]"))
        #expect(message("simulate", "a.yaml", "--seed", "-1").contains("which is below 0 [E708]"))
        #expect(message("staff", "--calls", "--per", "30m").contains("--calls needs a value [E703]"))
    }

    @Test("a precision may be given as points or as a share; other figures keep their units")
    func precision() {
        for text in ["0.5 points", "0.5points", "0.5%", "0.005", " 0.5 % "] {
            #expect(Points.spelled(text) == "0.5 points", "\(text)")
        }
        #expect(Points.spelled("1% on service_level of billing") == "1 point on service_level of billing")
        for text in ["1", "2s on asa", "5% on asa of billing", "70%"] { #expect(Points.spelled(text) == text) }
    }

    @Test("a folder without a name is told what to write")
    func emptyFolder() {
        #expect(message("simulate", "a.yaml", "--out", "").contains("needs the path of a folder"))
    }

    @Test("a missing argument is named with the command's usage")
    func missing() {
        let problem = UsageProblem.problem(parserText: "Missing expected argument '<FILE>'", arguments: ["init"])
        #expect(problem.code == "E706")
        #expect(problem.message == "FILE is missing")
        #expect(problem.expected == "switchboard init [FILE] [options]")
    }

    @Test("no text of the parser reaches people as it is")
    func ours() {
        for words in [
            ["--"], ["init", "--template="], ["init", "-q=3"], ["init", "--no-list"], ["-"], [""], ["init", "-"],
        ] {
            let said =
                (try? Switchboard.parseAsRoot(CommandWords(words).arguments)).map { _ in "parsed" }
                ?? message(words[0], words.count > 1 ? words[1] : "-q")
            for phrase in ["Unknown option", "Missing", "Invalid", "Internal error", "Help:"] {
                #expect(!said.contains(phrase), "\(words): \(said)")
            }
        }
    }

    @Test("options may stand before the command, --csv alone means plain, and -- ends the options")
    func words() {
        #expect(CommandWords(["--color=never", "-q", "init", "x"]).arguments == ["init", "--color=never", "-q", "x"])
        #expect(CommandWords(["init", "--csv", "x"]).arguments == ["init", "--csv=plain", "x"])
        #expect(CommandWords(["init", "--csv=excel"]).arguments == ["init", "--csv=excel"])
        #expect(CommandWords(["init", "--", "--csv"]).arguments == ["init", "--", "--csv"])
    }

    @Test("help and version are asked for in any of the usual ways")
    func requests() {
        #expect(CommandWords([]).request == .introduction)
        #expect(CommandWords(["--help"]).request == .help(nil))
        #expect(CommandWords(["help"]).request == .help(nil))
        #expect(CommandWords(["help", "init"]).request == .help("init"))
        #expect(CommandWords(["init", "x", "-h"]).request == .help("init"))
        #expect(CommandWords(["init", "--version"]).request == .version)
        #expect(CommandWords(["init", "--", "--help"]).request == .run)
    }

    @Test("command lines are quoted so that a shell reads them back")
    func quoted() {
        #expect(
            ShellWords.quoted(["simulate", "my week.yaml", "it's", "", "a=b"])
                == "simulate 'my week.yaml' 'it'\\''s' '' a=b")
    }

    @Test(
        "every command's help has examples first, fits a screen of 60 lines, and names its options",
        arguments: Switchboard.commandNames)
    func help(command: String) throws {
        let lines = try HelpText(of: command).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count < 60)
        #expect(lines.allSatisfy { $0.count <= HelpText.width })
        #expect(lines[1].isEmpty && lines[2].hasPrefix("  switchboard \(command)"))
        #expect(lines.contains { $0.hasPrefix("Usage: switchboard \(command)") })
        for option in ["--quiet", "--json", "--csv", "--color", "--progress", "--no-input", "--help", "--version"] {
            #expect(lines.contains { $0.contains(option) }, "\(option)")
        }
    }

    @Test("several wrong values are told together, as a wrong command line")
    func values() throws {
        var values = OptionValues()
        #expect(values.read("6m", of: "--aht", by: Units.duration) == 360)
        #expect(values.read(nil, of: "--patience", by: Units.duration) == nil)
        try values.check()
        #expect(values.read("280", of: "--aht", by: Units.duration) == nil)
        #expect(values.read("30", of: "--shrinkage", by: Units.share) == nil)
        let failure = #expect(throws: Failure.self) { try values.check() }
        #expect(failure?.status == .wrongCommandLine)
        #expect(
            failure?.problems.map { $0.rendered() }.joined(separator: "\n") == """
                error: --aht needs a unit [E201]
                  expected: a duration such as 280s, 4m40s or 4.5m
                  hint: write "--aht 280s" if you meant 280 seconds
                error: 30 is not a share [E203]
                  expected: a percentage with its sign (30%) or a number from 0 to 1 (0.30)
                  hint: write "--shrinkage 30%"
                """)
    }
}
