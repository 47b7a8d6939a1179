import Documents
import Experiments
import Foundation
import Reports
import Simulator
import Synchronization
import Tabular

/// How far a long piece of work is, in plain values.
struct ProgressReport: Sendable, Equatable {
    var done: Int
    /// How many in all, as far as is known now.
    var total: Int
    /// `total` is an estimate, since runs go on until a precision is reached.
    var about = false
    /// The result watched, such as a contact type's name.
    var watched: String?
    /// What its value is measured in.
    var valueUnit = Metric.Unit.percent
    /// Its value so far, in the base unit: a fraction 0…1, seconds, contacts.
    var value: Double?
    /// The half-width of its interval, in the same unit.
    var halfWidth: Double?
    /// The half-width to be reached, in the same unit.
    var goal: Double?

    /// 0…1; a run that needs more than was thought stays below one.
    var share: Double { total <= 0 ? 0 : min(1, max(0, Double(done) / Double(total))) }
}

extension ProgressReport {
    /// How far an experiment is; `named` says which figure it is about.
    init(_ state: Experiment.Progress, named: Bool = true) {
        self.init(done: state.done, total: state.total, about: state.isGuess)
        guard let figure = state.watched else { return }
        watched = named ? figure.name : nil
        valueUnit = figure.unit
        value = figure.estimate.value
        halfWidth = figure.estimate.reach
        goal = state.isGuess ? figure.goal : nil
    }
}

/// The progress line on stderr: starts after a second, at most ten a second on a terminal, now and then in a log.
final class Progress: Sendable {
    enum Style: String, Sendable, CaseIterable { case auto, bar, lines, json, none }

    private struct State {
        var lastShown: Double?
        var lastShare = 0.0
        var drawn = false
    }

    private let verb: String
    private let unit: String
    private let style: Style
    private let unicode: Bool
    private let width: Int?
    private let seconds: @Sendable () -> Double
    private let write: @Sendable (String) -> Void
    private let start: Double
    private let state = Mutex(State())

    /// - Parameters:
    ///   - verb: what is going on, "simulating".
    ///   - unit: what is counted, "runs".
    ///   - seconds: a clock that only goes forward, in seconds.
    init(
        _ verb: String, unit: String, style: Style, unicode: Bool, width: Int?,
        seconds: @escaping @Sendable () -> Double, write: @escaping @Sendable (String) -> Void
    ) {
        self.verb = verb
        self.unit = unit
        self.style = style
        self.unicode = unicode
        self.width = width
        self.seconds = seconds
        self.write = write
        start = seconds()
    }

