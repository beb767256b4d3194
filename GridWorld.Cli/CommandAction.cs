using System.CommandLine;
using System.CommandLine.Invocation;

namespace GridWorld.Cli;

/// <summary>The action of a command on its input. It returns true if it is done and false if it failed.</summary>
internal sealed class CommandAction(Func<ParsedOptions, Task<bool>> run) : AsynchronousCommandLineAction
{
    public Task<bool> InvokeAsync(ParseResult parsed) => run(new(parsed));

    public override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken = default) =>
        await InvokeAsync(parsed) ? 0 : 1;

    /// <summary>A command with its options.</summary>
    public static Command Command(string name, string description, IEnumerable<Symbol> symbols, Func<ParsedOptions, Task<bool>> run)
    {
        var command = new Command(name, description) { Action = new CommandAction(run) };
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else
                command.Arguments.Add((Argument)symbol);
        }

        return command;
    }

    /// <summary>A synchronous command.</summary>
    public static Command Command(string name, string description, IEnumerable<Symbol> symbols, Action<ParsedOptions> run) =>
        Command(name, description, symbols, given =>
    {
        run(given);
        return Task.FromResult(true);
    });
}
