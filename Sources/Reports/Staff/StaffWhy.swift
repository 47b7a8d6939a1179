import Documents
import Foundation
import Queueing
import Simulator
import Tabular

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

        /// People, with the fraction.
        public var people: Double { Double(millionths) / 1e6 }
    }

    /// In the order in which effects are switched on; they add up to the requirement.
    public private(set) var parts: [Part] = []
    /// How many of `parts` make up the people on the phones; shrinkage comes after them.
    public private(set) var onThePhones = 0
    private var sum = 0

    /// Whole people on the phones.
    public var phones: Int { parts.prefix(onThePhones).reduce(0) { $0 + $1.millionths } / 1_000_000 }
    /// Whole scheduled people; `phones` where nobody is ever away.
    public var scheduled: Int { parts.reduce(0) { $0 + $1.millionths } / 1_000_000 }

    /// nil where the answer recommends nothing: agents were given, or no number of them does.
    public init?(_ answer: StaffAnswer) {
        let question = answer.question
        guard question.agents == nil, let recommended = answer.recommended else { return nil }
        let model = question.answeringModel
        add(
            "work", question.offeredLoad,
            "\(StaffWords.demand(question)) keep \(StaffWords.load(question.offeredLoad)) people busy all the time.")
        var goals: [StaffGoal] = []
        func need(_ staffing: any StaffingModel) -> Double? {
            staffing.exactAgentsNeeded(for: goals.map(\.formula))
        }
        for goal in question.goals(model) {
            goals.append(goal)
            switch goal {
            case .target:
                for step in Self.steps(to: model, question) {
                    let staffing = step == model ? answer.answering : question.staffing(step)
                    // With few lines there may be no answer without hang-ups to set the next one against.
                    guard let agents = need(staffing) else { continue }
                    let isFirst = parts.count == 1
                    add(
                        isFirst ? "variability buffer" : Self.name(step), agents,
                        Self.reason(step, isFirst: isFirst, goal, question))
                }
            case .abandonment:
                if let agents = need(answer.answering) {
                    add(
                        "hang-up promise", agents,
                        "With fewer, more than \(Units.formatShare(goal.bound)) would hang up.")
                }
            case .occupancy:
                if let agents = need(answer.answering) {
                    add(
                        "occupancy cap", agents,
                        "With fewer, people would be busy more than \(Units.formatShare(goal.bound)) of their time.")
                }
            }
        }
        if let days = question.days, let agents = need(days) {
            add(
                "volume uncertainty", agents,
                "Volume strays \(Units.formatShare(question.dayToDay ?? 0)) from day to day, and busy days have most of "
                    + "the contacts.")
        }
        guard let wanted = question.chance else {
            add("whole people", recommended, "Nobody comes to work as part of a person.")
            onThePhones = parts.count
            addScheduled(answer, recommended)
            return
        }
        add("whole people", (Double(sum) / 1e6 - 1e-9).rounded(.up), "Nobody comes to work as part of a person.")
        var chances = ["contacts come by chance"]
        if let strays = question.dayToDay { chances.append("volume strays \(Units.formatShare(strays))") }
        if let absent = question.absence { chances.append("\(Units.formatShare(absent)) of people do not come") }
        add(
            "volume uncertainty", recommended,
            "So that \(Units.formatShare(wanted)) of \(answer.timeSpan) meet the target, not only the average: "
                + "\(chances.joined(separator: ", ")).")
        onThePhones = parts.count
        addScheduled(answer, recommended)
    }

    /// The models that lead from patient callers to the one that answers, each with one more effect.
    private static func steps(to model: StaffModel, _ question: StaffQuestion) -> [StaffModel] {
        var steps: [StaffModel] = model == .erlangB ? [.erlangB] : [.erlangC]
        guard model == .erlangA || model == .erlangX || model == .simulation else { return steps }
        if question.patience != nil { steps.append(.erlangA) }
        if question.redial != nil { steps.append(.erlangX) }
        if model == .simulation { steps.append(.simulation) }
        return steps
    }

    private static func name(_ step: StaffModel) -> String {
        switch step {
        case .erlangX: "redials"
        case .simulation: "spread of work"
        default: "abandonment credit"
        }
    }

    private static func reason(
        _ step: StaffModel, isFirst: Bool, _ goal: StaffGoal, _ question: StaffQuestion
    ) -> String {
        if isFirst {
            return "Contacts do not come evenly; it takes that much room to answer \(goal.words)"
                + (step == .erlangC && question.patience != nil && question.answeringModel != .erlangC
                    ? " if nobody hangs up." : ".")
        }
        return switch step {
        case .erlangX:
            "\(Units.formatShare(question.redial ?? 0)) of those who fail call again, and so there are more contacts."
        case .simulation:
            "Played with handling times of spread \(StaffWords.number(question.spread ?? 1)), in whole people."
        default:
            "Callers who hang up after \(Units.formatDuration(question.patience ?? 0)) on average "
                + "leave room for the others."
        }
    }

    /// From the phones to the rota: breaks, then what is away altogether.
    private mutating func addScheduled(_ answer: StaffAnswer, _ agents: Double) {
        let question = answer.question
        guard let scheduled = answer.scheduled(agents), scheduled < 1_000_000_000_000 else { return }
        var phones = StaffWords.number(agents)
        if let breaks = question.breaks {
            let share = Units.formatShare(breaks.share)
            if question.shrinkage == nil {
                add(
                    "breaks", Double(scheduled),
                    "\(share) of a shift is break or lunch: \(phones) / \(breaks.presence), rounded up.")
            } else {
                add(
                    "breaks", agents / (1 - breaks.share),
                    "\(share) of a shift is break or lunch: \(phones) / \(breaks.presence).")
                phones += " / \(breaks.presence)"
            }
        }
        if let shrinkage = question.shrinkage {
            add(
                "shrinkage", Double(scheduled),
                "\(Units.formatShare(shrinkage.share)) of paid time is away\(question.breaks == nil ? ", breaks included" : ""): "
                    + "\(phones) / \(shrinkage.presence), rounded up.")
        }
    }

    /// What brings the people needed to `total`.
    private mutating func add(_ name: String, _ total: Double, _ because: String) {
        let millionths = Int((total * 1e6).rounded())
        parts.append(Part(name: name, millionths: millionths - sum, because: because))
        sum = millionths
    }

    /// The ledger for people: running totals are rounded to hundredths, so that the printed parts add up too.
    public var report: Report {
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
        if parts.count > onThePhones { lines.append(Self.line("= on the rota", "\(scheduled)", "")) }
        return [.words(lines)]
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
