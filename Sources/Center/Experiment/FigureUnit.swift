/// What a figure is counted in.
public enum FigureUnit: String, Sendable {
    /// A fraction, shown as 0…100.
    case percent
    /// Seconds, shown as such or as minutes and hours.
    case seconds
    /// Numbers of contacts.
    case contacts
    /// In the scenario's currency.
    case money
}
