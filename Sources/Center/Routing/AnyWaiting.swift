/// Any contact of the most urgent priority with equal chances, the n-th choice of each agent at an address of its own:
/// another agent, type or thread changes no draw.
struct AnyWaiting: ContactPolicy {
    static let keyword = "random"
    static let summary = "Any contact of the most urgent priority, with equal chances."

    var order: ContactOrder { .lots }
}

extension PickContact {
    /// Any contact of the most urgent priority, with equal chances.
    public static let random = PickContact(AnyWaiting())
}
