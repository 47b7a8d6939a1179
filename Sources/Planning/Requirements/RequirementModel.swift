import Center
import Probability
import Queueing
import Simulator

/// Which formula works out a requirement.
public enum RequirementModel: String, Sendable, CaseIterable, Hashable {
    /// Callers wait until they are answered.
    case erlangC = "erlang-c"
    /// Callers hang up when their exponential patience ends.
    case erlangA = "erlang-a"
    /// Patience of any shape, M/M/n+G.
    case anyPatience = "m/m/n+g"
    /// As the two before, and some of those who hang up call again.
    case erlangX = "erlang-x"

    /// What is known of the type decides: redials, then patience and its shape.
    public init(for type: ContactType) {
        guard let patience = type.patience else {
            self = .erlangC
            return
        }
        if type.redial != nil {
            self = .erlangX
        } else if patience.shape is Exponential {
            self = .erlangA
        } else {
            self = .anyPatience
        }
    }

    /// Whether the model asks for a patience.
    public var needsPatience: Bool { self != .erlangC }

    /// The queue of `type` as the model sees it, with so many contacts in `per` seconds that each bring `handlingTime`
    /// seconds of work.
    func queue(of type: ContactType, contacts: Double, per: Double, handlingTime: Double) -> any StaffedQueue {
        let plain = SingleQueue(contacts: contacts, per: per, handlingTime: handlingTime)
        guard needsPatience, let patience = type.patience else { return plain }
        var exponential = plain
        exponential.patience = patience.mean
        switch self {
        case .erlangC: return plain
        case .erlangA: return exponential
        case .anyPatience: return ImpatientQueue(plain, patience: .law(patience))
        case .erlangX:
            let redials = Redials(
                afterAbandoning: type.redial?.share ?? 0, delay: type.redial?.delay.mean ?? 300,
                atMost: type.redial?.atMost)
            if patience.shape is Exponential { return RedialQueue(exponential, redials: redials) }
            return RedialQueue(ImpatientQueue(plain, patience: .law(patience)), redials: redials)
        }
    }
}
