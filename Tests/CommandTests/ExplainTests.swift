import Foundation
import Simulator
import Testing

@testable import Commands
@testable import Reports

@Suite("Explain")
struct ExplainTests {
    @Test("every option of every command is explained, and its term is one")
    func options() throws {
        for command in Switchboard.commands {
            for entry in OptionList(of: command).entries where !entry.isPositional {
                for name in entry.names ?? [] {
                    let words = CommandWords(["explain", name.spelled]).arguments
                    // What explain itself takes is asked for with a word before it.
                    let question = words.count > 2 ? words.dropFirst().joined(separator: " ") : "option \(name.spelled)"
                    let page = try #require(Explain.page(question), "\(name.spelled)")
                    #expect(page.kind == "option")
                    for term in page.seeAlso { #expect(Glossary.entry(term)?.name == term, "\(term)") }
                    for line in page.text.split(separator: "\n") {
                        #expect(line.count <= GlossaryPage.width, "\(line)")
                    }
                }
            }
        }
        #expect(Explain.page("option patience")?.seeAlso == ["patience"])
        #expect(Explain.page("--nothing") == nil)
    }

    @Test("every command is explained")
    func commands() {
        for name in Switchboard.commandNames {
            #expect(Explain.page("command \(name)")?.kind == "command")
            #expect(Explain.page(name) != nil)
        }
    }

    @Test("an option is a question when it is none of explain's own")
    func words() {
        #expect(CommandWords(["explain", "--patience"]).arguments == ["explain", "option", "patience"])
        #expect(
            CommandWords(["explain", "--patience", "--json"]).arguments == ["explain", "option", "patience", "--json"])
        #expect(CommandWords(["explain", "option", "-q"]).arguments == ["explain", "option", "q"])
        #expect(CommandWords(["explain", "--help"]).request == .help("explain"))
        #expect(CommandWords(["staff", "--patience"]).arguments == ["staff", "--patience"])
    }

    @Test("the messages shown for command lines are what the program says")
    func examples() throws {
        let stage = Stage()
        for example in CodeExample.all {
            guard case .line(let command, let problem) = example.input else { continue }
            let result = try stage.run("switchboard \(command)")
            #expect(result.err == problem.rendered() + "\n" || result.err.contains(problem.rendered()), "\(command)")
            #expect(result.status != 0)
        }
    }
}
