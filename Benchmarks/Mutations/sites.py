"""Where the sources can be broken, and how: finds places in Swift code and rewrites them so that a mutant is chosen
while the program runs. Lines keep their numbers."""
import re

# What is said in words, promises to the compiler, and what is looked at in debug builds only.
_BLANK_CALLS = re.compile(r"\b(precondition|preconditionFailure|assert|assertionFailure|fatalError)\(|@\w+\(?")
_INLINED = re.compile(r"@(inlinable|usableFromInline)")
_CASE = re.compile(r"^[ \t]*(indirect )?case\b|\b(?<=if |or |rd |le )case\b|(?<=, )case\b", re.M)
_WHERE = re.compile(r"^[^\n]*\b(extension|func|struct|enum|init|protocol)\b[^\n{]*?(\bwhere\b[^\n{]*)", re.M)
_OTHER = re.compile(r"func [<>=!+\-*/&|]+|^[ \t]*import .*|^[ \t]*#(?!expect).*", re.M)
_DEBUG = re.compile(r"#if DEBUG.*?#(?=else|endif)", re.S)


def _past_bracket(text, start, pair="()"):
    """The index after the bracket that closes the one at `start`, in text without words."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] == pair[0]:
            depth += 1
        elif text[at] == pair[1]:
            depth -= 1
            if depth == 0:
                return at + 1
    return len(text)


def _past_string(text, start):
    """The index after the string literal that begins at `start`, with what is interpolated."""
    opening = re.compile(r'(#*)("""|")').match(text, start)
    hashes, quotes = opening.groups()
    at = opening.end()
    while at < len(text):
        if text.startswith(quotes + hashes, at):
            return at + len(quotes + hashes)
        if text.startswith("\\" + hashes, at):
            at += 1 + len(hashes)
            if text[at] == "(":
                depth = 0
                while True:
                    if re.compile(r'#*"').match(text, at):
                        at = _past_string(text, at)
                        continue
                    depth += {"(": 1, ")": -1}.get(text[at], 0)
                    at += 1
                    if depth == 0:
                        break
                continue
        at += 1
    return at


def code_only(text):
    """The text with words and everything that is no place for a mutant blanked; each character keeps its index."""
    parts, at = [], 0

    def blank(until, by):
        parts.append(re.sub(r"[^\n]", by, text[at:until]))
        return until

    for_words = re.compile(r'//|/\*|#*"')
    while found := for_words.search(text, at):
        parts.append(text[at : found.start()])
        at = found.start()
        if found[0] == "//":
            at = blank((text + "\n").index("\n", at), " ")
        elif found[0] == "/*":
            at = blank(text.index("*/", at) + 2, " ")
        else:
            at = blank(_past_string(text, at), '"')
    code = "".join(parts) + text[at:]

    def without(start, end):
        return code[:start] + re.sub(r"[^\n]", " ", code[start:end]) + code[end:]

    for found in _DEBUG.finditer(code):
        code = without(*found.span())
    for found in _INLINED.finditer(code):
        code = without(found.start(), _past_bracket(code, code.find("{", found.start()), "{}"))
    for found in _BLANK_CALLS.finditer(code):
        last = found.end() - 1
        code = without(found.start(), _past_bracket(code, last) if code[last] == "(" else found.end())
    for found in _CASE.finditer(code):
        # Up to the colon or the equals sign that ends the pattern; an enumeration's case has neither.
        end, depth = found.end(), 0
        while end < len(code) and not (depth == 0 and (code[end] in ":\n" or code.startswith(" = ", end))):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(code[end], 0)
            end += 1
        if code[end : end + 1] == "\n" and code[end - 1] == ",":
            end = code.find(":", end)
        elif code.startswith(" = ", end) and code[found.start()] in " \t":
            end = (code + "\n").index("\n", end)
        code = without(found.start(), end + (code[end : end + 1] == ":"))
    for found in _WHERE.finditer(code):
        code = without(*found.span(2))
    for found in _OTHER.finditer(code):
        code = without(*found.span())
    return code


