import ArgumentParser

/// The root: every command is listed here and nowhere else.
@main
struct Switchboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switchboard",
        abstract: "switchboard: plan and test contact-center staffing.",
        usage: "switchboard COMMAND [options]",
        subcommands: commands)

    static let commands: [any Command.Type] = [Staff.self, Init.self, Check.self, Simulate.self, Explain.self]

    static func main() async {
        await Program.main()
    }
}
