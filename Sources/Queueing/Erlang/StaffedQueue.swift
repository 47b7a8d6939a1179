/// A model whose arrivals can be turned up and down, so that redials can be added to them.
public protocol StaffedQueue: StaffingModel {
    /// Contacts per second; first attempts where some call again.
    var arrivalRate: Double { get }
    /// Mean, seconds.
    var handlingTime: Double { get }
    /// The same queue with another arrival rate, per second.
    func with(arrivalRate: Double) -> Self
}

extension SingleQueue: StaffedQueue {}

extension ImpatientQueue: StaffedQueue {
    public var arrivalRate: Double { contacts.arrivalRate }
    public var handlingTime: Double { contacts.handlingTime }

    public func with(arrivalRate: Double) -> ImpatientQueue {
        ImpatientQueue(contacts.with(arrivalRate: arrivalRate), patience: patience)
    }
}
