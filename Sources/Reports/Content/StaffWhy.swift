import Foundation
import Queueing
import Simulator

/// Why a staffing answer is what it is: the requirement in parts that add up, each with its reason.
///
/// A part is found by switching its effect off: what the need is without it, and with it, everything before it being on.
public struct StaffWhy: Sendable {
    /// One effect.
    public struct Part: Sendable, Hashable {
        /// `variability buffer`.
        public var name: String
        /// People, in millionths, so that the parts add up exactly; below 0 where the effect saves people.
        public var millionths: Int
        /// One plain sentence.
        public var because: String

        public var people: Double { Double(millionths) / 1e6 }
    }

    public private(set) var parts: [Part] = []
    /// How many of `parts` make up the people on the phones; shrinkage comes after them.
    public private(set) var onThePhones = 0
    private var sum = 0

    /// People on the phones, and on the rota where there is shrinkage.
    public var phones: Int { parts.prefix(onThePhones).reduce(0) { $0 + $1.millionths } / 1_000_000 }
    public var rota: Int { parts.reduce(0) { $0 + $1.millionths } / 1_000_000 }

    /// nil where the answer recommends nothing: agents were given, or no number of them does.
    public init?(_ answer: StaffAnswer) {
        let question = answer.question
        guard question.agents == nil, let recommended = answer.recommended else { return nil }
        let model = question.answeringModel
        add(
            "work", question.offeredLoad,
            "\(StaffWords.demand(question)) keep \(StaffWords.load(question.offeredLoad)) people busy all the time.")
        var goals: [StaffGoal] = []
        func need(_ model: StaffModel) -> Double? {
            question.queue(model).solve(for: .exactAgents, agents: 0, goals: goals.map(\.formula)).value
        }
        for goal in question.goals(model) {
            goals.append(goal)
            switch goal {
            case .target:
                // Erlang B and C are their own answer without hang-ups.
                let patient = model == .erlangA ? StaffModel.erlangC : model
                let withPatience = need(patient)
                if let agents = withPatience {
                    add(
                        "variability buffer", agents,
                        "Contacts do not come evenly; it takes that much room to answer \(goal.words)"
                            + (model == .erlangA ? " if nobody hangs up." : "."))
                }
                if model == .erlangA, let agents = need(.erlangA) {
                    // With few lines there may be no answer without hang-ups to set this one against.
                    add(
                        withPatience == nil ? "variability buffer" : "abandonment credit", agents,
                        "Callers who hang up after \(Units.formatDuration(question.patience ?? 0)) on average "
                            + "leave room for the others.")
                }
            case .abandonment:
                if let agents = need(model) {
                    add(
                        "hang-up promise", agents,
                        "With fewer, more than \(Units.formatShare(goal.bound)) would hang up.")
                }
            case .occupancy:
                if let agents = need(model) {
                    add(
                        "occupancy cap", agents,
                        "With fewer, people would be busy more than \(Units.formatShare(goal.bound)) of their time.")
                }
            }
        }
        add("whole people", recommended, "Nobody comes to work as part of a person.")
        onThePhones = parts.count
        if let shrinkage = question.shrinkage, let rota = answer.onTheRota(recommended),
            rota < 1_000_000_000_000
        {
            add(
                "shrinkage", Double(rota),
                "\(Units.formatShare(shrinkage.share)) of paid time is away, breaks included: "
                    + "\(StaffWords.number(recommended)) / \(shrinkage.presence), rounded up.")
        }
    }

    /// What brings the people needed to `total`.
    private mutating func add(_ name: String, _ total: Double, _ because: String) {
        let millionths = Int((total * 1e6).rounded())
        parts.append(Part(name: name, millionths: millionths - sum, because: because))
        sum = millionths
    }

    /// The ledger for people: running totals are rounded to hundredths, so that the printed parts add up too.
    public func text() -> String {
        var lines: [String] = []
        var total = 0
        var shown = 0
        for (index, part) in parts.enumerated() {
            total += part.millionths
            let hundredths = Int((Double(total) / 1e4).rounded())
            lines.append(Self.line(part.name, Self.signed(hundredths - shown, isFirst: index == 0), part.because))
            shown = hundredths
            if index + 1 == onThePhones { lines.append(Self.line("= on the phones", "\(phones)", "")) }
        }
        if parts.count > onThePhones { lines.append(Self.line("= on the rota", "\(rota)", "")) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The parts for programs.
    public var json: JSON {
        .array(
            parts.map {
                .object([
                    ("part", .string($0.name)), ("people", .number($0.people)), ("because", .string($0.because)),
                ])
            })
    }

    /// `+2.17`, `-0.60`, `4.40`.
    private static func signed(_ hundredths: Int, isFirst: Bool) -> String {
        let size = abs(hundredths)
        let digits = "\(size / 100)." + (size % 100 < 10 ? "0" : "") + "\(size % 100)"
        return hundredths < 0 ? "-" + digits : isFirst ? digits : "+" + digits
    }

    private static func line(_ name: String, _ number: String, _ because: String) -> String {
        let left = name + String(repeating: " ", count: max(0, 20 - name.count))
        let right = String(repeating: " ", count: max(0, 9 - number.count)) + number
        return because.isEmpty ? left + right : left + right + "   " + because
    }
}
