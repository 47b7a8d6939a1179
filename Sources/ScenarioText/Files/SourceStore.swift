import Tabular

/// What was read from files, kept for whoever asks again: a scenario with other settings reads nothing anew.
package final class SourceStore {
    /// The files by name where they do not lie on the disk; nil looks there.
    let given: [String: [UInt8]]?
    private var sources: [String: SourceText] = [:]
    private var trees: [String: Node] = [:]
    private var tables: [String: DelimitedText] = [:]

    package init(given: [String: [UInt8]]? = nil) { self.given = given }

    /// The text of a file; `name` is how it is shown, `place` asks for it. What cannot be read is tried again.
    func source(path: String, name: String, askedAt place: Problem.Place?) -> Result<SourceText, Problem> {
        if let known = sources[path] { return .success(known) }
        let read: Result<SourceText, Problem>
        if let given {
            read =
                given[path].map { SourceText.decode($0, name: name) }
                ?? .failure(SourceText.missing(name, askedAt: place))
        } else {
            read = SourceText.read(path: path, name: name, askedAt: place)
        }
        if case .success(let source) = read { sources[path] = source }
        return read
    }

    func tree(_ source: SourceText, path: String) -> Result<Node, Problems> {
        if let known = trees[path] { return .success(known) }
        let read = Yaml.read(source)
        if case .success(let tree) = read { trees[path] = tree }
        return read
    }

    func table(_ source: SourceText, path: String) -> Result<DelimitedText, Problem> {
        if let known = tables[path] { return .success(known) }
        let read = DelimitedText.read(source)
        if case .success(let table) = read { tables[path] = table }
        return read
    }
}
