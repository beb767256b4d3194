using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace GridWorld.Cli;

/// <summary>Runs a command line. Exit codes: 0 done, 1 failed, 2 invalid usage or input.</summary>
internal static class CommandLine
{
    const int Done = 0, Failed = 1, WrongInput = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var parsed = Root(arguments).Parse(arguments, new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
            var command = parsed.CommandResult.Command;
            // Help and version run their own actions. The library's action for errors would exit with 1 and print help.
            if (parsed.Action is { } action and not ParseErrorAction && action != command.Action)
                return await Options.MarkedAsync(command, () => parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
            if (command.Action is CommandAction own)
                return await own.InvokeAsync(parsed) ? Done : Failed;
            new ParsedOptions(parsed).Faults.ThrowIfAny();
            throw new InputException(
                $"Specify a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}. See gridworld --help.");
        }
        catch (InputException e)
        {
            foreach (string error in e.Errors)
                Console.Error.WriteLine(Printable.Line(error));
            return WrongInput;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"Error: {Printable.Line(e.Message)}");
            return Failed;
        }
    }

    static readonly (string Name, Func<Command> Make)[] commands =
    [
        ("train", TrainCommand.Make),
        ("solve", SolveCommand.Make),
        ("bench", BenchCommand.Make),
        ("resume", ResumeCommand.Make),
        ("fork", ForkCommand.Make),
        ("evaluate", EvaluateCommand.Make),
        ("runs", RunsCommand.Make),
        ("compare", CompareCommand.Make),
        ("export", ExportCommand.Make),
        ("episode", EpisodeCommand.Make),
        ("replay", ReplayCommand.Make),
        ("sweep", SweepCommand.Make),
        ("sweeps", SweepsCommand.Make),
        ("worker", WorkerCommand.Make),
        ("serve", ServeCommand.Make),
        ("worlds", WorldsCommand.Make),
        ("learners", LearnersCommand.Make),
        ("doctor", DoctorCommand.Make),
        ("completion", CompletionCommand.Make),
    ];

    /// <summary>The names of all commands.</summary>
    public static IEnumerable<string> Names => commands.Select(c => c.Name);

    // A command line that begins with a command needs no other, and --version none: making all of them takes a tenth of a second.
    static RootCommand Root(string[] arguments)
    {
        var root = new RootCommand("Tabular reinforcement learning on grid worlds: train, solve, measure and view runs.");
        var asked = commands.Where(c => arguments is [var first, ..] && c.Name == first).ToArray();
        foreach (var (_, make) in arguments is ["--version"] || asked.Length > 0 ? asked : commands)
            root.Subcommands.Add(make());
        foreach (var command in root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)))
            command.TreatUnmatchedTokensAsErrors = false;
        root.TreatUnmatchedTokensAsErrors = false;
        return root;
    }
}
