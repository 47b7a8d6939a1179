import Center
import Tabular

extension Scenario {
    /// On screens: its name, or its id where it has none.
    package var shownName: String { TerminalText.line(name.isEmpty ? id : name) }
}

extension ContactType {
    /// On screens: the name in the scenario, or, of what another type brings about, its label.
    package var shownName: String { origin == nil ? id : label }
}
