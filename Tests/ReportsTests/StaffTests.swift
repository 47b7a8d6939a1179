import Foundation
import Queueing
import Simulator
import TestSupport
import Testing

@testable import Center
@testable import Reports
@testable import Tabular

@Suite("Staffing answers")
struct StaffTests {
    /// Twenty-two contacts in half an hour, six minutes each.
    static func question(_ change: (inout StaffQuestion) -> Void = { _ in }) -> StaffQuestion {
        var question = StaffQuestion(calls: 22, per: 1800, handlingTime: 360)
        change(&question)
        return question
    }

    @Test("the answer of the design, to the last character")
    func exact() throws {
        let answer = try StaffAnswer(
            Self.question {
                $0.target = ServiceTarget(share: 0.8, within: 30)
                $0.patience = 180
                $0.maxAbandonment = 0.05
                $0.shrinkage = Shrinkage("30%")
            })
        #expect(
            answer.report.text() == """
                22 contacts in 30 minutes x 6m = 4.4 people's worth of work
                                              on the phones   on the rota   in 30s   average wait   hang-ups   busy
                Erlang C (nobody hangs up)                7            10    84.0%            28s          -    63%
                Erlang A (patience 3m)                    6             9    80.7%            15s       8.6%    67%
                 and hang-ups at most 5%                  7            10    89.7%             8s       4.3%    60%
                Use 7 on the phones, 10 on the rota (7 / 0.70).
                note: with 6, the 80% is met partly because 8.6% of callers give up first.

                """)
        #expect(answer.recommended == 7)
        #expect(answer.scheduled(7) == 10)
    }

    @Test("contacts that are asked for are the most that keep a limit of hang-ups, however few; no target is added")
    func mostContacts() throws {
        for (agents, handlingTime) in [(7.0, 360.0), (1, 360), (1, 360_000)] {
            let unknown = try #require(try StaffUnknown([.calls: "?", .agents: "\(Int(agents))"]))
            let (found, _) = try unknown.solved(
                Self.question {
                    $0.agents = agents
                    $0.handlingTime = handlingTime
                    $0.patience = 180
                    $0.maxAbandonment = 0.05
                })
            #expect(found.target == nil)
            func hangups(_ calls: Double) throws -> Double {
                let queue = SingleQueue(arrivalRate: calls / 1800, handlingTime: handlingTime, patience: 180)
                return try #require(queue.measures(agents: agents, within: 0).abandonment)
            }
            #expect(try found.calls > 0 && hangups(found.calls) <= 0.05)
            // Rounded down to hundredths, or to two digits where that would leave nothing.
            let next = found.calls < 0.1 ? found.calls * 1.1 : found.calls + 0.01
            #expect(try hangups(next) > 0.05)
        }
    }

    @Test("where nothing is promised, the usual target is what the most contacts keep")
    func mostContactsOfNoPromise() throws {
        let unknown = try #require(try StaffUnknown([.calls: "?", .agents: "7"]))
        let (found, _) = try unknown.solved(Self.question { $0.agents = 7 })
        #expect(found.target == StaffAnswer.assumedTarget)
        func level(_ calls: Double) throws -> Double {
            let queue = SingleQueue(arrivalRate: calls / 1800, handlingTime: 360)
            let within = StaffAnswer.assumedTarget.acceptableWait
            return try #require(queue.measures(agents: 7, within: within).serviceLevels.ofAllOffered)
        }
        let share = StaffAnswer.assumedTarget.share
        #expect(try level(found.calls) >= share && level(found.calls + 0.01) < share)
    }

    @Test("JSON has the schema's keys in their order, and null for what is endless or undefined")
    func json() throws {
        let endless = try StaffAnswer(
            Self.question {
                $0.agents = 4
                $0.patience = 180
            })
        let text = endless.json.line
        #expect(text.hasPrefix(#"{"schema": "switchboard/staff/1", "answers": [{"model": "erlang-c", "agents": 4, "#))
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let answers = try #require(document["answers"] as? [[String: Any]])
        #expect(answers.count == 2)
        #expect(answers[0]["mean_wait_s"] is NSNull)
        #expect(answers[0]["queue_mean"] is NSNull)
        #expect(answers[0]["service_level"] as? Double == 0)
        #expect(answers[1]["model"] as? String == "erlang-a")
        let keys = [
            "model", "agents", "load", "wait_probability", "asa_s", "mean_wait_s", "abandonment", "blocking",
            "service_level", "service_levels", "occupancy", "queue_mean",
        ]
        for answer in answers { #expect(Set(answer.keys) == Set(keys)) }
        var last = text.startIndex
        for key in keys {
            let place = try #require(text.range(of: "\"\(key)\"", range: last..<text.endIndex))
            last = place.upperBound
        }
        let recommended = try #require(document["recommended"] as? [String: Any])
        #expect(recommended["agents"] is NSNull && recommended["on_the_rota"] is NSNull)
    }

    @Test("patient callers and too few agents are a conflict with ways out, not an answer")
    func cannotKeepUp() throws {
        let problem = try #require(throws: Problem.self) { try StaffAnswer(Self.question { $0.agents = 4 }) }
        #expect(
            problem.rendered() == """
                error: 4 agents cannot keep up with 4.4 people's worth of work [E601]
                  22 contacts in 30 minutes x 6m = 4.4; with Erlang C the queue would grow without end
                  hint: leave out --agents to see how many you need, or add --patience so that callers can hang up
                """)
    }

    @Test("a miss is never rounded onto its promise")
    func nearMiss() {
        #expect(StaffWords.share(0.79996, apartFrom: 0.8, met: false) == "79.996%")
        #expect(StaffWords.share(0.8000001, apartFrom: 0.8, met: true) == "80.0%")
        #expect(StaffWords.share(0.05004, apartFrom: 0.05, met: false) == "5.004%")
        #expect(StaffWords.load(4.0004, above: 4) == "4.0004")
    }

    @Test("the table's columns come back in their order, with the answers of the single question")
    func table() throws {
        let source = SourceText(name: "q.csv", text: "target,aht,per,calls,patience\n80%/30s,6m,30m,22,3m\n")
        let table = try StaffTable(source).table
        #expect(
            Array(table.columns.map(\.name).prefix(8)) == [
                "target", "aht", "per", "calls", "patience", "agents", "model", "load",
            ])
        let row = try #require(table.rows.first)
        #expect(row[0] == .text("80%/30s"))
        #expect(row[5] == .number(6))
        #expect(row[6] == .text("erlang-a"))
        let single = try StaffAnswer(
            Self.question {
                $0.target = ServiceTarget(share: 0.8, within: 30)
                $0.patience = 180
                $0.model = .erlangA
            })
        #expect(
            Array(row.dropFirst(7))
                == StaffAnswersTable.measures.cells(.init(row: single.rows[0], question: single.question)))
    }

    @Test("every bad row is named, with its line and column, and the others are answered")
    func badRows() throws {
        let source = SourceText(
            name: "q.csv", text: "calls,per,aht,agents\n22,30m,6,7\n22,30m,6m,7\n-1,30m,6m,7\n22,30m,6m,\n")
        let answered = try StaffTable(source)
        let problems = answered.problems
        #expect(answered.asked == 4 && answered.answered == 1)
        // The others are answered, and every row stays where it was.
        #expect(answered.table.rows.map { $0[5] == .blank } == [true, false, true, true])
        #expect(problems.map { $0.place?.line } == [2, 4, 5])
        #expect(problems.map { $0.place?.column } == [8, 1, 11])
        #expect(problems.map(\.code) == ["E201", "E202", "E409"])
    }

    @Test("a decimal comma is understood where semicolons stand between the cells")
    func decimalComma() throws {
        let source = SourceText(name: "q.csv", text: "calls;per;aht;agents\n22,5;30m;4,5m;7\n")
        let table = try StaffTable(source).table
        // Given back with the point that the answers have.
        #expect(table.rows[0][0] == .text("22.5"))
        let load = try #require(table.columns.firstIndex { $0.name == "load" })
        #expect(table.rows[0][load] == .number(3.375))
    }

    @Test("readings repeated from memory are the readings")
    func remembered() throws {
        var reading = StaffReading(.options)
        let texts: [StaffField: String] = [
            .calls: "22", .per: "30m", .aht: "6m", .target: "80%/30s", .patience: "3m", .shrinkage: "30%",
        ]
        let first = try reading.read { texts[$0] }.get()
        let second = try reading.read { texts[$0] }.get()
        #expect(first == second)
        #expect(first.offeredLoad == 4.4)
        #expect(first.answeringModel == .erlangA)
    }

    @Test("the parts of a requirement add up exactly, each found by switching its effect off")
    func why() throws {
        let answer = try StaffAnswer(
            Self.question {
                $0.target = ServiceTarget(share: 0.8, within: 30)
                $0.patience = 180
                $0.maxAbandonment = 0.05
                $0.maxOccupancy = 0.55
                $0.shrinkage = Shrinkage("30%")
            })
        let why = try #require(StaffWhy(answer))
        #expect(
            why.parts.map(\.name) == [
                "work", "variability buffer", "abandonment credit", "hang-up promise", "occupancy cap", "whole people",
                "shrinkage",
            ])
        #expect(why.parts.reduce(0) { $0 + $1.millionths } == 12_000_000)
        #expect(why.phones == 8 && why.scheduled == 12)
        let queue = SingleQueue(contacts: 22, per: 1800, handlingTime: 360, patience: 180)
        let level = StaffingGoal.serviceLevel(atLeast: 0.8, within: 30)
        let impatient = try #require(queue.solve(for: .exactAgents, agents: 0, goals: [level]).value)
        #expect(abs(why.parts.prefix(3).reduce(0) { $0 + $1.people } - impatient) < 1e-6)
        #expect(why.parts.allSatisfy { !$0.because.isEmpty && $0.because.hasSuffix(".") })
        #expect(StaffWhy(try StaffAnswer(Self.question { $0.agents = 7 })) == nil)
    }

    @Test("the parts add up to the answer whatever the question, in millionths and as printed")
    func whyAlways() throws {
        var dice = Dice(seed: 77)
        for _ in 0..<150 {
            let patience: Double? = dice.pick([nil, dice.logUniform(20, 2000)])
            let answer = try StaffAnswer(
                StaffQuestion(
                    calls: dice.logUniform(0.1, 2000), per: 1800, handlingTime: dice.logUniform(20, 1000),
                    target: dice.pick([
                        nil, ServiceTarget(share: dice.uniform(0.4, 0.95), within: dice.logUniform(1, 90)),
                    ]),
                    maxAbandonment: patience == nil ? nil : dice.pick([nil, 0.03]),
                    maxOccupancy: dice.pick([nil, 0.8]), patience: patience,
                    shrinkage: dice.pick([nil, Shrinkage("33%")])))
            let why = try #require(StaffWhy(answer))
            let agents = try #require(answer.recommended)
            #expect(Double(why.phones) == agents)
            #expect(why.scheduled == answer.scheduled(agents) ?? Int(agents))
            #expect(why.parts.reduce(0) { $0 + $1.millionths } == why.scheduled * 1_000_000)
            let rounding = try #require(why.parts.first { $0.name == "whole people" })
            #expect(rounding.millionths >= 0 && rounding.millionths < 1_000_001)
            var printed = 0
            for line in why.report.text().split(separator: "\n") where !line.hasPrefix("=") {
                let number = line.dropFirst(20).prefix(9).filter { !" +.".contains($0) }
                printed += try #require(Int(number))
            }
            #expect(printed == why.scheduled * 100)
        }
    }

    @Test("the ledger adds up with redials, straying volume, breaks and shrinkage together")
    func moreParts() throws {
        func question(_ change: (inout StaffQuestion) -> Void) throws -> StaffWhy {
            let answer = try StaffAnswer(
                Self.question {
                    $0.target = ServiceTarget(share: 0.8, within: 30)
                    $0.patience = 180
                    $0.breaks = Shrinkage("10%")
                    $0.shrinkage = Shrinkage("30%")
                    change(&$0)
                })
            let why = try #require(StaffWhy(answer))
            #expect(Double(why.phones) == answer.recommended)
            #expect(why.scheduled == answer.recommended.flatMap(answer.scheduled))
            return why
        }
        let redials = try question { $0.redial = 0.4 }
        #expect(
            redials.parts.map(\.name) == [
                "work", "variability buffer", "abandonment credit", "redials", "whole people", "breaks", "shrinkage",
            ])
        #expect(redials.parts[3].people > 0)
        let days = try question { $0.dayToDay = 0.15 }
        #expect(
            days.parts.map(\.name) == [
                "work", "variability buffer", "abandonment credit", "volume uncertainty", "whole people", "breaks",
                "shrinkage",
            ])
        #expect(days.parts[3].people > 0)
        // 7 / 0.90 before shrinkage.
        #expect(abs(days.parts[5].people - 7 / 9.0) < 1e-6)
    }

    @Test("the chance of a row is that of its agents, and the last row's is the one asked for")
    func chance() throws {
        let answer = try StaffAnswer(
            Self.question {
                $0.target = ServiceTarget(share: 0.8, within: 30)
                $0.patience = 180
                $0.chance = 0.9
                $0.dayToDay = 0.1
            })
        let last = try #require(answer.rows.last)
        let chance = try #require(last.chance?.chance)
        #expect(answer.recommended == last.agents)
        #expect(chance.high >= 0.9 && chance.low <= chance.value && chance.value <= chance.high)
        let average = try #require(answer.rows.first { $0.model == .erlangA })
        #expect(try #require(average.chance).chance.value < 0.9)
        let why = try #require(StaffWhy(answer))
        #expect(why.parts.map(\.name).suffix(2) == ["whole people", "volume uncertainty"])
        #expect(Double(why.phones) == answer.recommended)
    }

    @Test("all models answer one question side by side, and the verdict is the answering model's")
    func allModels() throws {
        let open = try StaffAnswer(Self.question { $0.patience = 180 }, allModels: true)
        #expect(open.rows.map(\.model) == [.erlangB, .erlangC, .erlangA, .squareRoot])
        #expect(open.rows.map(\.agents) == [6, 7, 6, 6])
        #expect(open.recommended == 6)
        let given = try StaffAnswer(
            Self.question {
                $0.agents = 6
                $0.patience = 180
                $0.model = .erlangB
                $0.target = ServiceTarget(share: 0.8, within: 30)
            }, allModels: true)
        #expect(given.verdict?.contains("met (85.3%)") == true)
    }
}
