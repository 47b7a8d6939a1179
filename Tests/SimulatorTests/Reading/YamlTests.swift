import Testing

@testable import ScenarioReading
@testable import ScenarioText
@testable import Tabular

/// What YAML's own rules would let through or give up on, and a reader of scenarios must not.
@Suite struct YamlTests {
    private func read(_ text: String) -> Result<Node, Problems> {
        Yaml.read(SourceText(name: "a.yaml", text: text))
    }

    /// Code and place of each problem, said once.
    private func spots(_ text: String) -> [String] {
        guard case .failure(let problems) = read(text) else { return [] }
        var spots: [String] = []
        for problem in problems.all {
            let spot = "\(problem.code) " + (problem.place.map { "\($0.line):\($0.column)" } ?? "nowhere")
            if !spots.contains(spot) { spots.append(spot) }
        }
        return spots
    }

    /// One line for a tree: `{a: 1, a: [2]}`, quoted texts in quotes.
    private func tree(_ text: String) throws -> String {
        func line(_ node: Node) -> String {
            switch node.content {
            case .text(let text, let isPlain): isPlain ? text : "\"\(text)\""
            case .list(let items): "[" + items.map(line).joined(separator: ", ") + "]"
            case .map(let entries):
                "{" + entries.map { "\(line($0.key)): \(line($0.value))" }.joined(separator: ", ") + "}"
            }
        }
        return line(try read(text).get())
    }

    @Test("every repeated key is kept, with its place")
    func repeatedKeys() throws {
        let root = try read("a: 1\nb: {c: 2, c: 3}\na: 4\na: [5]\n").get()
        let entries = try #require(root.entries)
        #expect(entries.map { "\($0.name) \($0.key.line):\($0.key.column)" } == ["a 1:1", "b 2:1", "a 3:1", "a 4:1"])
        #expect(entries[1].value.entries?.map { "\($0.name) \($0.key.column)" } == ["c 5", "c 11"])
    }

    @Test("every form of a value, and where it stands")
    func forms() throws {
        #expect(try tree("a: 007\nb: \"x\"\nc: 'it''s'") == "{a: 007, b: \"x\", c: \"it's\"}")
        #expect(try tree("d:\n- yes\n-\ne: ~") == "{d: [yes, ], e: ~}")
        #expect(try tree("a: |\n  b\n  c\nd: >-\n  e\n  f") == "{a: \"b\nc\n\", d: \"e f\"}")
        #expect(try tree("[a: 1, {b: , c: 2}, [], \"\\0\"]") == "[{a: 1}, {b: , c: 2}, [], \"\0\"]")
        #expect(try tree("{mean: 4,5m, least: 1}") == "{mean: 4,5m, least: 1}")
        #expect(try tree("a: \u{FEFF}b\n") == "{a: b}")
        let node = try #require(try read("é: {b: \"cd\"}").get()["é"]?["b"])
        #expect([node.line, node.column, node.length] == [1, 8, 4])
    }

    @Test("an anchor's node is not followed, a tag's is, and both are told where they stand")
    func refusals() {
        #expect(spots("a: &x 1\nb: 2\nc: *x\n") == ["E111 1:4"])
        #expect(spots("a: &x [!t 1]\nb: !t [!u 2, &y 3]\n") == ["E111 1:4", "E111 2:4", "E111 2:8", "E111 2:14"])
        #expect(spots("a: &x !t [!u 1]\nb: !t &y [!u 2]\n") == ["E111 1:4", "E111 2:4", "E111 2:11"])
        // What an alias names is told, though it stands within a node that is not followed.
        #expect(spots("a: &x {b: &y 1}\nc: *y\n") == ["E111 1:4", "E111 1:11"])
        #expect(spots("? [a]\n: 1\n? &x b\n: 2\n") == ["E106 1:3", "E111 3:3", "E106 3:3"])
        #expect(spots("a: ! b\n") == ["E111 1:4"])
        // A map begins with its first name.
        #expect(spots("&x a: 1\nb: !t 2\n") == ["E111 1:1"])
        #expect(spots("!t a: 1\nb: &y 2\n") == ["E111 1:1", "E111 2:4"])
        #expect(spots("!t \"a\": 1\n") == ["E111 1:1"])
        // Not yet whole, so that nothing has that name.
        #expect(spots("a: &x [*x]\n") == ["E111 1:8"])
    }

    @Test("quotes make it a text, whatever stands before them")
    func quotedAfterSigns() throws {
        #expect(try tree("a: !t \"1\"\nb: &x '2'\nc: *x\n") == "{a: \"1\", b: \"2\", c: \"2\"}")
    }

    @Test("aliases under tags do not multiply", .timeLimit(.minutes(1)))
    func bomb() {
        var text = "- !t &a0 [x]\n"
        for level in 1...60 { text += "- !t &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(spots(text).count == 61)
    }

    @Test("closing brackets in comments do not hide how deep the brackets are")
    func hiddenDepth() {
        let closing = String(repeating: "]", count: 50)
        let opening = String(repeating: "[", count: 50)
        let line = "\(opening) # \(closing)\n"
        guard case .failure(let problems) = read(String(repeating: line, count: 400)) else {
            Issue.record("20,000 lists within each other were read")
            return
        }
        #expect(problems.all.map(\.message) == ["this is nested too deeply"])
    }

    @Test("many values on one line are read as fast as on many", .timeLimit(.minutes(1)))
    func oneLine() throws {
        let text = "[" + Array(repeating: "1", count: 60_000).joined(separator: ", ") + "]"
        #expect(try read(text).get().items?.count == 60_000)
    }
}