    /// The line of this console: a bar on a terminal, full lines elsewhere, nothing when quiet.
    convenience init(_ verb: String, unit: String, style: Style, console: Console) {
        let quiet = console.verbosity == .quiet
        let shown: Style = style == .auto ? (quiet ? .none : console.err.isTerminal ? .bar : .lines) : style
        let write = console.err.write
        self.init(
            verb, unit: unit, style: shown, unicode: console.unicode, width: console.err.width,
            seconds: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 },
            write: { try? write(Array($0.utf8)) })
    }

    /// Takes the newest state and shows it if it is time to; may be called from any thread, as often as one likes.
    func update(_ report: ProgressReport) {
        guard style != .none else { return }
        let now = seconds()
        let elapsed = now - start
        state.withLock { state in
            guard elapsed >= 1, isDue(report, now: now, state: state) else { return }
            state.lastShown = now
            state.lastShare = report.share
            switch style {
            case .auto, .none: break
            case .bar:
                state.drawn = true
                write("\r\u{1B}[K" + fitted(bar(report, elapsed: elapsed)))
            case .lines: write(line(report, elapsed: elapsed) + "\n")
            case .json: write(json(report, elapsed: elapsed).line + "\n")
            }
        }
    }

    /// Takes the bar away, so that the result starts on a clean line.
    func finish() {
        state.withLock { state in
            if state.drawn { write("\r\u{1B}[K") }
            state.drawn = false
        }
    }

    /// Bars and JSON ten times a second at most; lines when both a tenth of the work and 30 s have passed.
    private func isDue(_ report: ProgressReport, now: Double, state: State) -> Bool {
        if style == .lines { return now - (state.lastShown ?? start) >= 30 && report.share - state.lastShare >= 0.1 }
        return now - (state.lastShown ?? -.infinity) >= 0.1
    }

    /// `simulating [█████████▋          ] 48%  192 of about 400 runs  scheduling 83.1% ±1.3, goal ±1.0  0:21 left`
    func bar(_ report: ProgressReport, elapsed: Double) -> String {
        let parts = [
            "\(verb) [\(barCells(report.share))] \(percent(report))", count(report), watched(report),
            timeLeft(report, elapsed: elapsed).map { Self.clock($0) + " left" },
        ]
        return parts.compactMap { $0 }.joined(separator: "  ")
    }

    /// `simulating: 48% 192 of about 400 runs, scheduling 83.1% ±1.3, goal ±1.0, about 21s left`
    func line(_ report: ProgressReport, elapsed: Double) -> String {
        let parts = [
            "\(verb): \(percent(report)) \(count(report))", watched(report),
            timeLeft(report, elapsed: elapsed).map { "about " + Self.words($0) + " left" },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    func json(_ report: ProgressReport, elapsed: Double) -> JSON {
        .object([
            ("schema", .string("switchboard/progress/1")), ("doing", .string(verb)), ("done", .integer(report.done)),
            ("total", .integer(report.total)), ("about", .bool(report.about)), ("watched", .text(report.watched)),
            ("unit", .text(report.watched.map { _ in Self.unitWord(report.valueUnit) })),
            ("value", .optional(report.value)), ("half_width", .optional(report.halfWidth)),
            ("goal", .optional(report.goal)), ("seconds", .number((elapsed * 1000).rounded() / 1000)),
            ("seconds_left", .optional(timeLeft(report, elapsed: elapsed)?.rounded())),
        ])
    }

    /// What the values of `json` are in.
    private static func unitWord(_ unit: Metric.Unit) -> String {
        switch unit {
        case .percent: "share"
        case .seconds: "s"
        case .contacts: "contacts"
        case .money: "money"
        }
    }

    private func percent(_ report: ProgressReport) -> String { "\(Int(report.share * 100))%" }

    private func count(_ report: ProgressReport) -> String {
        "\(report.done) of \(report.about ? "about " : "")\(report.total) \(unit)"
    }

    private func watched(_ report: ProgressReport) -> String? {
        guard let name = report.watched.map(TerminalText.line), let value = report.value else { return nil }
        let sign = unicode ? "±" : "+-"
        let (factor, ending, spread) =
            switch report.valueUnit {
            case .percent: (100.0, "%", "")
            case .seconds: (1.0, "s", "s")
            case .contacts, .money: (1.0, "", "")
            }
        var text = name + String(format: " %.1f", value * factor) + ending
        if let halfWidth = report.halfWidth, halfWidth.isFinite {
            text += String(format: " \(sign)%.1f", halfWidth * factor) + spread
        }
        if let goal = report.goal { text += String(format: ", goal \(sign)%.1f", goal * factor) + spread }
        return text
    }

    /// Twenty cells, each in eighths where the characters allow.
    private func barCells(_ share: Double) -> String {
        let cells = 20
        guard unicode else {
            let full = Int(share * Double(cells))
            return String(repeating: "#", count: full) + String(repeating: " ", count: cells - full)
        }
        let eighths = Int(share * Double(cells * 8) + 0.5)
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let text = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
        return text + String(repeating: " ", count: cells - text.count)
    }

    /// Seconds, if the rest goes as fast as what is done.
    private func timeLeft(_ report: ProgressReport, elapsed: Double) -> Double? {
        guard report.done > 0, report.total >= report.done else { return nil }
        return elapsed * Double(report.total - report.done) / Double(report.done)
    }

    /// A line that would wrap cannot be drawn over: it is cut.
    private func fitted(_ text: String) -> String {
        guard let width, text.count >= width else { return text }
        return String(text.prefix(max(0, width - 1)))
    }

    /// `0:21`, `12:05`, `1:02:03`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 3_599_999))
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }

    /// `21s`, `6m`, `1h10m`: rough, as befits a guess.
    static func words(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 3_599_999))
        if whole < 60 { return "\(whole)s" }
        let minutes = (whole + 30) / 60
        if minutes < 60 { return "\(minutes)m" }
        return "\(minutes / 60)h" + (minutes % 60 == 0 ? "" : "\(minutes % 60)m")
    }
}
