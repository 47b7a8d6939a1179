import Testing

@testable import Documents
@testable import Reports

@Suite("Folders and names of paths")
struct PathPartsTests {
    @Test(
        "a path is a folder and a name, however short",
        arguments: [
            ("o", "", "o"), ("out", "", "out"), ("a/b", "a", "b"), ("a/b/", "a", "b"), ("/a", "/", "a"),
            ("/", "/", "/"),
            ("/a/b", "/a", "b"), ("./o", ".", "o"), ("../o", "..", "o"), ("a//b", "a", "b"), ("", "", ""),
            (".", "", "."),
        ])
    func parts(_ path: String, _ folder: String, _ name: String) {
        #expect(PathParts(path).folder == folder)
        #expect(PathParts(path).name == name)
    }
}
