/// What a figure is counted in.
public enum FigureUnit: String, Sendable {
    /// A fraction, shown as 0…100.
    case percent
    case seconds
    case contacts
    /// In the scenario's currency.
    case money
}
