import ArgumentParser
import Documents
import Foundation
import Reports
import Simulator
import Studies

/// Writes a new scenario: from seven answers on a terminal, from a template elsewhere.
struct Init: Command {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new scenario: answer seven questions, or start from a template.",
        usage: "switchboard init [FILE] [options]",
        discussion: """
            switchboard init clinic.yaml
            switchboard init clinic.yaml --template small-clinic
            switchboard init --list
            """,
        aliases: ["new"])

    @Argument(help: ArgumentHelp("the file to write; - for stdout (default scenario.yaml)", valueName: "FILE"))
    var file = "scenario.yaml"

    @Option(help: ArgumentHelp("write this template, ask nothing", valueName: Template.allNames))
    var template: Template.Name?

    @Flag(help: "print the templates and what they are for")
    var list = false

    @Flag(help: "take the template small-clinic without asking")
    var yes = false

    @Flag(help: "write over a file that is there")
    var force = false

    @OptionGroup(title: "Output")
    var output: OutputOptions

    mutating func run(on console: Console) async throws {
        if list { return try printTemplates(on: console) }
        if file != "-" { try WholeFile.check(file, replacing: force) }
        let text: String
        let isAsked = template != nil || yes
        if template == nil && !yes && console.canAsk {
            var questions = InitQuestions(file: file, prompter: .terminal(console))
            text = try questions.scenario()
        } else {
            text = Template[template ?? .smallClinic].text
        }
        if file == "-" { return try console.result(Array(text.utf8)) }
        try WholeFile.write(Array(text.utf8), to: file, replacing: force)
        let lines = text.split(separator: "\n").count
        if !isAsked && !console.canAsk { console.note("no terminal to ask on: this is the template small-clinic") }
        console.note(
            "wrote \(file) (\(lines) lines). Next: switchboard simulate \(ShellWords.quoted([file]))")
        if output.json {
            let answer: [(String, JSON)] = [
                ("schema", .string("switchboard/init/1")), ("file", .string(file)), ("lines", .integer(lines)),
            ]
            try console.result(JSON.object(answer).text() + "\n", kept: file)
        }
    }

    private func printTemplates(on console: Console) throws {
        if output.json {
            let templates = Template.all.map {
                JSON.object([("name", .string($0.name.rawValue)), ("summary", .string($0.summary))])
            }
            let answer: [(String, JSON)] = [
                ("schema", .string("switchboard/init/1")), ("templates", .array(templates)),
            ]
            return try console.result(JSON.object(answer).text() + "\n")
        }
        var table = TextTable([.left(""), .left("")])
        for template in Template.all { table.add(template.name.rawValue, template.summary) }
        try console.result(table.text(unicode: console.unicode || !console.out.isTerminal))
    }
}

extension Template.Name: ExpressibleByArgument {}
