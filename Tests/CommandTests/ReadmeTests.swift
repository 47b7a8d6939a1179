import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("README")
struct ReadmeTests {
    private let text: String

    init() throws {
        text = try String(contentsOf: Project.root.appendingPathComponent("README.md"), encoding: .utf8)
    }

    /// Blocks between fences, with the language named on the first.
    private var blocks: [(language: String, lines: [String])] {
        var blocks: [(String, [String])] = []
        var inside = false
        for line in text.components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                if !inside { blocks.append((String(line.dropFirst(3)), [])) }
                inside.toggle()
            } else if inside {
                blocks[blocks.count - 1].1.append(line)
            }
        }
        return blocks
    }

    @Test("every command that it names exists, with the options that it shows")
    func commands() throws {
        var seen = 0
        let uses = text.components(separatedBy: "switchboard ").dropFirst().filter { rest in
            // In running text and in headings the program is only named.
            Switchboard.command(named: String(rest.prefix { $0.isLetter })) != nil || rest.hasPrefix("-")
        }
        for use in uses {
            let command = use.prefix { !"`#\n(".contains($0) }.split(separator: " ").map(String.init)
            guard let name = command.first, let type = Switchboard.command(named: name) else { continue }
            seen += 1
            let options = OptionList(of: type)
            for word in command where word.hasPrefix("--") {
                let spelled = String(word.prefix { $0 != "=" })
                #expect(options.option(spelled) != nil, "\(spelled) of \(name)")
            }
        }
        #expect(seen >= 6)
        for code in text.components(separatedBy: "`switchboard ").dropFirst() {
            let name = String(code.prefix { $0.isLetter })
            #expect(name.isEmpty || Switchboard.command(named: name) != nil, "\(name) is no command")
        }
    }

    @Test("its transcripts print what they show")
    func transcripts() throws {
        let shown = blocks.filter { $0.language == "text" && $0.lines.first?.hasPrefix("$ ") == true }
        #expect(!shown.isEmpty)
        for block in shown {
            let result = try Stage().run(String(block.lines[0].dropFirst(2)))
            #expect(result.status == 0)
            #expect(result.out + result.err == block.lines.dropFirst().map { $0 + "\n" }.joined())
        }
    }

    @Test("its eleven lines are the scenario that init writes, and can be simulated")
    func tenLines() throws {
        let scenario = try #require(blocks.first { $0.language == "yaml" }?.lines)
        let bare = scenario.map { line in
            String(line[..<(line.firstRange(of: "  #")?.lowerBound ?? line.endIndex)]).trimmingCharacters(
                in: .whitespaces)
        }
        #expect(bare.joined(separator: "\n") + "\n" == Template[.smallClinic].text)
        let stage = Stage()
        try stage.write(scenario.joined(separator: "\n") + "\n", to: "clinic.yaml")
        let result = try stage.run("switchboard simulate clinic.yaml --runs 2 --no-save")
        #expect(result.status == 0)
        #expect(result.out.contains("Maple Street Clinic"))
    }

    @Test("the machine's two commands are marked for the script that runs them")
    func marked() {
        for name in ["first", "second"] { #expect(text.contains("<!-- \(name) command -->\n```sh\n"), "\(name)") }
    }

    @Test("its links within the page lead somewhere")
    func links() {
        let anchors = text.components(separatedBy: "\n").filter { $0.hasPrefix("## ") }.map { line in
            line.dropFirst(3).lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
                .replacing(" ", with: "-")
        }
        for link in text.components(separatedBy: "](#").dropFirst() {
            let name = String(link.prefix { $0 != ")" })
            #expect(anchors.contains(name), "\(name)")
        }
    }

    @Test("every folder in its table is there")
    func folders() {
        let rows = text.components(separatedBy: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count >= 8)
        for row in rows {
            let folder = String(row.dropFirst(3).prefix { $0 != "`" })
            #expect(
                FileManager.default.fileExists(atPath: Project.root.appendingPathComponent(folder).path), "\(folder)")
        }
    }

    @Test("the files that it and the articles for contributors name are there")
    func files() throws {
        let docs = "Sources/Simulator/Simulator.docc/"
        var texts = [text]
        for name in ["Contributing", "AddingARoutingPolicy"] {
            let url = Project.root.appendingPathComponent("\(docs)\(name).md")
            texts.append(try String(contentsOf: url, encoding: .utf8))
        }
        var seen = 0
        for text in texts {
            let named = text.matches(of: /[`( ]((?:Sources|Tests|Benchmarks|\.ci)\/[A-Za-z0-9+.\/]+)/).map {
                String($0.1)
            }
            for path in named.map({ $0.hasSuffix(".") ? String($0.dropLast()) : $0 }) where !path.contains("/My") {
                seen += 1
                #expect(
                    FileManager.default.fileExists(atPath: Project.root.appendingPathComponent(path).path), "\(path)")
            }
        }
        #expect(seen > 30)
        #expect(text.contains("](\(docs)Contributing.md)") && text.contains("](\(docs)TheLifeOfACall.md)"))
    }
}
