import Testing

@testable import Documents
@testable import Reports

@Suite("Terminal tables")
struct TerminalTableTests {
    @Test("the staffing answer lines up as planners know it")
    func staffing() {
        var table = TextTable(
            [.left("", minimumWidth: 27), .right("on the phones"), .right("on the rota"), .right("in 30s")]
                + [.right("average wait"), .right("hang-ups"), .right("busy")])
        table.add("Erlang C (nobody hangs up)", "7", "10", "84.0%", "28s", "-", "63%")
        table.add("Erlang A (patience 3m)", "6", "9", "80.7%", "15s", "8.6%", "67%")
        table.add(" and hang-ups at most 5%", "7", "10", "89.7%", "8s", "4.3%", "60%")
        #expect(
            table.text() == """
                                              on the phones   on the rota   in 30s   average wait   hang-ups   busy
                Erlang C (nobody hangs up)                7            10    84.0%            28s          -    63%
                Erlang A (patience 3m)                    6             9    80.7%            15s       8.6%    67%
                 and hang-ups at most 5%                  7            10    89.7%             8s       4.3%    60%

                """)
    }

    private var verdicts: TextTable {
        var table = TextTable([.left("type"), .right("result"), .left("verdict")])
        table.add([.init("scheduling"), .init("83.1% ±0.9"), .init("met", .good)])
        table.add([.init("nurse_triage"), .init("84.7% ±1.0"), .init("MISSED by 5.3 points", .bad)])
        return table
    }

    @Test("colour is on the first word only and moves nothing")
    func color() {
        let colored = verdicts.lines(color: true)
        #expect(colored[1] == "scheduling     83.1% ±0.9   \u{1B}[32mmet\u{1B}[0m")
        #expect(colored[2].hasSuffix("\u{1B}[31mMISSED\u{1B}[0m by 5.3 points"))
        let bare = colored.map { line in
            ["\u{1B}[32m", "\u{1B}[31m", "\u{1B}[0m"].reduce(line) { $0.replacing($1, with: "") }
        }
        #expect(bare == verdicts.lines())
    }

    @Test("on a narrow terminal the widest text is cut, never a number or a column")
    func narrow() {
        #expect(
            verdicts.lines(width: 40) == [
                "type               result   verdict",
                "scheduling     83.1% ±0.9   met",
                "nurse_triage   84.7% ±1.0   MISSED by 5…",
            ])
        #expect(verdicts.lines(width: 5)[2].contains("84.7% ±1.0"))
    }

    @Test("without UTF-8 the signs are spelled, and columns still line up")
    func ascii() {
        #expect(verdicts.lines(unicode: false)[1] == "scheduling     83.1% +-0.9   met")
    }

    @Test("wide characters take two cells, accents none of their own")
    func wide() {
        var table = TextTable([.left(""), .right("")])
        table.add("受付", "1")
        table.add("née", "2")
        table.add("ne\u{301}e", "3")
        #expect(table.lines() == ["受付   1", "née    2", "ne\u{301}e    3"])
    }
}