_OPERATOR = re.compile(r"(?<=[\w)\]}\"?!\s] )(<=|>=|==|!=|<|>|\+=|-=|\*=|/=|\+|-|\*|/|&&|\|\|)(?= \S)")
_RANGE = re.compile(r"(?<=[\w)\]])\.\.[.<](?=[\w(\-])|(?<= )\.\.[.<](?= )")
_NOT = re.compile(r"(?<![\w)\]}\"!?.])!(?=[\w(])")
_NUMBER = re.compile(r"(?<![\w.$])(0x[\da-fA-F_.]+p[+-]?\d+|0x[\da-fA-F_]+|\d[\d_]*(\.\d[\d_]*)?(e[+-]?\d+)?)(?!\w|\.\d)")
_TRUTH = re.compile(r"(?<![\w.])(?<!while )(true|false)(?!\w)")
_LEAST = re.compile(r"(?<![\w.])(?<!func )(min|max)\((?=\S)")
_RETURN = re.compile(r"\breturn (?=[^\s}])")
_TYPED = re.compile(r"(?:->|\bvar \w+:)\s*([^{}=\n]+?)\s*\{")
_KINDS = {"Bool": "Bool", "Int": "Int", "Double": "Double"}
_PARTNER = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "+": "-", "-": "+", "*": "/", "/": "*",
    "&&": "||", "||": "&&", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "..<": "...", "...": "..<",
}
_KIND = dict.fromkeys(["<", "<=", ">", ">=", "==", "!="], "comparison") | dict.fromkeys("+-*/", "arithmetic") \
    | dict.fromkeys(["&&", "||"], "logic") | dict.fromkeys(["+=", "-=", "*=", "/="], "assignment") \
    | dict.fromkeys(["..<", "..."], "range")


def _expression_end(code, start):
    """Where the expression at `start` ends: at the end of a line that nothing continues, or before a brace."""
    depth = 0
    for at in range(start, len(code)):
        if code[at] in "([{":
            depth += 1
        elif code[at] in ")]}":
            depth -= 1
            if depth < 0:
                return len(code[:at].rstrip())
        elif code[at] == "\n" and depth == 0 and not re.match(r"\s*([.?:&|+\-*/<>=]|in\b)", code[at:]):
            return len(code[:at].rstrip())
    return len(code)


def candidates(code):
    """Yields (index, kind, before, after, edits) for every place; an edit is (start, end, text with {n} for the number)."""
    for found in [*_OPERATOR.finditer(code), *_RANGE.finditer(code)]:
        own = found[0]
        yield found.start(), _KIND[own], own, _PARTNER[own], [(found.end(), found.end(), "{mark}")]
    for found in _NOT.finditer(code):
        yield found.start(), "logic", "!", "nothing", [(found.end(), found.end(), "{mark}")]
    for found in _NUMBER.finditer(code):
        own = found[0]
        whole = re.fullmatch(r"0x[\da-fA-F_]+|[\d_]+", own)
        new = f"{own} + 1" if whole else f"{own} * 1.5 + 0.001"
        yield found.start(), "constant", own, new, [(*found.span(), "(mutant({n}) ? " + new + " : " + own + ")")]
    for found in _TRUTH.finditer(code):
        own, new = found[0], "false" if found[0] == "true" else "true"
        yield found.start(), "constant", own, new, [(*found.span(), "(mutant({n}) ? " + new + " : " + own + ")")]
    for found in _LEAST.finditer(code):
        own = found[1]
        yield found.start(), "min, max", own, "max" if own == "min" else "min", [(*found.span(1), own + "OfMutant{n}")]
    types = list(_TYPED.finditer(code))
    bodies = []
    for found in _RETURN.finditer(code):
        type = next((t[1] for t in reversed(types) if t.end() <= found.start()), None)
        if type in _KINDS:
            bodies.append((found.end(), _expression_end(code, found.end()), type))
    for found in types:
        body = code[found.end() : _past_bracket(code, found.end() - 1, "{}") - 1]
        words = body.strip()
        if found[1] in _KINDS and words and "\n" not in words and not re.match(
                r".*\b(return|let|var|guard|if|switch|for|get|set|throw|nonmutating)\b", words):
            start = found.end() + body.index(words)
            bodies.append((start, start + len(words), found[1]))
    for start, end, type in bodies:
        own = " ".join(code[start:end].split())
        new = {"Bool": "!({})", "Int": "({}) + 1", "Double": "({}) * 1.5 + 1"}[type].format(own)
        yield start, "return", own, new, [(start, start, "mutated({n}, "), (end, end, ")")]


