private import CYaml

/// The door to libyaml, the C parser that Yams brings along: the events of a text, one after the other.
struct YamlEvents: ~Copyable {
    /// The parser points into itself: it stays where it is.
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// What `body` makes of the events of `text`, which is not empty.
    static func read<Result>(
        _ text: [UInt8], _ body: (borrowing YamlEvents) throws(YamlError) -> Result
    ) throws(YamlError) -> Result {
        try text.withUnsafeBufferPointer { bytes throws(YamlError) in try body(try YamlEvents(bytes)) }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YamlError) {
        precondition(!bytes.isEmpty)
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YamlError.memory
        }
        // Nothing is to be guessed from its first bytes.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; to be asked until the text ends.
    func next() throws(YamlError) -> YamlEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw error }
        defer { yaml_event_delete(&event) }
        var result = YamlEvent(kind: .other, mark: YamlMark(event.start_mark))
        switch event.type {
        case YAML_STREAM_END_EVENT: result.kind = .textEnd
        case YAML_DOCUMENT_START_EVENT: result.kind = .document
        case YAML_ALIAS_EVENT: result.kind = .alias(String(cString: event.data.alias.anchor))
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            // The text may hold NUL, written as \0; a byte order mark before it, as where files were joined, is no part
            // of it.
            var bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)[...]
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            let text = String(decoding: bytes, as: UTF8.self)
            let style: YamlEvent.Style =
                switch scalar.style {
                case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
                case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
                default: .plain
                }
            result.kind = .text(text, style)
            result.anchor = scalar.anchor.map { String(cString: $0) }
            result.isTagged = scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT:
            let list = event.data.sequence_start
            result.kind = .list
            result.anchor = list.anchor.map { String(cString: $0) }
            result.isTagged = list.tag != nil
        case YAML_MAPPING_START_EVENT:
            let map = event.data.mapping_start
            result.kind = .map(isFlow: map.style == YAML_FLOW_MAPPING_STYLE)
            result.anchor = map.anchor.map { String(cString: $0) }
            result.isTagged = map.tag != nil
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: result.kind = .end
        default: break
        }
        return result
    }

    /// Why the parser stopped.
    private var error: YamlError {
        let state = parser.pointee
        switch state.error {
        case YAML_READER_ERROR: return .character(offset: state.problem_offset)
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            let context = state.context.map {
                YamlError.Context(text: String(cString: $0), mark: YamlMark(state.context_mark))
            }
            return .form(String(cString: state.problem), YamlMark(state.problem_mark), during: context)
        default: return .memory
        }
    }
}

/// What the parser has come upon.
struct YamlEvent {
    enum Style { case plain, quoted, block }

    enum Kind {
        case text(String, Style)
        /// The nodes of a list or a map follow, up to its end; those of a map are name, value, name, value.
        case list
        case map(isFlow: Bool)
        case end
        case alias(String)
        case document
        case textEnd
        case other
    }

    var kind: Kind
    var mark: YamlMark
    var anchor: String?
    var isTagged = false
}

/// A place as YAML counts: lines and Unicode scalars from 1.
struct YamlMark: Equatable {
    var line: Int
    var column: Int
}

extension YamlMark {
    fileprivate init(_ mark: yaml_mark_t) {
        line = Int(mark.line) + 1
        column = Int(mark.column) + 1
    }
}

/// Why a text is not YAML, in the parser's words.
enum YamlError: Error {
    /// What was being read, and where it began.
    struct Context {
        var text: String
        var mark: YamlMark
    }

    case form(String, YamlMark, during: Context? = nil)
    /// A character that no YAML text has, at this byte.
    case character(offset: Int)
    case memory

    // What the parser leaves to whoever makes a tree of its events.
    static let anotherDocument = "found another document"
    static let undefinedAlias = "found undefined alias"
    static let nesting = "Maximum nesting level reached"
}
