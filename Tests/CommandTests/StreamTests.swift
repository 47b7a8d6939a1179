import Foundation
import Testing

/// What stdout, signals and odd files do to a command: the work is saved first, and nothing is waited for without end.
@Suite("Streams and signals")
struct StreamTests {
    private let stage = Stage()

    private func run(_ command: String) throws -> Stage.Result {
        // Whatever would hang is ended, and then seen by its status 124.
        let result = try stage.run("timeout 60 sh -c '\(command.replacing("'", with: "'\\''"))'")
        #expect(result.status != 124, "\(command)")
        return result
    }

    private func clinic() throws { try stage.copy("scenarios/02-clinic", as: "clinic") }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: stage.path)) ?? []).sorted()
    }

    private func check(_ folder: String) throws {
        let checked = try run("switchboard check \(folder)")
        #expect(checked.out == "\(folder): every file is as the run wrote it.\n" && checked.status == 0)
    }

    @Test(
        "a reader that goes early loses nothing, and the exit status is that of the run",
        arguments: ["| true", "| head -n 1 > /dev/null", "--json | true", "--csv | head -c 5 > /dev/null"])
    func closedPipe(end: String) throws {
        try clinic()
        let result = try run(
            "(switchboard simulate clinic --runs 3 -o week \(end.prefix { $0 != "|" }); echo status $? >&2) "
                + end.drop { $0 != "|" })
        #expect(result.err == "saved week (7 tables)\nstatus 0\n")
        try check("week")
        // Shown again, and judged: that nobody reads does not make a missed target a met one.
        let again = try run(
            "(switchboard simulate clinic --runs 3 --set agents=1 --no-save --fail-if-missed -q; "
                + "echo status $? >&2) | true")
        #expect(again.err == "status 2\n", "\(again.err)")
    }

    @Test("a full stdout is an error that says where the run is")
    func fullOutput() throws {
        try clinic()
        let result = try run("switchboard simulate clinic --runs 3 -o week > /dev/full")
        #expect(
            result.err == """
                saved week (7 tables)
                error: cannot write the result: no space left on device [E722]
                  hint: nothing is lost: it is saved in week

                """)
        #expect(result.status == 74)
        try check("week")
        let again = try run("switchboard simulate clinic --runs 3 -o week > /dev/full")
        #expect(
            again.err == """
                error: cannot write the result: no space left on device [E722]
                  hint: nothing is lost: it is saved in week

                """)
        #expect(again.status == 74)
        let staff = try run("switchboard staff clinic -o needs.csv -q > /dev/full")
        #expect(
            staff.err == """
                error: cannot write the result: no space left on device [E722]
                  hint: nothing is lost: it is saved in needs.csv

                """)
        #expect(staff.status == 74 && files.contains("needs.csv"))
    }

    @Test("a stdout that is closed takes no result, and no file takes its place")
    func closedOutput() throws {
        try clinic()
        let result = try run("switchboard simulate clinic --runs 3 -o week >&-")
        #expect(result.err.contains("error: cannot write the result: ") && result.status == 74)
        try check("week")
        let all = try run("switchboard simulate clinic --runs 3 -o other <&- >&- 2>&-")
        #expect(all.status == 74)
        try check("other")
    }

    @Test("what one file lacks is told although nobody reads what is said of another")
    func checkIsJudged() throws {
        try clinic()
        try stage.write("name: x\n", to: "bad.yaml")
        let result = try run("(switchboard check clinic bad.yaml -q 2> /dev/null; echo status $? >&2) | true")
        #expect(result.err == "status 65\n")
    }

    @Test(
        "a run that is told to stop keeps what is done, and can be made again",
        arguments: [("INT", 130, "Ctrl-C"), ("TERM", 143, "SIGTERM"), ("HUP", 129, "the closing of the terminal")]
            as [(String, Int32, String)])
    func stopped(signal: String, status: Int32, name: String) throws {
        try clinic()
        let result = try run(
            """
            switchboard simulate clinic --runs 100000000 -o week --threads 1 > out & id=$!
            sleep 3; kill -\(signal) $id; wait $id; echo status $? >&2
            """)
        #expect(
            result.err.hasSuffix(
                """
                saved week (7 tables)
                stopped by \(name): what was done until then is kept and marked incomplete
                status \(status)

                """), "\(result.err)")
        let text = try String(contentsOfFile: stage.path + "/week/run.json", encoding: .utf8)
        let command = try #require(
            text.split(separator: "\n").first { $0.contains("\"reproduce\"") }?.split(separator: "\"")[3])
        #expect(command.hasPrefix("switchboard simulate scenario.yaml --seed 1 --runs "))
        let same = try run(
            "cd week && \(command) -o ../again -q > ../out2; cd .. && cmp out out2 && diff -r -x run.json week again")
        #expect(same.status == 0 && same.out.isEmpty, "\(same.out)\(same.err)")
        try check("again")
        let checked = try run("switchboard check week")
        #expect(checked.err == "warning: week is incomplete: the run was stopped before its end [W191]\n")
    }

    @Test("timeout ends a run that keeps what is done")
    func timeout() throws {
        try clinic()
        let result = try run("timeout 2 switchboard simulate clinic --runs 100000000 -o week -q > out; echo $? >&2")
        #expect(result.err == "124\n")
        #expect(try run("switchboard check week -q").status == 0)
    }

    @Test("in a folder that was deleted nothing runs for ever")
    func deletedFolder() throws {
        try clinic()
        let result = try run(
            "here=$PWD; mkdir gone && cd gone && rmdir ../gone && switchboard simulate $here/clinic/scenario.yaml --runs 3"
        )
        let id = result.err.components(separatedBy: "clinic-simulate-").last?.prefix(8) ?? ""
        #expect(
            result.err.hasSuffix(
                """
                error: cannot create output/clinic-simulate-\(id): \
                the current folder was deleted [E721]
                  hint: go to another folder first, or choose a place with -o

                """), "\(result.err)")
        #expect(result.status == 73)
        let named = try run(
            "here=$PWD; mkdir gone && cd gone && rmdir ../gone && switchboard simulate $here/clinic --runs 3 -q "
                + "-o $here/week > /dev/null")
        #expect(named.status == 0 && files.contains("week"))
        for command in ["init", "check x.yaml", "explain contact a-1", "staff x.yaml"] {
            let result = try run("mkdir gone && cd gone && rmdir ../gone && switchboard \(command)")
            #expect(result.status != 0 && !result.err.contains("E799"), "\(result.err)")
        }
    }

    @Test(
        "a pipe, a device or a socket is not waited for",
        arguments: [
            ("simulate pipe.yaml", "pipe.yaml is a named pipe, not a file"),
            ("check pipe.yaml", "pipe.yaml is a named pipe, not a file"),
            ("check /dev/zero", "/dev/zero is a device, not a file"),
            ("check socket", "socket is a socket, not a file"),
            ("staff pipe.csv --aht 5m", "pipe.csv is a named pipe, not a file"),
            ("staff --table pipe.csv", "pipe.csv is a named pipe, not a file"),
            ("simulate clinic --from-now pipe.yaml", "pipe.yaml is a named pipe, not a file"),
            ("check table.yaml", "\"pipe.csv\" is a named pipe, not a file"),
            ("check include.yaml", "\"pipe.yaml\" is a named pipe, not a file"),
            ("check .", ". is a folder"),
            ("staff --table clinic", "clinic is a folder"),
        ])
    func oddInputs(command: String, says: String) throws {
        try clinic()
        mkfifo(stage.path + "/pipe.yaml", 0o666)
        mkfifo(stage.path + "/pipe.csv", 0o666)
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(server) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array((stage.path + "/socket").utf8)
        try #require(path.count < 100)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(isBound == 0)
        try stage.write("include: [pipe.yaml]\nname: x\n", to: "include.yaml")
        try stage.write(
            "open: Mon 08:00-10:00\ncontact_types: {a: {arrivals: pipe.csv, talk: 2m}}\n"
                + "agent_groups: {g: {agents: 2, skills: {a: 1}}}\n", to: "table.yaml")
        let result = try run("switchboard \(command)")
        #expect(result.err.contains("error: \(says)") && result.err.contains("[E711]"), "\(result.err)")
        #expect(result.status == 66)
    }

    @Test("what the shell passes is read: a pipe as standard input, and a command's output by its number")
    func passedInputs() throws {
        try clinic()
        let result = try stage.run(
            """
            timeout 60 bash -c 'cat clinic/scenario.yaml | switchboard check - && switchboard check <(cat clinic/scenario.yaml) \
            && switchboard check /dev/stdin < clinic/scenario.yaml' | sed 's|/dev/fd/[0-9]*|N|'
            """)
        #expect(
            result.out.split(separator: "\n").map { $0.prefix { $0 != ":" } } == ["-", "N", "/dev/stdin"],
            "\(result.out)\(result.err)")
    }

    @Test("what is no file is never replaced, even by --force")
    func oddOutputs() throws {
        try clinic()
        mkfifo(stage.path + "/pipe.csv", 0o666)
        symlink("clinic", stage.path + "/link")
        for (command, says) in [
            ("init pipe.csv --yes --force", "pipe.csv is a pipe or a device, not a file [E721]"),
            ("init /dev/null --yes --force", "/dev/null is a pipe or a device, not a file [E721]"),
            ("staff clinic -o pipe.csv --force", "pipe.csv is a pipe or a device, not a file [E721]"),
            ("simulate clinic --runs 100000000 -o pipe.csv --force", "pipe.csv is a pipe or a device [E721]"),
            ("simulate clinic --runs 100000000 -o link", "link is a link [E721]"),
            ("simulate clinic --runs 100000000 -o \(String(repeating: "x", count: 300))", "is too long a name [E721]"),
            (
                "simulate clinic --runs 100000000 -o a/\(String(repeating: "x", count: 300))",
                "the name is too long [E721]"
            ),
            ("simulate clinic --runs 100000000 -o .", ". is there already and is not a run's folder [E721]"),
        ] {
            let result = try run("switchboard \(command)")
            #expect(result.status == 73 && result.err.contains(says), "\(command): \(result.err)")
        }
        #expect(files == ["clinic", "link", "pipe.csv"])
    }

    @Test("a path of thousands of parts is refused at once, in little memory")
    func deepSetting() throws {
        try clinic()
        let path = Array(repeating: "a", count: 5000).joined(separator: ".")
        let result = try run("ulimit -v 4000000; switchboard check clinic --set \(path)=1")
        #expect(
            result.err == """
                error: "a.a.a..." is not a setting: 5000 parts [E102]
                  expected: a path such as contact_types.billing.talk

                """, "\(result.err)")
        #expect(result.status == 65)
    }

    @Test("escape sequences in names and paths are spelled out wherever people look")
    func escapes() throws {
        try clinic()
        try stage.write(
            "name: \"Cl\\e[31minic\\nline\\x9b2J\"\nopen: Mon 08:00-10:00\ncalls: {Mon: 50}\ntalk: 2m\nagents: 2\n",
            to: "escape.yaml")
        let shown = "Cl\\x1b[31minic\\nline\\u009b2J"
        let result = try run(
            """
            switchboard simulate escape.yaml --runs 2 -o week --color=always; switchboard staff escape.yaml
            switchboard simulate escape.yaml --runs 2 -o week; switchboard explain contact calls-1 week
            switchboard check "$(printf 'a\\033[2Jb')"; switchboard "$(printf 'a\\033[2Jb')"
            switchboard simulate escape.yaml --set "$(printf 'na\\033[2Jme=x')"
            """)
        let text = result.out + result.err
        #expect(result.out.hasPrefix(shown + ", "))
        #expect(text.components(separatedBy: shown).count >= 4)
        #expect(result.err.contains("a\\x1b[2Jb does not exist") && result.err.contains("na\\x1b[2Jme"))
        let own = ["\u{1B}[31m", "\u{1B}[32m", "\u{1B}[33m", "\u{1B}[0m"].reduce(text) { $0.replacing($1, with: "") }
        #expect(!own.unicodeScalars.contains { $0 == "\u{1B}" || (0x80...0x9F).contains($0.value) })
        // The files have the name as it is, as YAML and JSON spell it.
        let saved = try String(contentsOfFile: stage.path + "/week/scenario.yaml", encoding: .utf8)
        #expect(saved.contains("name: \"Cl\\u001b[31minic\\nline\\u009b2J\""))
        let json = try run("switchboard simulate escape.yaml --runs 2 -o week --json")
        #expect(json.out.contains("\"scenario\": \"Cl\\u001b[31minic\\nline\\u009b2J\""))
    }
}
