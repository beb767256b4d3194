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
            return await RunAsync(Root().Parse(arguments, new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false }));
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

    static async Task<int> RunAsync(ParseResult parsed)
    {
        // Help and version run their own actions. The library's action for errors would exit with 1 and print help.
        if (parsed.Action is { } action and not ParseErrorAction && action != parsed.CommandResult.Command.Action)
        {
            return await Options.MarkedAsync(parsed.CommandResult.Command,
                () => parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
        }

        if (parsed.CommandResult.Command.Action is not CommandAction command)
        {
            new ParsedOptions(parsed).Faults.ThrowIfAny();
        {
            throw new InputException(
                $"Specify a command: {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(c => c.Name))}. "
                + "See gridworld --help.");
        }
        }

        return await command.InvokeAsync(parsed) ? Done : Failed;
    }

    static RootCommand Root()
    {
        var root = new RootCommand("Tabular reinforcement learning on grid worlds: train, solve, measure and view runs.")
        {
            TrainCommand.Make(),
            SolveCommand.Make(),
            BenchCommand.Make(),
            ResumeCommand.Make(),
            ForkCommand.Make(),
            EvaluateCommand.Make(),
            RunsCommand.Make(),
            CompareCommand.Make(),
            ExportCommand.Make(),
            EpisodeCommand.Make(),
            ReplayCommand.Make(),
            SweepCommand.Make(),
            SweepsCommand.Make(),
            WorkerCommand.Make(),
            ServeCommand.Make(),
            WorldsCommand.Make(),
            LearnersCommand.Make(),
        };
        foreach (var command in root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)))
            command.TreatUnmatchedTokensAsErrors = false;
        root.TreatUnmatchedTokensAsErrors = false;
        return root;
    }
}
