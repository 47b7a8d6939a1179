import Foundation
import Synchronization

/// Whether an end was asked for, by Ctrl-C, by SIGTERM (`timeout`, batch systems) or by closing the terminal: once asks
/// for what is done so far, twice ends at once.
final class Interruption: Sendable {
    enum Signal: CaseIterable {
        case interrupt, terminate, hangUp

        var number: Int32 {
            switch self {
            case .interrupt: SIGINT
            case .terminate: SIGTERM
            case .hangUp: SIGHUP
            }
        }

        /// `stopped by Ctrl-C`.
        var name: String {
            switch self {
            case .interrupt: "Ctrl-C"
            case .terminate: "SIGTERM"
            case .hangUp: "the closing of the terminal"
            }
        }

        var status: ExitStatus {
            switch self {
            case .interrupt: .stopped
            case .terminate: .terminated
            case .hangUp: .terminalClosed
            }
        }
    }

    /// The number of the first signal; 0 before there is one.
    private static let first = Atomic<Int32>(0)

    /// From now on a signal is kept for whoever asks.
    func begin() {
        Self.first.store(0, ordering: .relaxed)
        for signal in Signal.allCases {
            // Nothing but an atomic and _exit is safe here. The temporary file has no name, so nothing stays behind.
            let before = Foundation.signal(signal.number) { number in
                if !Interruption.first.compareExchange(expected: 0, desired: number, ordering: .relaxed).exchanged {
                    _exit(128 + number)
                }
            }
            // Under nohup a closed terminal is no reason to stop.
            if signal == .hangUp, Self.isIgnore(before) { Foundation.signal(signal.number, SIG_IGN) }
        }
    }

    /// Signals end the program again.
    func end() {
        for signal in Signal.allCases {
            let before = Foundation.signal(signal.number, SIG_DFL)
            if Self.isIgnore(before) { Foundation.signal(signal.number, SIG_IGN) }
        }
    }

    var signal: Signal? {
        let number = Self.first.load(ordering: .relaxed)
        return Signal.allCases.first { $0.number == number }
    }

    private static func isIgnore(_ handler: sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
