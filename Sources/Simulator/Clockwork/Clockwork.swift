/// What time it is, and what is planned: events, and the appointments that were known before the first contact.
struct Clockwork: ~Copyable {
    private(set) var now = 0.0
    /// The time of the first event or appointment, whichever is earlier.
    private(set) var nextTime = Double.infinity
    private var events = EventQueue()
    private var sequence: UInt64 = 0
    private(set) var appointments: [Blueprint.Appointment]
    private(set) var nextAppointment = 0
    /// By agent: who is away today, and keeps no appointments.
    let isAbsent: Dense<Bool>

    init(_ plan: Blueprint, in memory: Memory) {
        appointments = plan.appointments
        isAbsent = Dense(repeating: false, count: plan.agents.count, in: memory)
    }

    /// Begins anew, with nothing planned but appointments.
    mutating func begin(_ appointments: [Blueprint.Appointment]) {
        self.appointments = appointments
        nextAppointment = 0
        nextTime = appointments.first?.time ?? .infinity
    }

    mutating func clear() {
        events.removeAll()
        now = 0
        sequence = 0
    }

    @inline(__always)
    mutating func move(to time: Double) {
        assert(time >= now, "time runs forward")
        now = time
    }

    mutating func schedule(_ kind: Event.Kind, at time: Double, subject: Int, generation: UInt32 = 0) {
        assert(time >= now, "nothing is planned for the past")
        sequence &+= 1
        events.insert(Event(kind, at: time, sequence: sequence, subject: subject, generation: generation))
        if time < nextTime { nextTime = time }
    }

    /// The earlier of the first planned event and the next appointment, unless a handling ends or somebody arrives
    /// before; appointments of people who are away are passed over.
    @inline(never)
    mutating func next(before finish: Double, _ arrival: Double) -> Event? {
        while nextAppointment < appointments.count, isVoid(appointments[nextAppointment]) {
            nextAppointment += 1
        }
        var first: Event?
        var isAppointment = false
        if !events.isEmpty { first = events.first }
        if nextAppointment < appointments.count {
            let appointment = appointments[nextAppointment]
            // A subject below zero means a change of staffing, another one a person who comes on duty; both find the
            // rest by the index.
            let subject = appointment.isStaffing ? -(nextAppointment + 1) : appointment.subject
            let event = Event(appointment.kind, at: appointment.time, sequence: 0, subject: subject)
            isAppointment = first.map { Event.precedes(event, $0) } ?? true
            if isAppointment { first = event }
        }
        nextTime = first?.time ?? .infinity
        guard let first, first.time <= min(finish, arrival) else { return nil }
        // Kinds that come after the end of a handling in the order of events still come before an arrival.
        if first.time == finish, first.kind.rawValue > Event.Kind.finish.rawValue { return nil }
        if isAppointment { nextAppointment += 1 } else { _ = events.removeFirst() }
        let upcoming = nextAppointment < appointments.count ? appointments[nextAppointment].time : .infinity
        nextTime = events.isEmpty ? upcoming : min(events.first.time, upcoming)
        return first
    }

    mutating func isVoid(_ appointment: Blueprint.Appointment) -> Bool {
        let concernsAgent = appointment.kind == .leave || appointment.kind == .pause || appointment.kind == .beginDuty
        return concernsAgent && !appointment.isStaffing && isAbsent[appointment.subject]
    }

    /// The planned events of a kind, in their order.
    func planned(_ kind: Event.Kind) -> [Event] { events.all.filter { $0.kind == kind }.sorted(by: Event.precedes) }
}
