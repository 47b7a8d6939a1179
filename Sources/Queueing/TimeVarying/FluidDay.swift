/// What the fluid model says of one interval.
public struct FluidMeasures: Sendable, Hashable {
    /// Contacts that arrive.
    public var offered: Double
    /// Mean number waiting.
    public var queueMean: Double
    /// Mean number of busy agents.
    public var busyMean: Double
    /// Waiting or in service when the interval ends.
    public var inSystemAtEnd: Double
    /// Contacts that give up waiting during the interval.
    public var abandonsDuring: Double
    /// Contacts whose service ends during the interval.
    public var servedDuring: Double
}

extension VaryingDay {
    /// The day as a fluid: x′ = λ(t) − μ min(x, s(t)) − θ (x − s(t))⁺ from an empty center (Mandelbaum, Massey, Reiman
    /// 1998; Liu, Whitt 2012), each interval in closed form.
    ///
    /// It carries a backlog over from interval to interval, in microseconds, and knows no chance: good in overload, where
    /// it errs by about the square root of the load, useless near balance, where waits come from chance alone. Contacts
    /// of agents whose shift ends go back to the queue, whatever `shiftEnd` says.
    public func fluidMeasures() -> [FluidMeasures] {
        var x = 0.0
        return intervals.map { interval in
            let path = FluidPath(
                arrival: interval.arrivalRate, agents: Double(interval.agents), service: 1 / handlingTime,
                leaving: 1 / patience)
            let (end, busy, waiting) = path.follow(x, interval.duration)
            x = end
            let perTime = interval.duration > 0 ? 1 / interval.duration : 0
            return FluidMeasures(
                offered: interval.arrivalRate * interval.duration, queueMean: waiting * perTime,
                busyMean: busy * perTime, inSystemAtEnd: end, abandonsDuring: waiting / patience,
                servedDuring: busy / handlingTime)
        }
    }
}