def mark(number):
    """The tail that makes an operator one of its own."""
    return "~" + bin(number)[2:].replace("0", "~").replace("1", "^")


_HEAD = """import CMutants

@usableFromInline func mutant(_ number: Int32) -> Bool { mutant_on(number) }
@inline(__always) func mutated(_ number: Int32, _ value: Bool) -> Bool { mutant(number) ? !value : value }
@inline(__always) func mutated(_ number: Int32, _ value: Int) -> Int { mutant(number) ? value + 1 : value }
@inline(__always) func mutated(_ number: Int32, _ value: Double) -> Double { mutant(number) ? value * 1.5 + 1 : value }
"""
_PRECEDENCE = {"comparison": "Comparison", "range": "RangeFormation", "assignment": "Assignment"}


def declarations(sites):
    """The file that a module's mutants need: their operators, and functions for the rest."""
    lines = [_HEAD]
    for site in sites:
        n, own, new = site["number"], site["before"], site["after"]
        on, op = f"mutant({n})", own + mark(n)
        inline = "@inline(__always)"
        if site["kind"] == "min, max":
            lines.append(
                f"{inline} func {own}OfMutant{n}<T: Comparable>(_ a: T, _ b: T) -> T {{ {on} ? {new}(a, b) : {own}(a, b) }}\n"
                f"func {own}OfMutant{n}<T: Comparable>(_ a: T, _ b: T, _ c: T, _ more: T...) -> T {{ "
                f"{on} ? ([a, b, c] + more).{new}()! : ([a, b, c] + more).{own}()! }}")
            continue
        if own == "!":
            lines.append(f"prefix operator {op}\n{inline} prefix func {op} (a: Bool) -> Bool {{ {on} ? a : !a }}")
            continue
        if own not in _PARTNER or site["kind"] in ("constant", "return"):
            continue
        group = _PRECEDENCE.get(site["kind"]) or {
            "+": "Addition", "-": "Addition", "*": "Multiplication", "/": "Multiplication",
            "&&": "LogicalConjunction", "||": "LogicalDisjunction"}[own]
        lines.append(f"infix operator {op} : {group}Precedence")
        if site["kind"] == "range":
            result, body = ("Range", "a ..< (mutant({n}) ? b.advanced(by: 1) : b)") if own == "..<" else (
                "ClosedRange", "a ... (mutant({n}) ? max(a, b.advanced(by: -1)) : b)")
            lines.append(f"{inline} func {op} <T: Strideable>(a: T, b: T) -> {result}<T> where T.Stride: SignedInteger "
                         f"{{ {body.format(n=n)} }}")
        elif site["kind"] == "logic":
            lines.append(f"{inline} func {op} (a: Bool, b: @autoclosure () throws -> Bool) rethrows -> Bool "
                         f"{{ {on} ? try a {new} b() : try a {own} b() }}")
        elif site["kind"] == "comparison":
            type = "Equatable" if own in ("==", "!=") else "Comparable"
            lines.append(f"{inline} func {op} <T: {type}>(a: T, b: T) -> Bool {{ {on} ? a {new} b : a {own} b }}")
            if type == "Equatable":
                # nil stands beside values that cannot be compared, too.
                lines.append(f"{inline} func {op} <T>(a: T?, b: _OptionalNilComparisonType) -> Bool "
                             f"{{ {on} ? a {new} b : a {own} b }}")
        else:
            for type in ["AdditiveArithmetic"] if own[0] in "+-" else ["FloatingPoint", "BinaryInteger"]:
                lines.append(
                    f"{inline} func {op} <T: {type}>(a: inout T, b: T) {{ if {on} {{ a {new} b }} else {{ a {own} b }} }}"
                    if site["kind"] == "assignment" else
                    f"{inline} func {op} <T: {type}>(a: T, b: T) -> T {{ {on} ? a {new} b : a {own} b }}")
    return "\n".join(lines) + "\n"


def rewritten(text, sites):
    """The text with the mutants of these sites."""
    edits = [(start, end, new.replace("{n}", str(site["number"])).replace("{mark}", mark(site["number"])))
             for site in sites for start, end, new in site["edits"]]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
